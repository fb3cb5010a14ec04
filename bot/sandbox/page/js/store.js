// What the page knows: people, groups, one record a chat. Changes are told by events.

const bus = new EventTarget();

export const state = {
  people: [],
  groups: [],
  ready: false,
  active: null,
  chats: new Map(),
};

/** Calls fn with the detail of every event of that kind. */
export function on(kind, fn) {
  bus.addEventListener(kind, (event) => fn(event.detail));
}

export function emit(kind, detail) {
  bus.dispatchEvent(new CustomEvent(kind, { detail }));
}

/** Names a chat: a person's private chat, or a group seen by that person. */
export function chatKey(at) {
  return at.chat === null ? String(at.person) : `${at.person}@${at.chat}`;
}

/** The record of a chat, made on first use. */
export function chatOf(at) {
  const key = chatKey(at);
  if (!state.chats.has(key)) {
    state.chats.set(key, {
      at,
      key,
      messages: new Map(),
      cursor: undefined,
      loaded: false,
      keyboard: null,
      keyboardHidden: false,
      draft: "",
      context: null,
      files: [],
      scrollTop: null,
      fresh: 0,
    });
  }
  return state.chats.get(key);
}

export const activeChat = () => (state.active ? chatOf(state.active) : null);
export const personOf = (id) => state.people.find((person) => String(person.id) === String(id));
export const groupOf = (id) => state.groups.find((group) => String(group.id) === String(id));

/** A person's name as Telegram shows it. */
export function nameOf(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

/** The name behind a chat id: a person, a group, or the id itself. */
export function titleOf(id) {
  const person = personOf(id);
  if (person) return nameOf(person);
  return groupOf(id)?.title ?? String(id);
}

/** True when the active person wrote the message. */
export function isOwn(chat, message) {
  return String(senderId(message)) === String(chat.at.person);
}

/** The sender's id; a sender may come as an id or as a record. */
export function senderId(message) {
  const from = message.from;
  return from !== null && typeof from === "object" ? from.id : from;
}

/** The sender's name for group chats. */
export function senderName(message) {
  const from = message.from;
  if (from !== null && typeof from === "object") return nameOf(from);
  return titleOf(from);
}

/** Replaces the list of people and groups. */
export function setPeople({ people = [], groups = [] }) {
  const before = JSON.stringify([state.people, state.groups]);
  state.people = people;
  state.groups = groups;
  const first = !state.ready;
  state.ready = true;
  if (first || before !== JSON.stringify([people, groups])) emit("people");
}

/** Takes one page of messages into its chat; edited messages replace, deleted ones vanish. */
export function applyPage(chat, page) {
  const first = !chat.loaded;
  let arrived = 0;
  for (const message of page.messages) {
    if (message.deleted) {
      chat.messages.delete(message.id);
      continue;
    }
    if (!chat.messages.has(message.id) && !isOwn(chat, message)) arrived += 1;
    chat.messages.set(message.id, message);
    takeKeyboard(chat, message);
  }
  chat.cursor = page.cursor;
  chat.loaded = true;
  if (first || page.messages.length) emit("messages", { chat, first, arrived });
}

// A keyboard may come as bare rows, or as a record with its flags; anything empty removes it.
function keyboardOf(given) {
  const record = Array.isArray(given) ? { keyboard: given } : given ?? {};
  const rows = (record.keyboard ?? record.rows ?? []).filter((row) => row.length);
  if (!rows.length) return null;
  return {
    rows,
    oneTime: Boolean(record.one_time_keyboard ?? record.one_time),
    placeholder: record.input_field_placeholder ?? record.placeholder ?? "",
  };
}

function takeKeyboard(chat, message) {
  if (message.reply_keyboard === undefined || isOwn(chat, message)) return;
  const next = keyboardOf(message.reply_keyboard);
  if (JSON.stringify(next) !== JSON.stringify(chat.keyboard)) chat.keyboardHidden = false;
  chat.keyboard = next;
}
