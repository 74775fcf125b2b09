/**
 * Makes an element. What people wrote only ever arrives as text.
 * @param {string} tag
 * @param {Record<string, unknown>} properties `on…` are listeners, `class`, `data-…`, `aria-…` and the like are attributes; null and false leave one away
 * @param {...(Node | string | null)} children
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

/** One of the icons that `index.html` holds. */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Text for screen readers alone. */
export const unseen = text => h('span', { class: 'unseen' }, text);

export const byId = id => document.getElementById(id);

const ALLOWED = new Set(('P BR EM STRONG DEL CODE PRE UL OL LI BLOCKQUOTE A H1 H2 H3 H4 H5 H6 '
  + 'TABLE THEAD TBODY TR TH TD HR').split(' '));
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'SVG', 'MATH', 'NOSCRIPT', 'TITLE']);
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/**
 * The server's HTML, copied element by element: what is not on the list gives way to its text.
 * @param {string} html
 * @param {number} demote by how many levels headings sink, so that they hang below the page's own
 */
export function prose(html, demote) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const copy = document.createDocumentFragment();
  copyInto(copy, parsed.body, demote);
  return copy;
}

function copyInto(target, source, demote) {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      target.append(node.previousSibling?.nodeName === 'BR' ? node.data.replace(/^\n/, '') : node.data); // a line's end is shown, once
    } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName.toUpperCase())) {
      if (!ALLOWED.has(node.tagName)) {
        copyInto(target, node, demote);
        continue;
      }
      const element = node.tagName === 'A' ? link(node) : document.createElement(tagOf(node, demote));
      copyInto(element, node, demote);
      target.append(node.tagName === 'TABLE' ? h('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' }, element) : element);
    }
  }
}

function tagOf(node, demote) {
  const level = /^H([1-6])$/.exec(node.tagName)?.[1];
  return level ? `h${Math.min(6, Number(level) + demote)}` : node.tagName;
}

/** An address of the web or a mailbox; a relative one leads nowhere from here and stays text. */
function link(node) {
  const href = node.getAttribute('href') ?? '';
  return URL.canParse(href) && SCHEMES.has(new URL(href).protocol)
    ? h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' })
    : h('span');
}

/**
 * Brings a list's elements in line with its items, touching only what changed.
 * @template T
 * @param {Element} list
 * @param {T[]} items
 * @param {{ key: (item: T) => string, draw: (item: T) => unknown[], fill: (element: HTMLElement, item: T) => void }} how
 *   `draw` gives what an element is drawn from; it is filled again only when one of these differs from before
 */
export function reconcile(list, items, { key, draw, fill }) {
  const standing = new Map([...list.children].map(element => [element.dataset.key, element]));
  let next = list.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let element = standing.get(name);
    standing.delete(name);
    if (!element) {
      element = h('li', { 'data-key': name });
      list.insertBefore(element, next);
    } else if (element === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(element, next);
    }
    const from = draw(item);
    if (!drawnFrom.has(element) || drawnFrom.get(element).some((value, index) => value !== from[index])) {
      drawnFrom.set(element, from);
      fill(element, item);
    }
  }
  for (const element of standing.values()) element.remove();
}

const drawnFrom = new WeakMap();
