// Inline keyboards under messages, and the reply keyboard under the input.
import * as api from "./api.js";
import { openDeepLink, deepLinkPayload } from "./deeplinks.js";
import { showAlert, toast } from "./dialogs.js";
import { byId, h, icon } from "./dom.js";
import { activeChat, emit, on, personOf, nameOf } from "./store.js";
import { t } from "./texts.js";

function plainButton(messageId, button) {
  return h("button", { type: "button", class: `key ${style(button)}`, dataset: { press: messageId, data: button.data ?? "" } },
    h("span", { text: button.text }));
}

function style(button) {
  return ["primary", "success", "danger"].includes(button.style) ? button.style : "";
}

function urlButton(button) {
  return h("a", { class: "key url", href: /^(https?|tg):/i.test(button.url) ? button.url : undefined, target: "_blank",
    rel: "noopener noreferrer", "aria-label": t("message.link", { text: button.text }) },
  h("span", { text: button.text }), icon("link"));
}

/** The rows of buttons under a message; a row shares its width evenly. */
export function inlineKeyboard(message) {
  const rows = message.buttons.filter((row) => row.length);
  return h("div", { class: "inline-keys" }, rows.map((row) =>
    h("div", { class: `inline-row n${row.length}` }, row.map((button) =>
      (button.url ? urlButton(button) : plainButton(message.id, button))))));
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

function shareContact(chat) {
  const person = personOf(chat.at.person);
  emit("share-contact", { chat, name: person ? nameOf(person) : "" });
}

function replyKey(chat, key) {
  const button = typeof key === "string" ? { text: key } : key;
  const act = () => {
    if (button.request_contact) shareContact(chat);
    else if (button.request_location) emit("share-location", { chat });
    else emit("say", { chat, text: button.text });
    if (chat.keyboard.oneTime) chat.keyboardHidden = true;
    emit("keyboard", chat);
  };
  const mark = button.request_contact ? "person" : button.request_location ? "pin" : null;
  return h("button", { type: "button", class: "key", on: { click: act } }, mark && icon(mark), h("span", { text: button.text }));
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
  const hint = rows.length ? chat.keyboard.placeholder : "";
  byId("text").placeholder = hint || t("composer.placeholder");
}

/** Wires the fold button and the redraws. */
export function startKeyboards() {
  byId("keys-toggle").addEventListener("click", () => {
    const chat = activeChat();
    chat.keyboardHidden = !chat.keyboardHidden;
    emit("keyboard", chat);
  });
  for (const kind of ["keyboard", "messages", "active", "people"]) on(kind, drawReplyKeyboard);
}
