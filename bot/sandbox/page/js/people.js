// The list on the left: people, then groups; unread counts; search; adding a person.
import * as api from "./api.js";
import { field, formDialog, toast } from "./dialogs.js";
import { avatar, byId, h } from "./dom.js";
import { emit, groupOf, nameOf, on, personOf, state } from "./store.js";
import { t } from "./texts.js";

const SEARCH_FROM = 9;

/** The address of a chat within the page. */
export function hashOf(at) {
  return at.chat === null ? `#/${at.person}` : `#/${at.person}/${at.chat}`;
}

function badge(unread) {
  if (!unread) return null;
  return h("span", { class: "badge", "aria-label": t("people.unread", { n: unread }), text: unread > 99 ? "99+" : unread });
}

function row({ at, name, line, kind, id, unread, blocked }) {
  const current = state.active && (at.chat === null ? state.active.chat === null && String(state.active.person) === String(at.person) : String(state.active.chat) === String(at.chat));
  return h("a", { class: "person", href: hashOf(at), "aria-current": current ? "page" : undefined, dataset: { id } },
    avatar(name, id, kind),
    h("span", { class: "person-text" },
      h("span", { class: "person-name", text: name, dir: "auto" }),
      line && h("span", { class: blocked ? "person-line off" : "person-line", text: line })),
    badge(current ? 0 : unread));
}

function personRow(person) {
  const line = person.blocked ? t("people.blocked") : person.note ?? (person.username ? `@${person.username}` : "");
  return row({ at: { person: person.id, chat: null }, name: nameOf(person), line, id: person.id,
    unread: person.unread ?? 0, blocked: person.blocked });
}

function groupRow(group) {
  const speaker = state.active && group.members.some((id) => String(id) === String(state.active.person)) ? state.active.person : group.members[0];
  return row({ at: { person: speaker, chat: group.id }, name: group.title, id: group.id, kind: "group",
    line: t("people.members", { n: group.members.length }), unread: group.unread ?? 0 });
}

function fits(words, text) {
  return words.every((word) => text.toLowerCase().includes(word));
}

function draw() {
  const box = byId("people-search-box");
  box.hidden = state.people.length + state.groups.length < SEARCH_FROM;
  const words = box.hidden ? [] : byId("people-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const people = state.people.filter((person) => fits(words, `${nameOf(person)} ${person.note ?? ""} ${person.username ?? ""}`));
  const groups = state.groups.filter((group) => group.members.length && fits(words, group.title));
  const list = byId("people-list");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const nodes = people.map(personRow);
  if (groups.length) nodes.push(h("h3", { class: "people-part", text: t("people.groups") }), ...groups.map(groupRow));
  if (!nodes.length && state.ready) nodes.push(h("p", { class: "people-none", text: t(words.length ? "people.none" : "people.empty") }));
  list.replaceChildren(...nodes);
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  drawTitle();
}

function drawTitle() {
  const unread = state.people.reduce((sum, person) => sum + (person.unread ?? 0), 0);
  const title = t("app.title");
  document.title = unread ? t("app.unread", { n: unread, title }) : title;
}

async function add() {
  const language = h("select", { name: "language_code" },
    h("option", { value: "zh", text: t("people.addZh") }), h("option", { value: "en", text: t("people.addEn") }));
  const given = await formDialog({
    title: t("people.addTitle"), submit: t("people.addGo"),
    fields: [field(t("people.addName"), { name: "first_name", required: true, maxlength: "64" }),
      h("label", { class: "field" }, h("span", { text: t("people.addLanguage") }), language)],
  });
  if (!given) return;
  const id = Math.max(1000, ...state.people.map((person) => Number(person.id))) + 1;
  try {
    await api.addPerson({ id, first_name: given.get("first_name"), language_code: given.get("language_code") });
  } catch (error) {
    toast(t("net.failed", { why: error.message || t("net.unreachable") }), "warn");
    return;
  }
  emit("refresh");
  location.hash = hashOf({ person: id, chat: null });
}

/** The name and the second line of a chat's head. */
export function headOf(at) {
  if (at.chat !== null) {
    const group = groupOf(at.chat);
    return { name: group?.title ?? String(at.chat), kind: "group", id: at.chat,
      line: group ? t("people.members", { n: group.members.length }) : "" };
  }
  const person = personOf(at.person);
  return { name: person ? nameOf(person) : String(at.person), kind: "person", id: at.person, line: person?.note || t("chat.as") };
}

/** Wires the list. */
export function startPeople() {
  byId("people-search").addEventListener("input", draw);
  byId("people-add").addEventListener("click", add);
  on("people", draw);
  on("active", draw);
}
