// The person's side of the sandbox, as functions. A refusal becomes an ApiError with its words.

/** The sandbox refused a request (status says how) or did not answer at all (status 0). */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let answer;
  let text;
  try {
    answer = await fetch(path, { cache: "no-store", ...options });
    text = await answer.text();
  } catch {
    throw new ApiError(0, "");
  }
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = {};
  }
  if (!answer.ok) {
    throw new ApiError(answer.status, body.description ?? body.error ?? body.message ?? answer.statusText);
  }
  return body;
}

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

function post(path, body = {}) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

// Where something is said: the private chat of a person, or a group (chat) as that person.
const side = (at, verb) => `/sim/people/${encodeURIComponent(at.person)}/${verb}`;
const inChat = (at, body = {}) => (at.chat === null ? body : { ...body, chat: at.chat });

export const people = () => ask("/sim/people");
export const addPerson = (person) => post("/sim/people", person);
export const commands = (at) => ask(`/sim/commands${query({ person: at.person, chat: at.chat })}`);
export const events = (after, waitMs, signal) =>
  ask(`/sim/events${query({ after, wait_ms: waitMs })}`, { signal });
export const calls = (after, limit) => ask(`/sim/calls${query({ after, limit })}`);
export const clock = () => ask("/sim/clock");
export const moveClock = (body) => post("/sim/clock", body);

export const messages = (at, after) => ask(`${side(at, "messages")}${query({ after, chat: at.chat })}`);

export const sendText = (at, text, replyTo) =>
  post(side(at, "text"), inChat(at, replyTo ? { text, reply_to: replyTo } : { text }));
export const editText = (at, messageId, text) =>
  post(side(at, "edit"), inChat(at, { message_id: messageId, text }));
export const press = (at, messageId, data) =>
  post(side(at, "press"), inChat(at, { message_id: messageId, data }));
/** Presses a key of the reply keyboard that shares the own contact or a place. */
export const pressKey = (at, text, place = {}) => post(side(at, "press"), inChat(at, { text, ...place }));
export const sendLocation = (at, place) => post(side(at, "location"), inChat(at, place));
export const sendContact = (at, contact) => post(side(at, "contact"), inChat(at, contact));
export const block = (at) => post(side(at, "block"));
export const unblock = (at) => post(side(at, "unblock"));

function upload(at, verb, files, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(inChat(at, fields))) form.append(name, String(value));
  for (const file of files) form.append(verb, file, file.name);
  return ask(side(at, verb), { method: "POST", body: form });
}

const captioned = (caption, replyTo) => ({
  ...(caption ? { caption } : {}),
  ...(replyTo ? { reply_to: replyTo } : {}),
});

/** Several photos in one request are one album. */
export const sendPhotos = (at, files, caption, replyTo) =>
  upload(at, "photo", files, captioned(caption, replyTo));
export const sendDocument = (at, file, caption, replyTo) =>
  upload(at, "document", [file], captioned(caption, replyTo));
