import { h, icon, prose, reconcile, unseen } from './dom.js';

export const BOT = '8D Bot';

const HUES = 8;
const TALL = 2500;
const TOGETHER = 5 * 60_000;
const AT_END = 48;
const SUNK = 3;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/**
 * A list of messages that follows what is said when its end is in view, and stays where it is while earlier ones are read.
 * @typedef {{ message: object, replies: { count: number, last: string } | null, isBusy: boolean, note: string }} Row
 */
export class MessageList {
  #focusWanted = new WeakMap();
  #isFollowing = true;

  /**
   * @param {string} prefix of the ids of its scroller and its button to newer messages
   * @param {HTMLElement} list
   * @param {{ open?: (message: object) => void, press: (message: object, button: object, list: MessageList) => void }} on
   */
  constructor(prefix, list, on) {
    this.list = list;
    this.scroller = document.getElementById(`${prefix}-scroller`);
    this.newer = document.getElementById(`${prefix}-newer`);
    this.on = on;
    this.scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.newer.addEventListener('click', () => this.follow());
    new ResizeObserver(() => this.#isFollowing && this.#toEnd()).observe(this.scroller);
  }

  /** @param {Row[]} rows in order */
  show(rows) {
    const last = this.list.lastElementChild?.dataset.key;
    let before = null;
    const items = rows.map(row => {
      const item = { ...row, isNewDay: !before || dayOf(before) !== dayOf(row.message), follows: isTogether(before, row.message) };
      before = row.message;
      return item;
    });
    reconcile(this.list, items, {
      key: item => item.message.id,
      draw: item => [item.message, item.replies?.count, item.replies?.last, item.isBusy, item.note, item.isNewDay, item.follows],
      fill: (element, item) => this.#fill(element, item),
    });
    if (this.#isFollowing) this.#toEnd();
    else if (this.list.lastElementChild?.dataset.key !== last) this.newer.hidden = false;
  }

  /** Goes to the end and stays there. */
  follow() {
    this.#isFollowing = true;
    this.#toEnd();
  }

  focus(id) {
    this.list.querySelector(`[data-key="${CSS.escape(id)}"] > article`)?.focus({ preventScroll: true });
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }

  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.#isFollowing = scrollHeight - scrollTop - clientHeight < AT_END;
    if (this.#isFollowing) this.newer.hidden = true;
  }

  #fill(element, item) {
    const active = document.activeElement;
    const hadFocus = element.contains(active);
    const wanted = hadFocus ? active.dataset.button ?? this.#focusWanted.get(element) : undefined;
    element.classList.toggle('new-day', item.isNewDay);
    element.classList.toggle('follows', item.follows && !item.isNewDay);
    if (item.isNewDay) element.dataset.day = dayName(item.message);
    const article = draw(item, { open: this.on.open, press: (message, button) => this.on.press(message, button, this) });
    element.replaceChildren(article);
    if (hadFocus) this.#focusAgain(element, article, wanted);
  }

  /** The focus goes back to the same button of the message drawn anew; while that button rests it waits on the message. */
  #focusAgain(element, article, wanted) {
    const button = wanted === undefined ? null : article.querySelector(`[data-button="${CSS.escape(wanted)}"]`);
    if (button && !button.disabled) button.focus({ preventScroll: true });
    else article.focus({ preventScroll: true });
    if (button?.disabled) this.#focusWanted.set(element, wanted);
    else this.#focusWanted.delete(element);
  }
}

/** What a message says in plain words, for whoever hears it. */
export const spoken = ({ from, to, text, card }) =>
  `${from}${to ? ', to you alone' : ''}: ${card ? [card.title, card.body ?? ''].join('. ') : text}`.slice(0, 300);

function draw({ message, replies, isBusy, note, follows, isNewDay }, on) {
  const isBot = message.from === BOT;
  const isQuiet = follows && !isNewDay;
  const edited = message.edited ? h('span', { class: 'edited' }, 'edited') : null;
  const name = h('strong', { class: 'author', dir: 'auto' }, message.from);
  return h('article', { class: `message${message.to ? ' alone' : ''}`, tabindex: -1 },
    h('div', { class: `avatar ${isBot ? 'bot' : `hue-${hueOf(message.from)}`}`, 'aria-hidden': 'true' }, isQuiet ? '' : isBot ? '8D' : initials(message.from)),
    h('div', { class: 'content' },
      h('div', { class: isQuiet ? 'about unseen' : 'about' }, name, isBot ? h('span', { class: 'app-mark' }, 'App') : null, time(message), isQuiet ? null : edited),
      message.to ? h('p', { class: 'alone-mark' }, icon('eye'), 'Only you see this') : null,
      message.card ? cardOf(message, isBusy, on) : bodyOf(message.html, message.text, 'Text'),
      isQuiet ? edited : null,
      note ? h('p', { class: 'error', role: 'alert' }, note) : null,
      on.open && (replies || !message.to) ? repliesOf(message, replies, on) : null));
}

function cardOf(message, isBusy, on) {
  const { title, fields, body, bodyHtml, buttons } = message.card;
  return h('div', { class: 'card' },
    h('h3', { dir: 'auto' }, title),
    fields.length > 0 ? h('dl', {}, ...fields.map(field => h('div', {}, h('dt', {}, field.name), h('dd', { dir: 'auto' }, valueOf(field.value))))) : null,
    body ? bodyOf(bodyHtml, body, title) : null,
    buttons.length > 0
      ? h('div', { class: 'row' }, ...buttons.map(button => h('button', {
        type: 'button', class: 'secondary', 'data-button': `${button.action} ${button.label}`, disabled: isBusy, onclick: () => on.press(message, button),
      }, button.label)))
      : null);
}

/** The progress of the disciplines, `D0 1/5 · D1 0/1`, as a row of marks; any other value as it is. */
function valueOf(value) {
  const steps = value.split(' · ').map(step => /^(\S+) (\d+)\/(\d+)$/.exec(step));
  if (steps.length < 2 || steps.includes(null)) return value;
  return h('ul', { class: 'steps' }, ...steps.map(([, key, done, asked]) => h('li', {
    class: done === asked ? 'done' : done === '0' ? null : 'begun',
  }, h('b', {}, key), ` ${done}/${asked}`)));
}

function bodyOf(html, text, label) {
  const isTall = text.length > TALL;
  const properties = isTall ? { tabindex: 0, role: 'group', 'aria-label': label } : {};
  return html === undefined || html === null
    ? h('div', { class: `prose plain${isTall ? ' tall' : ''}`, dir: 'auto', ...properties }, text)
    : h('div', { class: `prose${isTall ? ' tall' : ''}`, dir: 'auto', ...properties }, prose(html, SUNK));
}

function repliesOf(message, replies, on) {
  return h('button', { type: 'button', class: replies ? 'replies' : 'replies none', 'data-button': 'replies', onclick: () => on.open(message) },
    icon('reply'),
    replies ? `${replies.count} ${replies.count === 1 ? 'reply' : 'replies'}` : 'Reply',
    replies ? h('span', { class: 'last' }, `last ${clock.format(new Date(replies.last))}`) : null,
    unseen(` to ${message.from}, ${clock.format(new Date(message.at))}`));
}

const time = ({ at }) => h('time', { datetime: at, title: exact.format(new Date(at)) }, clock.format(new Date(at)));

const dayOf = ({ at }) => new Date(at).toDateString();

function dayName(message) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (dayOf(message) === today.toDateString()) return 'Today';
  return dayOf(message) === yesterday.toDateString() ? 'Yesterday' : day.format(new Date(message.at));
}

const isTogether = (before, message) => before !== null && before.from === message.from && !before.to && !message.to && !message.card && !before.card
  && new Date(message.at) - new Date(before.at) < TOGETHER;

const segments = new Intl.Segmenter();

/** One or two letters for a name, whole characters in any script. */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map(word => [...segments.segment(word ?? '')][0]?.segment ?? '');
  return letters.join('').toUpperCase() || '·';
}

/** One of the avatars' colours, always the same for a name. */
export function hueOf(name) {
  let sum = 0;
  for (const character of name) sum = Math.imul(sum ^ character.codePointAt(0), 0x9e3779b1);
  return (sum >>> 24) % HUES;
}
