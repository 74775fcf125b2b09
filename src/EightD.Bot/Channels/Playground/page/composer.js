/** A text box with its Send button. Text that could not be sent stays; each place has its own draft. */
export class Composer {
  #drafts = new Map();
  #place = '';
  #isSending = false;

  /**
   * @param {HTMLFormElement} form
   * @param {(text: string) => Promise<void>} send fails with a sentence
   */
  constructor(form, send) {
    this.form = form;
    this.box = form.querySelector('textarea');
    this.button = form.querySelector('button');
    this.error = form.querySelector('.error');
    this.send = send;
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.box.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  /** Moves to another place: its draft is shown, the other's is kept. */
  moveTo(place) {
    if (place === this.#place) return;
    this.#drafts.set(this.#place, this.box.value);
    this.#place = place;
    this.box.value = this.#drafts.get(place) ?? '';
    this.#say('');
  }

  async #submit() {
    const text = this.box.value;
    if (this.#isSending || !text.trim()) return;
    const place = this.#place;
    this.#busy(true);
    try {
      await this.send(text);
      this.#taken(place, text);
    } catch (refusal) {
      if (place === this.#place) this.#say(refusal.message);
    } finally {
      this.#busy(false);
    }
  }

  /** What was typed while it was sent stays. */
  #taken(place, text) {
    if (place !== this.#place) {
      this.#drafts.delete(place);
      return;
    }
    this.#say('');
    this.box.value = this.box.value.startsWith(text) ? this.box.value.slice(text.length) : this.box.value;
  }

  #busy(isBusy) {
    this.#isSending = isBusy;
    const hadFocus = document.activeElement === this.button;
    this.button.disabled = isBusy;
    if (hadFocus) this.box.focus();
  }

  #say(why) {
    this.error.textContent = why;
    if (why) this.box.setAttribute('aria-invalid', 'true');
    else this.box.removeAttribute('aria-invalid');
  }
}
