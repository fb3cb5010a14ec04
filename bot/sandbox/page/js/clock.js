// The campaign's time at the top, and the buttons that move it.
import * as api from "./api.js";
import { formDialog, toast } from "./dialogs.js";
import { byId, h } from "./dom.js";
import { emit, on } from "./store.js";
import { t } from "./texts.js";
import { dayWeekTime, fromField, toField, yearDayWeekTime } from "./time.js";

const REFRESH_MS = 20_000;
const STEPS = [["1h", "hour"], ["1d", "day"], ["7d", "week"]];

let base = null;

function now() {
  return base ? new Date(base.moment.getTime() + (performance.now() - base.at)) : null;
}

function draw() {
  const moment = now();
  const el = byId("clock-time");
  const text = moment ? dayWeekTime(moment) : t("clock.unknown");
  if (el.textContent === text) return;
  el.textContent = text;
  if (moment) {
    el.dateTime = moment.toISOString();
    byId("clock-now").title = yearDayWeekTime(moment);
    byId("clock-now").setAttribute("aria-label", `${yearDayWeekTime(moment)} ${t("clock.pick")}`);
  }
}

function take(answer) {
  base = { moment: new Date(answer.now), at: performance.now() };
  draw();
}

/** Asks the sandbox what time it is. */
export async function refreshClock() {
  try {
    take(await api.clock());
  } catch {
    draw();
  }
}

async function move(body, button) {
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  try {
    take(await api.moveClock(body));
    toast(t("clock.moved", { when: dayWeekTime(now()) }));
    emit("refresh");
  } catch (error) {
    toast(t("net.failed", { why: error.message || t("net.unreachable") }), "warn");
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

async function pick() {
  const input = h("input", { type: "datetime-local", name: "when", required: true, value: toField(now() ?? new Date()) });
  const told = h("p", { class: "field-told" });
  const tell = () => {
    told.textContent = input.value ? yearDayWeekTime(new Date(fromField(input.value))) : t("clock.unknown");
  };
  input.addEventListener("input", tell);
  tell();
  const given = await formDialog({
    title: t("clock.title"), note: t("clock.note"), submit: t("clock.go"),
    fields: [h("label", { class: "field" }, h("span", { text: t("clock.field") }), input), told],
  });
  if (given) await move({ now: fromField(given.get("when")) });
}

/** Draws the clock and keeps it going. */
export function startClock() {
  byId("clock-steps").append(...STEPS.map(([advance, name]) => {
    const button = h("button", { type: "button", class: "step", "aria-label": t(`clock.${name}Label`), text: t(`clock.${name}`) });
    button.addEventListener("click", () => move({ advance }, button));
    return button;
  }));
  byId("clock-now").addEventListener("click", pick);
  refreshClock();
  on("news", take);
  setInterval(draw, 1000);
  setInterval(refreshClock, REFRESH_MS);
}
