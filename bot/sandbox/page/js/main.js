// Puts the page together: words and icons, the address, the chat's head, clicks inside messages.
import * as api from "./api.js";
import { startAttachments } from "./attachments.js";
import { startCalls } from "./calls.js";
import { startClock } from "./clock.js";
import { startCommands } from "./commands.js";
import { startComposer, startContext } from "./composer.js";
import { deepLinkPayload, openDeepLink } from "./deeplinks.js";
import { formDialog, menuFor, popupMenu, startDialogs, toast, viewPhoto } from "./dialogs.js";
import { avatar, byId, fillIcons, h } from "./dom.js";
import { pressButton, startKeyboards } from "./keyboards.js";
import { revealMessage, startMessages } from "./messages.js";
import { say, send } from "./outgoing.js";
import { hashOf, headOf, startPeople } from "./people.js";
import { activeChat, chatOf, emit, groupOf, isOwn, nameOf, on, personOf, state, titleOf } from "./store.js";
import { refreshPeople, startSync } from "./sync.js";
import { fillTexts, t } from "./texts.js";

const TYPING_MS = 5000;

/** The chat that an address of the page means, or null when nobody like that is known. */
function placeOf(hash) {
  const found = /^#\/(-?\d+)(?:\/(-?\d+))?$/.exec(hash);
  const known = found && (found[2] ? groupOf(found[2]) : personOf(found[1]));
  return known ? { person: Number(found[1]), chat: found[2] ? Number(found[2]) : null } : null;
}

function route() {
  state.active = placeOf(location.hash);
  document.body.classList.toggle("in-chat", Boolean(state.active));
  byId("welcome").hidden = Boolean(state.active);
  byId("chat-body").hidden = !state.active;
  drawHead();
  emit("active");
}

function drawHead() {
  if (!state.active) return;
  const head = headOf(state.active);
  byId("chat-avatar").replaceChildren(avatar(head.name, head.id, head.kind));
  byId("chat-name").textContent = head.name;
  showTyping(false);
  byId("chat-menu").hidden = state.active.chat !== null;
  const group = state.active.chat === null ? null : groupOf(state.active.chat);
  byId("speaker").hidden = !group;
  if (group) {
    byId("speaker-pick").replaceChildren(...group.members.map((id) => h("option", { value: id, text: titleOf(id) })));
    byId("speaker-pick").value = String(state.active.person);
  }
}

let typing = null;

function showTyping(busy) {
  clearTimeout(typing);
  byId("chat-role").classList.toggle("typing", busy);
  if (!state.active) return;
  byId("chat-role").textContent = busy ? t("chat.typing") : headOf(state.active).line;
  if (busy) typing = setTimeout(() => showTyping(false), TYPING_MS);
}

async function blockOrNot() {
  const chat = activeChat();
  const person = personOf(chat.at.person);
  if (person.blocked) {
    if (await send(() => api.unblock(chat.at))) toast(t("block.undone"));
  } else {
    const sure = await formDialog({ title: t("block.title"), note: t("block.note", { name: nameOf(person) }), submit: t("block.do"), danger: true });
    if (!sure) return;
    if (await send(() => api.block(chat.at))) toast(t("block.done"));
  }
  await refreshPeople();
}

function chatMenu() {
  const blocked = personOf(state.active.person)?.blocked;
  menuFor(byId("chat-menu"), [{ icon: "block", text: t(blocked ? "block.undo" : "block.do"), danger: !blocked, act: blockOrNot }]);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("message.copied"));
  } catch (error) {
    toast(t("net.failed", { why: error.message }), "warn");
  }
}

function messageMenu(id, point) {
  const chat = activeChat();
  const message = chat.messages.get(id);
  if (!message) return;
  const items = [{ icon: "reply", text: t("message.reply"), act: () => startContext("reply", message) }];
  if (isOwn(chat, message) && message.text) {
    items.push({ icon: "edit", text: t("message.edit"), act: () => startContext("edit", message) });
  }
  if (message.text) items.push({ icon: "copy", text: t("message.copy"), act: () => copy(message.text) });
  popupMenu(items, point);
}

function onMessageClick(event) {
  const target = event.target.closest("button, a, .spoiler, .folded");
  if (!target) return;
  const { press, command, photo, quote, menu, copy: copied } = target.dataset;
  if (copied !== undefined) copy(copied);
  else if (press !== undefined) pressButton(target);
  else if (command !== undefined) say(activeChat(), command);
  else if (photo !== undefined) viewPhoto(photo);
  else if (quote !== undefined) revealMessage(quote);
  else if (menu !== undefined) {
    const box = target.getBoundingClientRect();
    messageMenu(Number(menu), { x: box.left, y: box.bottom + 4, opener: target });
  } else if (target.matches(".spoiler, .folded")) target.classList.add("open");
  else if (target.href && deepLinkPayload(target.href) !== null) {
    event.preventDefault();
    openDeepLink(target.href);
  }
}

function startMessageActions() {
  const box = byId("messages");
  box.addEventListener("click", onMessageClick);
  box.addEventListener("contextmenu", (event) => {
    const message = event.target.closest(".message");
    if (!message || event.target.closest("a, img") || getSelection().toString()) return;
    event.preventDefault();
    messageMenu(Number(message.querySelector(".message-menu").dataset.menu), { x: event.clientX, y: event.clientY, opener: message.querySelector(".message-menu") });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".spoiler")) event.target.classList.add("open");
  });
}

async function openAs({ person, text }) {
  location.hash = hashOf({ person, chat: null });
  await say(chatOf({ person, chat: null }), text);
}

async function start() {
  fillTexts(document);
  fillIcons(document);
  document.title = t("app.title");
  for (const part of [startDialogs, startPeople, startComposer, startKeyboards, startAttachments, startCommands, startMessages, startCalls, startClock, startMessageActions, startSync]) part();
  byId("chat-menu").addEventListener("click", chatMenu);
  byId("unblock").addEventListener("click", blockOrNot);
  byId("speaker-pick").addEventListener("change", (event) => {
    location.hash = hashOf({ person: Number(event.target.value), chat: state.active.chat });
  });
  on("people", () => {
    if (!state.active && placeOf(location.hash)) route();
    else drawHead();
  });
  on("open-as", openAs);
  on("back", route);
  on("news", ({ busy }) => {
    const here = state.active && (state.active.chat ?? state.active.person);
    showTyping(busy.some((id) => id === here));
  });
  addEventListener("hashchange", route);
  await refreshPeople();
  route();
  document.body.classList.remove("loading");
}

start();
