// Small helpers that build DOM nodes. Text always becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  attach: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.6-8.7a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.5a1.7 1.7 0 0 1-2.4-2.4l7.6-7.7",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  cross: "M6 6l12 12M18 6L6 18",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  down: "M6 10l6 6 6-6",
  edit: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z",
  file: "M7 3h7l5 5v13H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM14 3v5h5",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.5c2.2.8 3.5 2.6 3.5 5",
  keys: "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7 9.5h2M11 9.5h2M15 9.5h2M7 14.5h10",
  link: "M8 16L17 7M9 7h8v8",
  menu: "M4 7h16M4 12h16M4 17h16",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
  photo: "M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM3 16l5-5 5 5M13 14l3-3 5 5M15.5 8.5v.01",
  pin: "M12 21s7-6.1 7-11.3A7 7 0 0 0 5 9.7C5 14.9 12 21 12 21zM12 12.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
  plus: "M12 5v14M5 12h14",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  reply: "M9 6l-5 5 5 5M4 11h10a6 6 0 0 1 6 6v1",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
  send: "M4 12l16-8-5.5 16-3.3-6.7zM11.2 13.3L20 4",
};

/** Makes an element: props are class, text, dataset, on (listeners), other names are attributes. */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") el.className = value;
    else if (name === "text") el.textContent = value;
    else if (name === "dataset") Object.assign(el.dataset, value);
    else if (name === "on") for (const [kind, fn] of Object.entries(value)) el.addEventListener(kind, fn);
    else if (name === "value") el.value = value;
    else el.setAttribute(name, value === true ? "" : String(value));
  }
  el.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return el;
}

function draw(svg, name) {
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("ico");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.replaceChildren(path);
  return svg;
}

/** A line icon by name; decoration only, so hidden from screen readers. */
export function icon(name) {
  return draw(document.createElementNS(SVG, "svg"), name);
}

/** Draws the icons of the static markup. */
export function fillIcons(root) {
  for (const svg of root.querySelectorAll("svg[data-icon]")) draw(svg, svg.dataset.icon);
}

/** The element with an id; the static markup has them all. */
export function byId(id) {
  return document.getElementById(id);
}

const TINTS = 8;

/** A round mark with the first character of a name, coloured by id. */
export function avatar(name, id, kind = "person") {
  const first = [...name.trim()].find((char) => /[\p{L}\p{N}]/u.test(char)) ?? "";
  const tint = Math.abs(Number(id) || 0) % TINTS;
  const el = h("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" });
  el.append(kind === "group" ? icon("group") : first.toUpperCase());
  return el;
}
