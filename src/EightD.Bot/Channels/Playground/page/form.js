import { h } from './dom.js';

const unfinished = new Map();
let count = 0;

/**
 * Shows a form as a dialog. Text of a form that was left unfinished is there again when the same form is opened again.
 * @param {{ id: string, title: string, inputs: { id: string, label: string, kind: 'line' | 'text' | 'choice', required: boolean, value: string,
 *   options: { value: string, label: string }[] | null, hint: string | null }[] }} form
 * @param {{ key: string, label: string, submit: (values: Record<string, string>) => Promise<void>, closed?: () => void }} how `submit` fails with `errors`
 *   by input (`""`: the whole form) or with a sentence; `key` says whose and where the form is
 */
export function showForm(form, { key, label, submit, closed }) {
  const prefix = `form${++count}`;
  const left = unfinished.get(key);
  const rows = form.inputs.map((input, index) => row(input, `${prefix}-${index}`, left?.[input.id]));
  const whole = h('p', { class: 'error', role: 'alert' });
  const save = h('button', { type: 'submit', class: 'primary' }, label);
  const element = h('form', { novalidate: true, onsubmit: send },
    h('h2', { id: `${prefix}-title`, dir: 'auto' }, form.title),
    left ? h('p', { class: 'hint' }, 'What you typed before is here again.') : null,
    ...rows.map(each => each.element),
    whole,
    h('div', { class: 'row end' },
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
      save));
  const dialog = h('dialog', { 'aria-labelledby': `${prefix}-title`, onclose: onClose }, element);
  let isDone = false;

  document.body.append(dialog);
  dialog.showModal();
  rows[0]?.control.focus();

  function values() {
    return Object.fromEntries(rows.map(each => [each.id, each.control.value]));
  }

  function onClose() {
    if (isDone || !rows.some(each => each.isChanged())) unfinished.delete(key);
    else unfinished.set(key, values());
    dialog.remove();
    closed?.();
  }

  async function send(event) {
    event.preventDefault();
    if (save.disabled) return;
    save.disabled = true;
    try {
      await submit(values());
      isDone = true;
      dialog.close();
    } catch (refusal) {
      save.disabled = false;
      showErrors(refusal.errors ?? { '': refusal.message });
    }
  }

  function showErrors(errors) {
    const ids = new Set(rows.map(each => each.id));
    for (const each of rows) each.say(errors[each.id] ?? '');
    whole.textContent = Object.entries(errors).filter(([id]) => !ids.has(id)).map(([, why]) => why).join('\n');
    (rows.find(each => errors[each.id])?.control ?? save).focus();
  }
}

function row(input, id, left) {
  const describedBy = [input.hint ? `${id}-hint` : '', `${id}-error`].join(' ').trim();
  const common = { id, dir: 'auto', required: input.required, 'aria-describedby': describedBy, autocomplete: 'off' };
  const control = controlOf(input, common);
  const drawn = control.value;
  if (left !== undefined) control.value = left;
  const error = h('p', { class: 'error', id: `${id}-error` });
  return {
    id: input.id,
    control,
    isChanged: () => control.value !== drawn,
    say(why) {
      error.textContent = why;
      if (why) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    },
    element: h('div', { class: 'field' },
      h('label', { for: id }, input.label, input.required ? null : h('span', { class: 'optional' }, ' (optional)')),
      input.hint ? h('p', { class: 'hint', id: `${id}-hint` }, input.hint) : null,
      control,
      error),
  };
}

function controlOf(input, common) {
  if (input.kind === 'choice') {
    const options = input.options ?? [];
    const control = h('select', common, ...options.map(option => h('option', { value: option.value }, option.label)));
    if (!options.some(option => option.value === input.value)) control.prepend(h('option', { value: '' }, 'Choose…'));
    control.value = input.value ?? '';
    if (control.selectedIndex < 0) control.selectedIndex = 0;
    return control;
  }
  const control = input.kind === 'text' ? h('textarea', { ...common, rows: 4 }) : h('input', { ...common, type: 'text' });
  control.value = input.value ?? '';
  return control;
}
