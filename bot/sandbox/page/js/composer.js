// The input row: text, reply and edit context, sending.
import * as api from "./api.js";
import { summary, speaker } from "./bubble.js";
import { commandKey, refreshCommandMenu } from "./commands.js";
import { byId, h, icon } from "./dom.js";
import { send, say, sendFiles } from "./outgoing.js";
import { activeChat, emit, isOwn, on, personOf } from "./store.js";
import { t } from "./texts.js";

const input = byId("text");

function fit() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 168)}px`;
  const chat = activeChat();
  byId("send").disabled = !input.value.trim() && !chat?.files.length;
}

function setDraft(chat, text) {
  chat.draft = text;
  if (chat !== activeChat()) return;
  input.value = text;
  fit();
}

function drawContext() {
  const chat = activeChat();
  const box = byId("context");
  const context = chat?.context;
  box.hidden = !context;
  if (!context) {
    box.replaceChildren();
    return;
  }
  const editing = context.kind === "edit";
  const title = editing ? t("composer.editing") : t("composer.replying", { name: speaker(chat, context.message) });
  box.replaceChildren(icon(editing ? "edit" : "reply"),
    h("div", { class: "context-text" }, h("strong", { text: title }), h("span", { text: summary(context.message) })),
    h("button", { type: "button", class: "icon", "aria-label": t("composer.cancel"), on: { click: () => dropContext(chat) } }, icon("cross")));
}

function dropContext(chat) {
  if (chat.context?.kind === "edit") setDraft(chat, "");
  chat.context = null;
  drawContext();
  input.focus();
}

/** Starts a reply to a message, or the edit of an own one. */
export function startContext(kind, message) {
  const chat = activeChat();
  chat.context = { kind, message };
  if (kind === "edit") setDraft(chat, message.text);
  drawContext();
  input.focus();
}

async function submit() {
  const chat = activeChat();
  const text = input.value.trim();
  const { context, files } = chat;
  if (!text && !files.length) return;
  const replyTo = context?.kind === "reply" ? context.message.id : undefined;
  chat.context = null;
  chat.files = [];
  setDraft(chat, "");
  drawContext();
  emit("files", chat);
  refreshCommandMenu();
  const done = await deliver(chat, { text, files, context, replyTo });
  if (done) return;
  chat.context = context;
  chat.files = files;
  if (!chat.draft) setDraft(chat, text);
  drawContext();
  emit("files", chat);
}

function deliver(chat, { text, files, context, replyTo }) {
  if (context?.kind === "edit") return send(() => api.editText(chat.at, context.message.id, text));
  if (files.length) return sendFiles(chat, files, text, replyTo);
  return say(chat, text, replyTo);
}

function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function onKey(event) {
  if (composing(event)) return;
  if (commandKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && activeChat()?.context) {
    dropContext(activeChat());
  } else if (event.key === "ArrowUp" && !input.value) {
    editLast(event);
  }
}

function editLast(event) {
  const chat = activeChat();
  const mine = [...chat.messages.values()].filter((message) => isOwn(chat, message) && message.text);
  if (!mine.length) return;
  event.preventDefault();
  startContext("edit", mine.sort((a, b) => a.id - b.id).at(-1));
}

function drawBlocked() {
  const chat = activeChat();
  const blocked = Boolean(chat && chat.at.chat === null && personOf(chat.at.person)?.blocked);
  byId("blocked").hidden = !blocked;
  byId("form").hidden = blocked;
}

function onActive() {
  const chat = activeChat();
  if (!chat) return;
  input.value = chat.draft;
  drawContext();
  drawBlocked();
  fit();
  if (matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
}

/** Wires the input row. */
export function startComposer() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("input", () => {
    activeChat().draft = input.value;
    fit();
    refreshCommandMenu();
  });
  on("active", onActive);
  on("people", drawBlocked);
  on("files", fit);
  on("say", ({ chat, text }) => say(chat, text));
}
