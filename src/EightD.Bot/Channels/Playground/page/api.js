const ROOT = '/playground/api';
const UNREACHED = 'The bot cannot be reached just now. What you wrote is still here; try again in a moment.';

/** A request that was not taken: `status` is 0 where nobody answered, `message` is a sentence, `errors` is by input. */
export class Refusal extends Error {
  constructor(status, message, errors = null) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  /** It may have been taken all the same, so that it must be repeated under the same id. */
  get isUncertain() {
    return this.status === 0 || this.status >= 500;
  }
}

const conversation = name => `${ROOT}/conversations/${encodeURIComponent(name)}`;
const query = values => `?${new URLSearchParams(values)}`;

async function fetched(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Refusal(0, UNREACHED);
  }
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw new Refusal(response.status, answer.error ?? `That did not work (${response.status}). Please try again.`, answer.errors ?? null);
}

const read = async address => (await fetched(address, { cache: 'no-store' })).json();
const readText = async address => (await fetched(address, { cache: 'no-store' })).text();
const send = async (address, body) => (await fetched(address, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
})).json();

export const conversations = async user => (await read(`${ROOT}/conversations${query({ user })}`)).conversations;
export const messages = async (name, user) => (await read(conversation(name) + query({ user, html: true }))).messages;
export const directMessages = async user => (await read(`${ROOT}/people/${encodeURIComponent(user)}/messages?html=true`)).messages;
export const eventsAddress = (name, user) => `${conversation(name)}/events${query({ user, html: true })}`;
export const report = (name, user) => readText(`${conversation(name)}/report${query({ user })}`);
export const reportHtml = (name, user) => readText(`${conversation(name)}/report.html${query({ user })}`);
export const downloadAddress = (name, user) => `${conversation(name)}/report${query({ user, download: true })}`;
export const printAddress = (name, user) => `${conversation(name)}/report.html${query({ user, download: true })}`;

export const say = (name, body) => once(`say ${name}`, body, id => send(`${conversation(name)}/messages`, { ...body, requestId: id }));
export const press = (name, body) => once(`press ${name}`, body, id => send(`${conversation(name)}/actions`, { ...body, requestId: id }));
export const submit = (name, form, body) => once(`submit ${name} ${form}`, body,
  id => send(`${conversation(name)}/forms/${encodeURIComponent(form)}`, { ...body, requestId: id }));

const uncertain = new Map();

/** The same deed keeps its request id for as long as it is not known whether it was taken: to try again is harmless. */
async function once(what, body, attempt) {
  const key = what + JSON.stringify(body);
  const id = uncertain.get(key) ?? crypto.randomUUID();
  uncertain.set(key, id);
  try {
    const answer = await attempt(id);
    uncertain.delete(key);
    return answer;
  } catch (refusal) {
    if (!refusal.isUncertain) uncertain.delete(key);
    throw refusal;
  }
}
