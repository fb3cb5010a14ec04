// Toasts, alerts, forms, popup menus and the photo viewer.
import { byId, h, icon } from "./dom.js";
import { t } from "./texts.js";

const TOAST_MS = 3500;
const TOASTS_AT_ONCE = 3;

/** Shows a short passing line; kind "warn" marks a failure. */
export function toast(text, kind = "") {
  const el = h("div", { class: `toast ${kind}`, text });
  const box = byId("toasts");
  box.append(el);
  while (box.children.length > TOASTS_AT_ONCE) box.firstElementChild.remove();
  setTimeout(() => el.remove(), TOAST_MS + text.length * 40);
}

function show(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    }, { once: true });
  });
}

/** A modal message that has to be acknowledged. */
export async function showAlert(title, text) {
  const ok = h("button", { type: "submit", class: "solid", autofocus: true, text: t("press.ok") });
  const dialog = h("dialog", { class: "dialog alert", role: "alertdialog", "aria-label": title },
    h("form", { method: "dialog" },
      h("p", { class: "alert-text", text }),
      h("div", { class: "dialog-actions" }, ok)));
  await show(dialog);
}

/** A modal form; resolves to its FormData, or to null when it was dismissed. */
export async function formDialog({ title, note, fields = [], submit, danger = false }) {
  const form = h("form", { method: "dialog", class: "dialog-form" },
    h("h2", { text: title }),
    note && h("p", { class: "dialog-note", text: note }),
    fields,
    h("div", { class: "dialog-actions" },
      h("button", { type: "button", class: "ghost", text: t("dialog.cancel"), on: { click: () => dialog.close("") } }),
      h("button", { type: "submit", class: danger ? "solid danger" : "solid", value: "go", text: submit })));
  const dialog = h("dialog", { class: "dialog", "aria-label": title }, form);
  const answer = await show(dialog);
  return answer === "go" ? new FormData(form) : null;
}

/** A labelled input for a form. */
export function field(label, props) {
  return h("label", { class: "field" }, h("span", { text: label }), h("input", { autocomplete: "off", ...props }));
}

let openMenu = null;

function closeMenu(refocus) {
  if (!openMenu) return;
  const { el, opener } = openMenu;
  openMenu = null;
  el.remove();
  if (refocus) opener?.focus();
}

function place(el, x, y) {
  const box = el.getBoundingClientRect();
  const left = Math.max(8, Math.min(x, innerWidth - box.width - 8));
  const top = y + box.height + 8 > innerHeight ? Math.max(8, y - box.height) : y;
  el.style.left = `${left}px`;
  el.style.top = `${top}px`;
}

/** A popup menu at a point; items are {icon, text, act, danger}. Arrow keys move, Esc closes. */
export function popupMenu(items, { x, y, opener }) {
  closeMenu(false);
  const buttons = items.map((item) => h("button", {
    type: "button", role: "menuitem", class: item.danger ? "menu-item danger" : "menu-item",
    on: { click: () => { closeMenu(true); item.act(); } },
  }, icon(item.icon), h("span", { text: item.text })));
  const el = h("div", { class: "menu", role: "menu" }, buttons);
  el.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closeMenu(true);
    }
  });
  document.body.append(el);
  openMenu = { el, opener };
  place(el, x, y);
  buttons[0].focus();
}

/** A popup menu hanging on a button. */
export function menuFor(opener, items) {
  const box = opener.getBoundingClientRect();
  popupMenu(items, { x: box.left, y: box.bottom + 4, opener });
}

/** Shows one photo large. */
export function viewPhoto(url) {
  const close = h("button", { type: "button", class: "icon viewer-close", "aria-label": t("dialog.close") }, icon("cross"));
  const dialog = h("dialog", { class: "viewer", "aria-label": t("message.photo") },
    h("img", { src: url, alt: t("message.photo") }), close);
  close.addEventListener("click", () => dialog.close());
  return show(dialog);
}

/** Closes an open popup menu on a click elsewhere or a scroll. */
export function startDialogs() {
  document.addEventListener("pointerdown", (event) => {
    if (openMenu && !openMenu.el.contains(event.target)) closeMenu(false);
  });
  addEventListener("resize", () => closeMenu(false));
}
