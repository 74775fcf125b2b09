import * as api from './api.js';
import { byId, prose } from './dom.js';

const PAUSE = 250;
const SUNK = 2;

/** The report beside the chat, rendered and as source, kept up to date while it is open. */
export class ReportPanel {
  #timer = 0;
  #shown = null;
  #at = '';
  #tabs = ['rendered', 'source'].map(name => ({ tab: byId(`tab-${name}`), panel: byId(name) }));

  constructor() {
    for (const { tab } of this.#tabs) {
      tab.addEventListener('click', () => this.#choose(tab));
      tab.addEventListener('keydown', event => this.#onKey(event));
    }
  }

  /** Shows the report of this conversation, as this person sees it; null closes. */
  show(place) {
    clearTimeout(this.#timer);
    const at = place ? api.downloadAddress(place.channel, place.user) : '';
    if (at !== this.#at) this.#fill(null, '');
    this.#at = at;
    this.place = place;
    if (place) this.#load();
  }

  /** Something was said: what the report holds may be different in a moment. */
  refresh() {
    if (!this.place) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), PAUSE);
  }

  async #load() {
    const { channel, user } = this.place;
    const at = this.#at;
    try {
      const markdown = await api.report(channel, user);
      if (at !== this.#at || markdown === this.#shown) return;
      const html = await api.reportHtml(channel, user);
      if (at === this.#at) this.#fill(markdown, html);
    } catch (refusal) {
      if (at === this.#at && refusal.status === 404) this.#fill(null, '');
    }
  }

  #fill(markdown, html) {
    const [rendered, source] = this.#tabs.map(({ panel }) => panel);
    const [renderedTop, sourceTop] = [rendered.scrollTop, source.scrollTop];
    this.#shown = markdown;
    rendered.replaceChildren(prose(html, SUNK));
    source.textContent = markdown ?? '';
    [rendered.scrollTop, source.scrollTop] = [renderedTop, sourceTop];
    byId('no-report').hidden = markdown !== null;
    for (const [name, address] of [['download', api.downloadAddress], ['print', api.printAddress]]) {
      byId(name).hidden = markdown === null;
      if (markdown !== null) byId(name).href = address(this.place.channel, this.place.user);
    }
  }

  #onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = this.#tabs.findIndex(({ tab }) => tab === event.currentTarget);
    const { tab } = this.#tabs[(index + step + this.#tabs.length) % this.#tabs.length];
    this.#choose(tab);
    tab.focus();
  }

  #choose(chosen) {
    for (const { tab, panel } of this.#tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panel.hidden = !isChosen;
    }
  }
}
