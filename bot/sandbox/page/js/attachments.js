// Photos, files, location and contact: the attach menu, the strip of chosen files, the forms.
import * as api from "./api.js";
import { field, formDialog, menuFor } from "./dialogs.js";
import { byId, h, icon } from "./dom.js";
import { send } from "./outgoing.js";
import { activeChat, emit, nameOf, on, personOf } from "./store.js";
import { data, t } from "./texts.js";

const DEMO_PHONE_BASE = 13800000000;
const links = new WeakMap();

function addFiles(list, asPhoto) {
  const chat = activeChat();
  if (!chat || !list.length) return;
  chat.files = [...chat.files, ...[...list].map((file) => ({ file, asPhoto }))];
  emit("files", chat);
  byId("text").focus();
}

function thumbnail({ file, asPhoto }) {
  if (!asPhoto || !file.type.startsWith("image/")) {
    return h("span", { class: "strip-file" }, icon("file"), h("span", { text: file.name }));
  }
  if (!links.has(file)) links.set(file, URL.createObjectURL(file));
  return h("img", { src: links.get(file), alt: file.name });
}

function drawStrip() {
  const chat = activeChat();
  const box = byId("strip");
  const files = chat?.files ?? [];
  box.hidden = !files.length;
  box.replaceChildren(...files.map((entry) => h("div", { class: "strip-item" }, thumbnail(entry),
    h("button", { type: "button", class: "strip-remove", "aria-label": t("attach.remove", { name: entry.file.name }),
      on: { click: () => removeFile(chat, entry) } }, icon("cross")))));
}

function removeFile(chat, entry) {
  chat.files = chat.files.filter((other) => other !== entry);
  emit("files", chat);
}

/** Asks for a place and sends it; text is the keyboard button that asked, if one did. */
async function shareLocation(chat, text) {
  const places = data("places");
  const latitude = h("input", { name: "latitude", type: "number", step: "any", min: "-90", max: "90", required: true, value: places[0].latitude });
  const longitude = h("input", { name: "longitude", type: "number", step: "any", min: "-180", max: "180", required: true, value: places[0].longitude });
  const pick = h("select", { on: { change: () => {
    const place = places[Number(pick.value)];
    latitude.value = place.latitude;
    longitude.value = place.longitude;
  } } }, places.map((place, at) => h("option", { value: at, text: place.name })));
  const label = (text, control) => h("label", { class: "field" }, h("span", { text }), control);
  const given = await formDialog({
    title: t("location.title"), submit: t("location.go"),
    fields: [label(t("location.place"), pick),
      h("div", { class: "field-pair" }, label(t("location.latitude"), latitude), label(t("location.longitude"), longitude))],
  });
  if (!given) return;
  const place = { latitude: Number(given.get("latitude")), longitude: Number(given.get("longitude")) };
  await send(() => (text ? api.pressKey(chat.at, text, place) : api.sendLocation(chat.at, place)));
}

async function shareContact(chat) {
  const person = personOf(chat.at.person);
  const phone = `+86${DEMO_PHONE_BASE + (Number(chat.at.person) % 100000000)}`;
  const given = await formDialog({
    title: t("contact.title"), submit: t("contact.go"),
    fields: [field(t("contact.name"), { name: "first_name", required: true, value: person ? nameOf(person) : "" }),
      field(t("contact.phone"), { name: "phone_number", type: "tel", required: true, value: phone })],
  });
  if (!given) return;
  const contact = { first_name: given.get("first_name"), phone_number: given.get("phone_number") };
  await send(() => api.sendContact(chat.at, contact));
}

function attachMenu() {
  menuFor(byId("attach"), [
    { icon: "photo", text: t("attach.photo"), act: () => byId("pick-photos").click() },
    { icon: "file", text: t("attach.document"), act: () => byId("pick-document").click() },
    { icon: "pin", text: t("attach.location"), act: () => shareLocation(activeChat()) },
    { icon: "person", text: t("attach.contact"), act: () => shareContact(activeChat()) },
  ]);
}

function startPicker(id, asPhoto) {
  const picker = byId(id);
  picker.addEventListener("change", () => {
    addFiles(picker.files, asPhoto);
    picker.value = "";
  });
}

function startDrop() {
  const zone = byId("chat");
  const mark = (onOff) => zone.classList.toggle("dropping", onOff);
  zone.dataset.drop = t("attach.drop");
  zone.addEventListener("dragover", (event) => {
    if (!activeChat() || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) mark(false);
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    addFiles(event.dataTransfer.files, [...event.dataTransfer.files].every((file) => file.type.startsWith("image/")));
  });
}

/** Wires the attach button, paste, drop and the keyboard buttons that ask for data. */
export function startAttachments() {
  byId("attach").addEventListener("click", attachMenu);
  startPicker("pick-photos", true);
  startPicker("pick-document", false);
  startDrop();
  byId("text").addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    addFiles(files, true);
  });
  on("files", drawStrip);
  on("active", drawStrip);
  on("share-location", ({ chat, text }) => shareLocation(chat, text));
}
