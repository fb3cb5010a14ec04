// The command menu: all commands behind the button, matching ones while a command is typed.
import * as api from "./api.js";
import { byId, h } from "./dom.js";
import { activeChat, chatKey, emit, on } from "./store.js";

let known = [];
let shown = [];
let chosen = 0;
let pinned = false;

async function load(chat) {
  let answer = {};
  try {
    answer = await api.commands(chat.at);
  } catch {
    answer = {};
  }
  if (chat !== activeChat()) return;
  known = Array.isArray(answer) ? answer : answer.commands ?? [];
  byId("commands").hidden = !known.length;
  refreshCommandMenu();
}

function matching(text) {
  if (text) pinned = false;
  if (pinned) return known;
  const typed = /^\/([a-z0-9_]*)$/i.exec(text);
  return typed ? known.filter((entry) => entry.command.startsWith(typed[1].toLowerCase())) : [];
}

function say(entry) {
  const chat = activeChat();
  pinned = false;
  const input = byId("text");
  if (input.value.startsWith("/")) {
    input.value = "";
    input.dispatchEvent(new Event("input"));
  }
  refreshCommandMenu();
  emit("say", { chat, text: `/${entry.command}` });
  input.focus();
}

/** Shows the commands that fit what is typed, or hides the menu. */
export function refreshCommandMenu() {
  const box = byId("command-menu");
  shown = matching(byId("text").value);
  chosen = Math.min(chosen, Math.max(0, shown.length - 1));
  box.hidden = !shown.length;
  byId("commands").setAttribute("aria-expanded", String(!box.hidden));
  box.replaceChildren(...shown.map((entry, at) => h("button", {
    type: "button", role: "option", class: "command-row", id: `command-${at}`, "aria-selected": String(at === chosen),
    on: { click: () => say(entry), pointermove: () => choose(at) },
  }, h("code", { text: `/${entry.command}` }), h("span", { text: entry.description }))));
}

function choose(at) {
  if (at === chosen) return;
  chosen = at;
  byId("text").setAttribute("aria-activedescendant", `command-${at}`);
  [...byId("command-menu").children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
  byId("command-menu").children[at]?.scrollIntoView({ block: "nearest" });
}

function close() {
  byId("text").removeAttribute("aria-activedescendant");
  pinned = false;
  byId("command-menu").hidden = true;
  byId("commands").setAttribute("aria-expanded", "false");
  shown = [];
}

/** Handles a key of the input for the open menu; true when the key was taken. */
export function commandKey(event) {
  if (!shown.length) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose((chosen + step + shown.length) % shown.length);
  else if (event.key === "Enter" && !event.shiftKey) say(shown[chosen]);
  else if (event.key === "Escape") close();
  else return false;
  event.preventDefault();
  return true;
}

/** Wires the menu button; the list is asked for anew with every chat. */
export function startCommands() {
  let last = null;
  byId("commands").addEventListener("click", () => {
    const open = !byId("command-menu").hidden;
    if (open) {
      close();
      return;
    }
    pinned = true;
    chosen = 0;
    refreshCommandMenu();
    load(activeChat());
    byId("text").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (pinned && !byId("composer").contains(event.target)) close();
  });
  on("active", () => {
    close();
    const chat = activeChat();
    if (!chat) return;
    if (last !== chatKey(chat.at)) known = [];
    last = chatKey(chat.at);
    load(chat);
  });
  on("messages", ({ chat }) => {
    if (!known.length && chat === activeChat()) load(chat);
  });
}
