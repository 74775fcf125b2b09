/**
 * Where this tab is and as whom, which its address says: so each tab is a person of its own, and the browser's back and forward work.
 * @typedef {{ user: string, channel: string, direct: boolean, thread: string | null, report: boolean }} Place
 */

const DEFAULTS = { people: ['ana', 'ben', 'chloe'], channels: ['incidents'] };
const LONGEST_NAME = 200;

/** @returns {Place} */
export function placeOf(search) {
  const values = new URLSearchParams(search);
  const named = (key, fallback) => whyNoName(values.get(key) ?? '') ? fallback : values.get(key);
  return {
    user: named('user', DEFAULTS.people[0]),
    channel: named('channel', DEFAULTS.channels[0]),
    direct: values.get('view') === 'direct',
    thread: values.get('thread'),
    report: values.get('report') === 'open',
  };
}

/** @param {Place} place */
export function addressOf({ user, channel, direct, thread, report }) {
  const values = new URLSearchParams({ user, channel });
  if (direct) values.set('view', 'direct');
  if (thread) values.set('thread', thread);
  if (report) values.set('report', 'open');
  return `?${values}`;
}

/** Why nothing can be called so; null where it can. */
export function whyNoName(name) {
  if (!name.trim()) return 'Give it a name.';
  if (name === '.' || name === '..') return 'A browser cannot address a name that is dots alone.';
  if (/\p{Surrogate}/u.test(name)) return 'That name holds half a character.';
  return new TextEncoder().encode(name).length > LONGEST_NAME ? `A name has at most ${LONGEST_NAME} bytes; this one is longer.` : null;
}

export const isPrivate = channel => channel.startsWith('private-');

/** Names added by hand, which all tabs share. */
export const known = {
  people: () => [...new Set([...DEFAULTS.people, ...stored('people')])],
  channels: () => [...new Set([...DEFAULTS.channels, ...stored('channels')])],
  add: (kind, name) => store(kind, [...new Set([...stored(kind), name])]),
};

/** How many direct messages somebody has looked at. */
export const seen = {
  count: user => Number(stored('seen', {})[user] ?? 0),
  set: (user, count) => store('seen', { ...stored('seen', {}), [user]: count }),
};

function stored(key, otherwise = []) {
  try {
    return JSON.parse(localStorage.getItem(`8d.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(`8d.${key}`, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing: the names last as long as their tabs
  }
}
