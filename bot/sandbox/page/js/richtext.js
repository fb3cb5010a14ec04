// Turns Telegram's HTML into DOM nodes by an allow-list. What is not on the list stays text,
// exactly as written; no string is ever handed to the browser's HTML parser.
import { h } from "./dom.js";
import { t } from "./texts.js";

const TAGS = {
  b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u",
  s: "s", strike: "s", del: "s", code: "code", pre: "pre", blockquote: "blockquote",
  a: "a", span: "span", "tg-spoiler": "spoiler", "tg-emoji": "span", "tg-time": "span",
};
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*>/g;
const ATTRIBUTE = /([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
const LINKS = /(https?:\/\/[^\s<>"'，。；：！？、（）《》“”]+|\bt\.me\/[A-Za-z0-9_]+(?:\?[\w=&-]+)?)|(^|[\s（(：:，,、])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/g;
const SAFE_URL = /^(https?:\/\/|tg:\/\/|mailto:|tel:)/i;

function unescape(text) {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,5}));/g, (whole, dec, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = dec ? Number(dec) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function attributes(text) {
  const found = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    found[name.toLowerCase()] = unescape(double ?? single ?? "");
  }
  return found;
}

/** A link node; an address of another scheme stays plain text. */
export function link(url, text) {
  if (!SAFE_URL.test(url)) return h("span", { text });
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", text });
}

function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(LINKS)) {
    const [whole, url, before, command] = found;
    const start = found.index + (url ? 0 : before.length);
    if (start > from) nodes.push(document.createTextNode(text.slice(from, start)));
    if (url) nodes.push(link(url.startsWith("http") ? url : `https://${url}`, url));
    else nodes.push(h("button", { type: "button", class: "command", dataset: { command }, text: command }));
    from = found.index + whole.length;
  }
  if (from < text.length) nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function open(tag, given) {
  const kind = TAGS[tag];
  if (kind === "a") {
    const el = h("a", { target: "_blank", rel: "noopener noreferrer" });
    if (SAFE_URL.test(given.href ?? "")) el.href = given.href;
    return el;
  }
  const spoiler = kind === "spoiler" || (kind === "span" && given.class === "tg-spoiler");
  if (spoiler) return h("span", { class: "spoiler", tabindex: "0", role: "button", title: t("message.spoiler") });
  return h(kind, kind === "blockquote" && "expandable" in given ? { class: "folded" } : {});
}

/** The nodes of a Telegram HTML text. Open tags are closed at the end; stray ones stay text. */
export function fromHtml(html) {
  const root = document.createDocumentFragment();
  const stack = [{ tag: null, el: root, plain: false }];
  const top = () => stack[stack.length - 1];
  const write = (raw) => {
    if (!raw) return;
    const text = unescape(raw);
    top().el.append(...(top().plain ? [document.createTextNode(text)] : linked(text)));
  };
  let from = 0;
  for (const found of html.matchAll(TOKEN)) {
    const [whole, slash, name, given] = found;
    const tag = name.toLowerCase();
    if (!Object.hasOwn(TAGS, tag) || (slash && top().tag !== tag)) continue;
    write(html.slice(from, found.index));
    from = found.index + whole.length;
    if (slash) {
      stack.pop();
      continue;
    }
    const el = open(tag, attributes(given));
    top().el.append(el);
    stack.push({ tag, el, plain: top().plain || ["a", "code", "pre"].includes(tag) });
  }
  write(html.slice(from));
  return root;
}

/** The nodes of a plain text, with its addresses and commands made active. */
export function fromText(text) {
  const root = document.createDocumentFragment();
  root.append(...linked(text));
  return root;
}
