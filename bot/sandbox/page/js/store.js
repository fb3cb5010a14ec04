// What the page knows: people, groups, one record a chat. Changes are told by events.

import { t } from "./texts.js";

const BOT = "bot";
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
      hint: "",
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
  return String(message.from) === String(chat.at.person);
}

/** The sender's name in a group; the bot sends as "bot". */
export function senderName(message) {
  return message.from === BOT ? t("chat.bot") : titleOf(message.from);
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

/** Forgets every message, but no draft: the sandbox is asked for all of them again. */
export function forgetMessages() {
  for (const chat of state.chats.values()) {
    chat.messages.clear();
    chat.cursor = undefined;
    chat.loaded = false;
  }
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
    const isNew = !chat.messages.has(message.id);
    if (isNew && !isOwn(chat, message)) arrived += 1;
    chat.messages.set(message.id, message);
    if (isNew) takeKeyboard(chat, message);
  }
  if (page.keyboard === null) chat.keyboard = null;
  chat.cursor = page.cursor;
  chat.loaded = true;
  if (first || page.messages.length) emit("messages", { chat, first, arrived });
}

// A keyboard stays until the bot takes it away; the hint of a forced reply until it is answered.
function takeKeyboard(chat, message) {
  if (isOwn(chat, message)) {
    chat.hint = chat.keyboard?.hint ?? "";
    return;
  }
  if (message.placeholder) chat.hint = message.placeholder;
  if (message.reply_keyboard === undefined) return;
  chat.keyboardHidden = false;
  const rows = (message.reply_keyboard ?? []).filter((row) => row.length);
  chat.keyboard = rows.length
    ? { rows, oneTime: Boolean(message.one_time_keyboard), hint: message.placeholder ?? "" }
    : null;
  chat.hint = chat.keyboard?.hint ?? "";
}
