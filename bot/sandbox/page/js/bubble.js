// One message, or one album, as a DOM node.
import { avatar, h, icon } from "./dom.js";
import { inlineKeyboard } from "./keyboards.js";
import { fromHtml, fromText } from "./richtext.js";
import { isOwn, senderName } from "./store.js";
import { t } from "./texts.js";
import { hourMinute, moment } from "./time.js";

/** True for a picture that is shown, false for a picture sent as a file. */
export function isPhoto(message) {
  return message.file?.kind === "photo";
}

/** The words of a message for quotes and previews. */
export function summary(message) {
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 120);
  if (message.album) return t("message.album");
  if (isPhoto(message)) return t("message.photo");
  if (message.sticker) return message.sticker.emoji || t("message.sticker");
  if (message.file) return message.file.name || t("message.document");
  if (message.location) return t("message.location");
  if (message.contact) return t("message.contact");
  return t("message.other");
}

function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return t("size.b", { n: bytes });
  if (bytes < 1024 * 1024) return t("size.kb", { n: (bytes / 1024).toFixed(bytes < 10240 ? 1 : 0) });
  return t("size.mb", { n: (bytes / 1024 / 1024).toFixed(1) });
}

/** A photo that stands alone keeps its shape between these (width to height). */
const WIDEST = 3, NARROWEST = 0.75;

function picture(message) {
  const image = h("img", { src: message.file.url, alt: t("message.photo"), loading: "lazy", decoding: "async" });
  const button = h("button", { type: "button", class: "photo", dataset: { photo: message.file.url },
    "aria-label": t("message.photoAlt") }, image);
  const { width, height } = message.file;
  if (width && height) button.style.setProperty("--shape", Math.min(WIDEST, Math.max(NARROWEST, width / height)));
  return button;
}

function documentCard(file) {
  const name = file.name || t("message.document");
  return h("a", { class: "document", href: file.url, download: name, "aria-label": t("message.download", { name }) },
    h("span", { class: "document-mark" }, icon("file")),
    h("span", { class: "document-text" },
      h("span", { class: "document-name", text: name }),
      h("span", { class: "document-size", text: size(file.size) })));
}

function locationCard(place, venue) {
  const at = `${Number(place.latitude).toFixed(5)}, ${Number(place.longitude).toFixed(5)}`;
  return h("div", { class: "location" },
    h("div", { class: "location-map", "aria-hidden": "true" }, icon("pin")),
    h("div", { class: "location-text" },
      h("strong", { text: venue?.title || t("message.location") }),
      venue?.address && h("span", { text: venue.address }),
      h("span", { class: "numbers", text: at })));
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h("div", { class: "contact" },
    avatar(name, contact.user_id ?? 3),
    h("div", { class: "contact-text" },
      h("strong", { text: name }),
      h("span", { class: "numbers", text: contact.phone_number })));
}

function media(messages) {
  const photos = messages.filter(isPhoto);
  const nodes = [];
  if (photos.length) {
    const grid = h("div", { class: `photos photos-${Math.min(photos.length, 10)}` });
    grid.append(...photos.map(picture));
    nodes.push(grid);
  }
  for (const message of messages) {
    if (message.sticker) nodes.push(h("span", { class: "sticker", text: message.sticker.emoji || t("message.sticker") }));
    else if (message.file && !isPhoto(message)) nodes.push(documentCard(message.file));
    const place = message.location ?? message.venue?.location;
    if (place) nodes.push(locationCard(place, message.venue));
    if (message.contact) nodes.push(contactCard(message.contact));
  }
  return nodes;
}

function quote(chat, message) {
  if (!message.reply_to) return null;
  const id = message.reply_to;
  const target = chat.messages.get(id);
  const who = target ? speaker(chat, target) : "";
  return h("button", { type: "button", class: "quote", dataset: { quote: id } },
    h("span", { class: "quote-who", text: who }),
    h("span", { class: "quote-text", text: target ? summary(target) : t("message.gone") }));
}

/** The name shown for who wrote a message, seen by the active person. */
export function speaker(chat, message) {
  if (isOwn(chat, message)) return t("composer.self");
  return chat.at.chat === null ? t("chat.bot") : senderName(message);
}

function meta(messages) {
  const last = messages[messages.length - 1];
  const when = moment(messages[0].date);
  return h("span", { class: "meta" },
    messages.some((message) => message.edited) && h("span", { class: "edited", text: t("message.edited") }),
    h("time", { datetime: when.toISOString(), text: hourMinute(moment(last.date)) }));
}

function words(message) {
  if (!message) return null;
  const text = h("div", { class: "text", dir: "auto" });
  text.append(message.html ? fromHtml(message.html) : fromText(message.text));
  return text;
}

function isBare(messages, worded) {
  return !worded && messages.every(isPhoto);
}

function service(chat, message) {
  return h("div", { class: "service", dataset: { id: message.id } },
    h("span", { text: t("message.pinned", { name: speaker(chat, message) }) }));
}

/** The node of an item {messages, tail, head}: bubble, media, keyboard, menu button. */
export function bubble(chat, item) {
  const { messages } = item;
  const first = messages[0];
  if (first.pinned_message) return service(chat, first);
  const own = isOwn(chat, first);
  const worded = messages.find((message) => message.text || message.html);
  const cards = media(messages);
  const fallback = !cards.length && !worded ? h("em", { class: "other", text: t("message.other") }) : null;
  const body = h("div", { class: isBare(messages, worded) ? "bubble bare" : "bubble" },
    item.head && chat.at.chat !== null && !own && h("span", { class: `sender tint-${Math.abs(Number(first.from) || 0) % 8}`, text: senderName(first) }),
    quote(chat, first), cards, words(worded), fallback, meta(messages));
  const last = messages[messages.length - 1];
  const keyboard = last.buttons?.length ? inlineKeyboard(last) : null;
  const sides = [own ? "own" : "theirs"];
  if (item.tail) sides.push("tail");
  if (item.head) sides.push("head");
  if (keyboard) sides.push("has-keys");
  if (messages.some(isPhoto)) sides.push("has-media");
  else if (cards.length && !worded) sides.push("card-only");
  return h("article", { class: `message ${sides.join(" ")}`, dataset: { id: last.id },
    "aria-label": speaker(chat, first) },
  h("div", { class: "message-box" },
    h("div", { class: "bubble-line" }, body,
      h("button", { type: "button", class: "message-menu", "aria-haspopup": "menu", "aria-label": t("message.menu"), dataset: { menu: first.id } }, icon("dots"))),
    keyboard));
}
