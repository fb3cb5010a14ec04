// Inline keyboards under messages, and the reply keyboard under the input.
import * as api from "./api.js";
import { openDeepLink, deepLinkPayload } from "./deeplinks.js";
import { formDialog, showAlert, toast } from "./dialogs.js";
import { byId, h, icon } from "./dom.js";
import { say, send } from "./outgoing.js";
import { activeChat, emit, on, personOf } from "./store.js";
import { t } from "./texts.js";

function plainButton(messageId, button) {
  return h("button", { type: "button", class: `key ${style(button)}`, dataset: { press: messageId, data: button.data ?? "" } },
    h("span", { text: button.text }));
}

function copyButton(button) {
  return h("button", { type: "button", class: `key ${style(button)}`, dataset: { copy: button.copy } }, h("span", { text: button.text }));
}

function style(button) {
  return ["primary", "success", "danger"].includes(button.style) ? button.style : "";
}

function urlButton(button) {
  return h("a", { class: "key url", href: /^(https?|tg):/i.test(button.url) ? button.url : undefined, target: "_blank",
    rel: "noopener noreferrer", "aria-label": t("message.link", { text: button.text }) },
  h("span", { text: button.text }), icon("link"));
}

function inlineButton(message, button) {
  if (button.url) return urlButton(button);
  return button.copy === undefined ? plainButton(message.id, button) : copyButton(button);
}

/** The rows of buttons under a message; a row shares its width evenly. */
export function inlineKeyboard(message) {
  const rows = message.buttons.filter((row) => row.length);
  return h("div", { class: "inline-keys" }, rows.map((row) =>
    h("div", { class: `inline-row n${row.length}` }, row.map((button) => inlineButton(message, button)))));
}

/** Presses an inline button: short busy state, then the bot's toast or alert. */
export async function pressButton(button) {
  const chat = activeChat();
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await api.press(chat.at, Number(button.dataset.press), button.dataset.data);
  } catch (error) {
    toast(t("net.failed", { why: error.message || t("net.unreachable") }), "warn");
    return;
  } finally {
    button.removeAttribute("aria-busy");
  }
  if (answer.url && deepLinkPayload(answer.url) !== null) await openDeepLink(answer.url);
  if (answer.text && answer.alert) await showAlert(t("press.alert"), answer.text);
  else if (answer.text) toast(answer.text);
  else if (answer.answered === false) toast(t("press.none"), "warn");
}

async function shareContact(chat, text) {
  const sure = await formDialog({ title: t("keys.contactTitle"), note: t("keys.contactNote"), submit: t("keys.contactGo") });
  if (sure) await send(() => api.pressKey(chat.at, text));
}

async function pressKey(chat, button) {
  if (chat.keyboard.oneTime) {
    chat.keyboardHidden = true;
    emit("keyboard", chat);
  }
  if (button.request_contact) await shareContact(chat, button.text);
  else if (button.request_location) emit("share-location", { chat, text: button.text });
  else await say(chat, button.text);
}

function replyKey(chat, button) {
  const mark = button.request_contact ? "person" : button.request_location ? "pin" : null;
  return h("button", { type: "button", class: `key ${style(button)}`, on: { click: () => pressKey(chat, button) } },
    mark && icon(mark), h("span", { text: button.text }));
}

/** Draws the reply keyboard of the active chat, and the button that folds it. */
export function drawReplyKeyboard() {
  const chat = activeChat();
  const box = byId("keys");
  const toggle = byId("keys-toggle");
  const rows = chat?.keyboard?.rows ?? [];
  const blocked = Boolean(chat && personOf(chat.at.person)?.blocked);
  toggle.hidden = !rows.length;
  const shown = rows.length > 0 && !chat.keyboardHidden && !blocked;
  toggle.setAttribute("aria-pressed", String(shown));
  box.hidden = !shown;
  box.replaceChildren(...(shown ? rows.map((row) =>
    h("div", { class: "reply-row" }, row.map((key) => replyKey(chat, key)))) : []));
  drawHint();
}

/** Shows in the empty input what is expected there. */
export function drawHint() {
  const chat = activeChat();
  byId("text").placeholder = chat?.files.length ? t("composer.caption") : chat?.hint || t("composer.placeholder");
}

/** Wires the fold button and the redraws. */
export function startKeyboards() {
  byId("keys-toggle").addEventListener("click", () => {
    const chat = activeChat();
    chat.keyboardHidden = !chat.keyboardHidden;
    emit("keyboard", chat);
  });
  for (const kind of ["keyboard", "messages", "active", "people"]) on(kind, drawReplyKeyboard);
  on("files", drawHint);
}
