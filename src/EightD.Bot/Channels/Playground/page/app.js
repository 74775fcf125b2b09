import * as api from './api.js';
import { Composer } from './composer.js';
import { byId, h } from './dom.js';
import { showForm } from './form.js';
import { drawMenu } from './menu.js';
import { BOT, MessageList, spoken } from './messages.js';
import { addressOf, isPrivate, known, placeOf, seen, whyNoName } from './place.js';
import { ReportPanel } from './report.js';
import { Stream } from './stream.js';

const EXAMPLE = '/8d start Checkout is down';
const LOOK_AROUND = 20_000;
const NEWS_PAUSE = 300;
const MOST_READ_OUT = 3;

const app = byId('app');
const phone = matchMedia('(max-width: 759px)');
const roomy = matchMedia('(min-width: 1200px)');

/** @type {import('./place.js').Place} */
let place = placeOf(location.search);
let stream = null;
let top = 'report';
let connection = { state: 'waiting', why: '' };
let isRead = false;
let messages = new Map();
let directMessages = [];
let elsewhere = [];
let awaitsCard = false;
const busy = new Set();
const notes = new Map();

const lists = {
  main: new MessageList('main', byId('messages'), { open: message => go({ ...place, thread: message.id }), press }),
  thread: new MessageList('thread', byId('thread-messages'), { press }),
};
const composer = new Composer(byId('composer'), text => say(text, null));
const reply = new Composer(byId('thread-composer'), text => say(text, place.thread));
const report = new ReportPanel();

// Where we are

/** Goes somewhere: another channel, another person, a panel more or less. */
function go(next, { replace = false, focus = true } = {}) {
  const before = place;
  place = next;
  history[replace ? 'replaceState' : 'pushState'](null, '', addressOf(place));
  arrive(before, focus);
}

function arrive(before, focus) {
  const isElsewhere = before.user !== place.user || before.channel !== place.channel || before.direct !== place.direct;
  if (isElsewhere) enter();
  const opened = ['thread', 'report'].find(panel => place[panel] && place[panel] !== before[panel]);
  const closed = ['thread', 'report'].find(panel => before[panel] && !place[panel]);
  if (opened) top = opened;
  else if (closed) top = closed === 'thread' ? 'report' : 'thread';
  const isMenu = app.classList.contains('menu');
  toggleMenu(false);
  layOut();
  draw();
  if (opened === 'thread') lists.thread.follow();
  if (!focus) return;
  if (isElsewhere && isMenu) byId('place').focus();
  else if (opened) focusPanel(opened);
  else if (closed && !isElsewhere) focusOpener(closed, before.thread);
}

/** Begins with a conversation, as a person. */
function enter() {
  stream?.close();
  stream = null;
  messages = new Map();
  directMessages = [];
  isRead = false;
  awaitsCard = false;
  connection = { state: 'waiting', why: '' };
  byId('connection').textContent = '';
  notes.clear();
  busy.clear();
  if (place.direct) readDirect();
  else stream = new Stream(place.channel, place.user, { all: readAll, one: hear, state: showConnection });
  lists.main.follow();
  lookAround();
}

function layOut() {
  const isThread = Boolean(place.thread) && !place.direct;
  const isReport = place.report && !place.direct;
  app.dataset.panels = isThread && isReport ? 'both' : isThread ? 'thread' : isReport ? 'report' : 'none';
  app.dataset.top = isThread && (top === 'thread' || !isReport) ? 'thread' : 'report';
  byId('thread').hidden = !isThread;
  byId('report').hidden = !isReport;
  byId('report-toggle').hidden = place.direct;
  byId('report-toggle').setAttribute('aria-expanded', String(isReport));
  byId('composer').hidden = place.direct;
  byId('private-mark').hidden = place.direct || !isPrivate(place.channel);
  byId('place').textContent = place.direct ? 'Direct messages' : place.channel;
  byId('place').className = place.direct ? '' : 'channel';
  byId('message-box').placeholder = `Say something as ${place.user}`;
  document.title = `${place.direct ? 'Direct messages' : `#${place.channel}`} · ${place.user} · 8D Bot`;
  composer.moveTo(addressOf({ ...place, thread: null, report: false }));
  reply.moveTo(addressOf({ ...place, report: false }));
  report.show(isReport ? place : null);
}

function focusPanel(panel) {
  if (panel === 'thread' && !phone.matches) byId('reply-box').focus();
  else byId(`${panel}-title`).focus();
}

function focusOpener(panel, thread) {
  if (panel === 'thread') lists.main.focus(thread);
  else byId('report-toggle').focus();
}

function toggleMenu(isOpen) {
  app.classList.toggle('menu', isOpen);
  byId('menu-open').setAttribute('aria-expanded', String(isOpen));
}

function closeMenu() {
  toggleMenu(false);
  byId('menu-open').focus();
}

const without = panel => ({ ...place, [panel]: panel === 'thread' ? null : false });

/** Escape closes what lies on top; a dialog closes by itself. */
function onEscape(event) {
  if (event.key !== 'Escape' || event.isComposing || document.querySelector('dialog[open]')) return;
  if (app.classList.contains('menu')) closeMenu();
  else if (app.dataset.panels !== 'none') go(without(panelOf(document.activeElement) ?? app.dataset.top));
}

const panelOf = element => ['thread', 'report'].find(panel => byId(panel).contains(element));

// What is said

function readAll(all) {
  const fresh = isRead ? all.filter(message => !messages.has(message.id)) : [];
  messages = new Map(all.map(message => [message.id, same(messages.get(message.id), message)]));
  isRead = true;
  for (const message of fresh) notice(message);
  changed();
}

function hear(message) {
  const isNew = !messages.has(message.id);
  messages.set(message.id, same(messages.get(message.id), message));
  if (isNew) notice(message);
  changed();
}

/** What is the same as before is kept as the same object, so that it is not drawn again. */
const same = (before, message) => (before && JSON.stringify(before) === JSON.stringify(message) ? before : message);

function notice(message) {
  if (message.from !== place.user) tell(spoken(message));
  if (isNewIncident(message)) openThreadOf(message);
}

const isNewIncident = message => message.from === BOT && !message.thread && !message.to && message.card?.buttons.some(button => button.action === 'next');

/** A new 8D's thread opens by itself, but takes nobody's screen who did not ask for it. */
function openThreadOf(message) {
  const isOwn = awaitsCard;
  awaitsCard = false;
  if (!isOwn && (place.thread || !roomy.matches)) return;
  go({ ...place, thread: message.id }, { replace: true, focus: !roomy.matches });
}

function changed() {
  scheduleDraw();
  report.refresh();
  readDirectSoon();
}

/** The message under which one hangs, as far as this person sees it. */
function rootOf(message) {
  let root = message;
  for (let depth = 0; depth < 5 && root.thread && messages.has(root.thread); depth++) root = messages.get(root.thread);
  return root;
}

async function say(text, thread) {
  awaitsCard = /^\s*(\/8d|@8D Bot)\s+start\b/i.test(text);
  await api.say(place.channel, { user: place.user, text, thread });
  (thread ? lists.thread : lists.main).follow();
  if (connection.state !== 'live') stream?.connect();
}

async function press(message, button, list) {
  if (busy.has(message.id)) return;
  const { user } = place;
  const channel = message.conversation ?? place.channel;
  busy.add(message.id);
  notes.delete(message.id);
  draw();
  try {
    const { form } = await api.press(channel, { user, message: message.id, action: button.action, value: button.value });
    busy.delete(message.id);
    draw();
    if (form) openForm(form, { message, list, channel, user });
    else if (place.direct) readDirect();
  } catch (refusal) {
    busy.delete(message.id);
    notes.set(message.id, refusal.message);
    draw();
  }
}

function openForm(form, { message, list, channel, user }) {
  showForm(form, {
    key: JSON.stringify([user, channel, form.id]),
    label: 'Save',
    submit: async values => {
      if (form.id === 'start') awaitsCard = true;
      await api.submit(channel, form.id, { user, values, thread: message.thread ?? null });
    },
    closed() {
      if (document.activeElement === document.body) list.focus(message.id);
      if (place.direct) readDirect();
    },
  });
}

// What is seen

let isDrawPlanned = false;

function scheduleDraw() {
  if (isDrawPlanned) return;
  isDrawPlanned = true;
  requestAnimationFrame(() => {
    isDrawPlanned = false;
    draw();
  });
}

function draw() {
  const shown = place.direct ? directMessages : [...messages.values()];
  const replies = new Map();
  const tops = [];
  const inThread = [];
  for (const message of shown) {
    const root = place.direct ? message : rootOf(message);
    if (root === message) {
      tops.push(message);
    } else {
      const soFar = replies.get(root.id);
      replies.set(root.id, { count: (soFar?.count ?? 0) + 1, last: message.at });
    }
    if (place.thread && root.id === place.thread) inThread.push(message);
  }
  const row = message => ({ message, replies: null, isBusy: busy.has(message.id), note: notes.get(message.id) ?? '' });
  lists.main.show(tops.map(message => ({ ...row(message), replies: replies.get(message.id) ?? null })));
  lists.thread.show(inThread.map(row));
  byId('conversation').classList.toggle('direct', place.direct);
  drawEmpty(tops.length === 0);
  const people = new Set([...known.people(), place.user, ...[...messages.values()].map(message => message.from).filter(name => name !== BOT)]);
  drawMenu(place, {
    channels: [...new Set([...known.channels(), ...elsewhere, place.channel])],
    people: [...people],
    unseenDirect: place.direct ? 0 : Math.max(0, directMessages.length - seen.count(place.user)),
  }, go);
}

function drawEmpty(isEmpty) {
  const empty = byId('empty');
  const kind = !isEmpty || !(isRead || connection.state === 'refused') ? '' : place.direct ? 'direct' : connection.state === 'refused' ? `refused ${connection.why}` : 'first';
  if (empty.dataset.kind === kind) return;
  empty.dataset.kind = kind;
  empty.hidden = !kind;
  empty.replaceChildren(...(kind === 'first' ? firstVisit() : kind === 'direct' ? noDirect() : kind ? notAdmitted() : []));
}

function firstVisit() {
  const error = h('p', { class: 'error', role: 'alert' });
  const example = h('button', { type: 'button', class: 'primary', onclick: start }, 'Try it: ', h('code', {}, EXAMPLE));
  return [
    h('img', { src: '/playground/icon.svg', alt: '', width: 56, height: 56 }),
    h('h3', {}, 'Something broke? Work through it here.'),
    h('ol', { class: 'three' },
      h('li', {}, 'Say what happened, and 8D Bot opens an 8D: one card here, its questions in the card’s thread.'),
      h('li', {}, 'Answer by replying. Others join in; everything can be skipped, moved and taken back.'),
      h('li', {}, 'The report grows beside the chat and ends as Markdown in Git.')),
    example,
    error,
  ];

  async function start() {
    example.disabled = true;
    try {
      await say(EXAMPLE, null);
      if (!phone.matches) byId('message-box').focus();
    } catch (refusal) {
      error.textContent = refusal.message;
    } finally {
      example.disabled = false;
    }
  }
}

const noDirect = () => [h('h3', {}, 'No direct messages yet'), h('p', {}, '8D Bot writes here when something is for you alone: an action that is due, a question only you can answer.')];

const notAdmitted = () => (isPrivate(place.channel)
  ? [h('h3', {}, 'This channel is private'), h('p', {}, `Those who have spoken in it or were mentioned in it see it. If it is new, ${place.user} opens it by saying something.`)]
  : [h('h3', {}, 'This channel cannot be shown'), h('p', {}, connection.why)]);

function showConnection(state, why) {
  if (connection.state === state && connection.why === why) return;
  connection = { state, why };
  byId('connection').textContent = state === 'waiting' ? 'Reconnecting…' : '';
  if (state === 'refused') messages = new Map();
  draw();
}

// News for those who listen

let news = [];
let newsTimer = 0;

function tell(sentence) {
  news.push(sentence);
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => {
    const lines = news.length > MOST_READ_OUT ? [`${news.length} new, the latest:`, news.at(-1)] : news;
    byId('news').replaceChildren(...lines.map(line => h('p', {}, line)));
    news = [];
  }, NEWS_PAUSE);
}

// What there is besides this conversation

let directTimer = 0;

function readDirectSoon() {
  clearTimeout(directTimer);
  directTimer = setTimeout(readDirect, 1000);
}

async function readDirect() {
  const { user } = place;
  const read = await api.directMessages(user).catch(() => null);
  if (!read || user !== place.user) return;
  const before = new Map(directMessages.map(message => [message.id, message]));
  directMessages = read.map(message => same(before.get(message.id), message));
  if (place.direct) {
    isRead = true;
    seen.set(user, directMessages.length);
    showConnection('live', '');
  }
  scheduleDraw();
}

async function lookAround() {
  const { user } = place;
  const [names] = await Promise.all([api.conversations(user).catch(() => null), readDirect()]);
  if (!names || user !== place.user) return;
  elsewhere = names;
  scheduleDraw();
}

// Channels and people by name

function addByName(kind, title, hint, to) {
  showForm({ id: kind, title, inputs: [{ id: 'name', label: 'Name', kind: 'line', required: true, value: '', options: null, hint }] }, {
    key: `add ${kind}`,
    label: 'Add',
    submit({ name }) {
      const why = whyNoName(name.trim());
      if (why) return Promise.reject(Object.assign(new Error(why), { errors: { name: why } }));
      known.add(kind, name.trim());
      go(to(name.trim()), { focus: false });
      return Promise.resolve();
    },
  });
}

byId('add-channel').addEventListener('click', () => addByName('channels', 'Add a channel', 'Any name. One that begins with private- is seen only by those who speak in it or are mentioned there.',
  channel => ({ ...place, channel, direct: false, thread: null, report: false })));
byId('add-person').addEventListener('click', () => addByName('people', 'Add a person', 'Any name. This tab becomes that person.',
  user => ({ ...place, user, thread: null, report: false })));
byId('menu-open').addEventListener('click', () => {
  toggleMenu(true);
  byId('menu').querySelector('[aria-current]')?.focus();
});
byId('menu-close').addEventListener('click', closeMenu);
byId('report-toggle').addEventListener('click', () => go({ ...place, report: !place.report }));
for (const button of document.querySelectorAll('[data-close]')) button.addEventListener('click', () => go(without(button.dataset.close)));
document.addEventListener('keydown', onEscape);
document.addEventListener('click', event => {
  if (app.classList.contains('menu') && !byId('menu').contains(event.target) && !byId('menu-open').contains(event.target) && event.target.isConnected) toggleMenu(false);
});
document.addEventListener('visibilitychange', () => document.hidden || lookAround());
setInterval(() => document.hidden || lookAround(), LOOK_AROUND);
addEventListener('popstate', () => {
  const before = place;
  place = placeOf(location.search);
  arrive(before, true);
});

history.replaceState(null, '', addressOf(place) + location.hash);
enter();
layOut();
draw();
