// The list of messages: grouped by day and sender, patched in place, scroll position kept.
import { bubble } from "./bubble.js";
import { byId, h } from "./dom.js";
import { activeChat, isOwn, on, personOf, state } from "./store.js";
import { t } from "./texts.js";
import { dayKey, dayWeek, moment } from "./time.js";

const NEAR_BOTTOM_PX = 48;
const SAME_BREATH_MS = 5 * 60_000;

const drawn = new Map();
let shownKey = null;
let atBottom = true;
let heightThen = 0;
let drawnUpTo = 0;

function sorted(chat) {
  return [...chat.messages.values()].sort((a, b) => a.id - b.id);
}

function inAlbum(item, message) {
  return message.album && item && item.messages[0].album === message.album;
}

/** Messages as items: an album is one item; head and tail mark a run of one sender. */
function itemsOf(chat) {
  const items = [];
  for (const message of sorted(chat)) {
    const before = items[items.length - 1];
    if (inAlbum(before, message)) before.messages.push(message);
    else items.push({ key: String(message.id), messages: [message] });
  }
  items.forEach((item, at) => {
    item.head = !joined(items[at - 1], item);
    item.tail = !joined(item, items[at + 1]);
  });
  return items;
}

function joined(one, other) {
  if (!one || !other) return false;
  const [a, b] = [one.messages[0], other.messages[0]];
  const [from, to] = [moment(a.date), moment(b.date)];
  return a.from === b.from && !a.pinned_message && !b.pinned_message && dayKey(from) === dayKey(to) && Math.abs(to - from) < SAME_BREATH_MS;
}

function signature(item, chat) {
  const quoted = item.messages[0].reply_to ? JSON.stringify(chat.messages.get(item.messages[0].reply_to) ?? null) : "";
  return JSON.stringify([item.messages, item.head, item.tail]) + quoted;
}

function nodeOf(chat, item, isNew) {
  const sign = signature(item, chat);
  const known = drawn.get(item.key);
  if (known?.sign === sign) return known.el;
  const el = bubble(chat, item);
  if (!known && isNew) el.classList.add("arriving");
  if (known) {
    known.el.replaceWith(el);
    restoreFocus(el, known.focus);
  }
  drawn.set(item.key, { sign, el });
  return el;
}

// A keyboard user who pressed a button stays at that place when the message is redrawn.
function restoreFocus(fresh, place) {
  if (place === undefined) return;
  const choices = fresh.querySelectorAll("button, a");
  (choices[place] ?? choices[0])?.focus({ preventScroll: true });
}

function noteFocus() {
  for (const known of drawn.values()) {
    const holds = known.el.contains(document.activeElement);
    known.focus = holds ? [...known.el.querySelectorAll("button, a")].indexOf(document.activeElement) : undefined;
  }
}

function daySection(key, items) {
  let section = byId("messages").querySelector(`[data-day="${key}"]`);
  if (!section) {
    const when = moment(items[0].messages[0].date);
    section = h("section", { class: "day", dataset: { day: key } },
      h("div", { class: "day-mark" }, h("span", { text: dayWeek(when) })));
  }
  return section;
}

function placeChildren(parent, wanted, skip = 0) {
  wanted.forEach((el, at) => {
    const there = parent.children[at + skip];
    if (there !== el) parent.insertBefore(el, there ?? null);
  });
  while (parent.children.length > wanted.length + skip) parent.lastElementChild.remove();
}

function emptyState(chat) {
  const blocked = personOf(chat.at.person)?.blocked;
  return h("div", { class: "empty" },
    h("p", { class: "empty-title", text: t("chat.empty") }),
    !blocked && h("p", { text: t("chat.emptyHint") }),
    !blocked && h("button", { type: "button", class: "solid start", dataset: { command: "/start" }, text: t("chat.start") }));
}

/** Draws the active chat; isNew lets what arrived slide in. */
function draw(chat, isNew) {
  const root = byId("messages");
  if (shownKey !== chat.key) {
    drawn.clear();
    root.replaceChildren();
    shownKey = chat.key;
  }
  noteFocus();
  const items = itemsOf(chat);
  const days = new Map();
  for (const item of items) {
    const key = dayKey(moment(item.messages[0].date));
    if (!days.has(key)) days.set(key, []);
    days.get(key).push(item);
  }
  const alive = new Set(items.map((item) => item.key));
  for (const key of drawn.keys()) if (!alive.has(key)) drawn.delete(key);
  const sections = [...days].map(([key, list]) => {
    const section = daySection(key, list);
    placeChildren(section, list.map((item) => nodeOf(chat, item, isNew)), 1);
    return section;
  });
  drawnUpTo = items.at(-1)?.messages.at(-1).id ?? 0;
  const empty = !items.length && chat.loaded && chat.at.chat === null;
  placeChildren(root, empty ? [emptyState(chat)] : sections);
}

function scrollToEnd(smooth = false) {
  const box = byId("scroller");
  box.scrollTo({ top: box.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

function updatePill(chat) {
  const pill = byId("pill");
  pill.hidden = atBottom;
  byId("pill-text").textContent = chat?.fresh ? t("chat.new", { n: chat.fresh }) : "";
  pill.setAttribute("aria-label", chat?.fresh ? t("chat.new", { n: chat.fresh }) : t("chat.bottom"));
}

function onMessages({ chat, first, arrived }) {
  if (chat !== activeChat()) return;
  const newest = sorted(chat).at(-1);
  const mine = newest && isOwn(chat, newest) && newest.id > drawnUpTo;
  draw(chat, !first);
  if (first ? chat.scrollTop === null : atBottom || mine) scrollToEnd();
  else if (!first) chat.fresh += arrived;
  measure();
}

function onActive() {
  const chat = activeChat();
  if (!chat) {
    shownKey = null;
    return;
  }
  draw(chat, false);
  if (chat.scrollTop === null) scrollToEnd();
  else byId("scroller").scrollTop = chat.scrollTop;
  measure();
}

// A pane that shrank under a list standing at its end is no reason to leave the end.
function onScroll() {
  const box = byId("scroller");
  if (atBottom && box.clientHeight !== heightThen) scrollToEnd();
  measure();
}

function measure() {
  const chat = activeChat();
  const box = byId("scroller");
  heightThen = box.clientHeight;
  atBottom = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_BOTTOM_PX;
  if (chat) {
    chat.scrollTop = atBottom ? null : box.scrollTop;
    if (atBottom) chat.fresh = 0;
  }
  updatePill(chat);
}

/** Scrolls to a message and lets it glow. */
export function revealMessage(id) {
  const el = byId("messages").querySelector(`[data-id="${CSS.escape(String(id))}"]`);
  if (!el) return;
  el.scrollIntoView({ block: "center", behavior: "smooth" });
  el.classList.add("glow");
  setTimeout(() => el.classList.remove("glow"), 1600);
}

/** Wires redraws and scrolling. */
export function startMessages() {
  const box = byId("scroller");
  on("messages", onMessages);
  on("active", onActive);
  on("people", () => {
    const chat = activeChat();
    if (chat && !chat.messages.size) draw(chat, false);
  });
  box.addEventListener("scroll", onScroll, { passive: true });
  byId("pill").addEventListener("click", () => scrollToEnd(true));
  new ResizeObserver(() => {
    if (!state.active || !atBottom) return;
    scrollToEnd();
    measure();
  }).observe(box);
}
