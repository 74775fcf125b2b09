import * as api from './api.js';

const AGAIN = 3000;
const AGAIN_WHEN_REFUSED = 10_000;

/**
 * What is said in a conversation, as it is said. After each connection the whole is read again, so nothing that fell into a gap is missed.
 * While the tab is hidden it does not listen: a browser has six connections to a host, and a room full of tabs would use them up.
 */
export class Stream {
  #source = null;
  #timer = 0;
  #waiting = null;
  #isClosed = false;
  #onVisible = () => (document.hidden ? this.#stop() : this.connect());

  /**
   * @param {string} channel
   * @param {string} user
   * @param {{ all: (messages: object[]) => void, one: (message: object) => void, state: (state: 'live' | 'waiting' | 'refused', why: string) => void }} to
   */
  constructor(channel, user, to) {
    this.channel = channel;
    this.user = user;
    this.to = to;
    document.addEventListener('visibilitychange', this.#onVisible);
    this.connect();
  }

  /** Begins, or begins again. */
  connect() {
    this.#stop();
    if (this.#isClosed || document.hidden) return;
    const source = this.#source = new EventSource(api.eventsAddress(this.channel, this.user));
    const heard = event => this.#hear(JSON.parse(event.data));
    source.addEventListener('message', heard);
    source.addEventListener('update', heard);
    source.addEventListener('open', () => this.#readAll(source));
    source.addEventListener('error', () => this.#lost(source));
  }

  close() {
    this.#isClosed = true;
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #hear(message) {
    if (this.#waiting) this.#waiting.push(message);
    else this.to.one(message);
  }

  async #readAll(source) {
    const waiting = this.#waiting = [];
    try {
      const messages = await api.messages(this.channel, this.user);
      if (source !== this.#source) return;
      this.to.all(messages);
      this.to.state('live', '');
      for (const message of waiting) this.to.one(message);
    } catch (refusal) {
      if (source === this.#source) this.#comeAgain(refusal);
    } finally {
      if (this.#waiting === waiting) this.#waiting = null;
    }
  }

  async #lost(source) {
    if (source !== this.#source) return;
    if (source.readyState !== EventSource.CLOSED) {
      this.to.state('waiting', '');
      return;
    }
    try {
      await api.messages(this.channel, this.user);
      this.#comeAgain(null);
    } catch (refusal) {
      if (source === this.#source) this.#comeAgain(refusal);
    }
  }

  #comeAgain(refusal) {
    const isRefused = refusal !== null && !refusal.isUncertain;
    this.to.state(isRefused ? 'refused' : 'waiting', refusal?.message ?? '');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.connect(), isRefused ? AGAIN_WHEN_REFUSED : AGAIN);
  }
}
