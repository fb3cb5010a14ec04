// Every word the page shows comes from texts.json, so that markup and code stay free of them.

const answer = await fetch(new URL("../texts.json", import.meta.url));
const table = await answer.json();

/** The text of a key, with {name} places filled from values. */
export function t(key, values = {}) {
  const text = table[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A list or table of the texts file (weekdays, places, methods). */
export function data(key) {
  return table[key];
}

/** Fills the words of the static markup. */
export function fillTexts(root) {
  for (const el of root.querySelectorAll("[data-text]")) el.textContent = t(el.dataset.text);
  for (const el of root.querySelectorAll("[data-placeholder]")) el.placeholder = t(el.dataset.placeholder);
  for (const el of root.querySelectorAll("[data-label]")) {
    const label = t(el.dataset.label);
    el.setAttribute("aria-label", label);
    if (el.matches("button, a")) el.title = label;
  }
}
