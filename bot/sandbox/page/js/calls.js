// The drawer that shows what the bot and the server say to each other.
import * as api from "./api.js";
import { byId, h } from "./dom.js";
import { on, titleOf } from "./store.js";
import { data, t } from "./texts.js";
import { hourMinute, moment } from "./time.js";

const POLL_MS = 1500;
const MOST_SHOWN = 200;
const TAKEN_AT_ONCE = 1000;
const SILENT = new Set(["getUpdates"]);

let after = 0;
let timer = null;
let open = false;

function numberOf(call) {
  return call.n ?? call.id ?? call.seq ?? call.number ?? 0;
}

function failed(call) {
  return call.answer?.ok === false || (call.status ?? 200) >= 400;
}

function describe(call) {
  const params = call.params ?? call.parameters ?? {};
  const words = params.text ?? params.caption ?? "";
  const target = params.chat_id === undefined ? "" : t("calls.to", { name: titleOf(params.chat_id) });
  return [target, String(words).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 80)].filter(Boolean).join("：");
}

function json(title, value) {
  return [h("h4", { text: title }), h("pre", { text: JSON.stringify(value ?? null, null, 2) })];
}

function entry(call) {
  const params = call.params ?? call.parameters ?? {};
  const answer = call.answer ?? call.result ?? null;
  const details = h("details", { class: failed(call) ? "call failed" : "call" },
    h("summary", {},
      h("span", { class: "call-top" },
        h("strong", { text: data("methods")[call.method] ?? call.method }),
        h("code", { text: call.method }),
        call.time !== undefined && h("time", { text: hourMinute(moment(call.time)) })),
      h("span", { class: "call-line", text: failed(call) ? `${t("calls.failed")}：${answer?.description ?? ""}` : describe(call) })));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(h("div", { class: "call-more" }, json(t("calls.params"), params), json(t("calls.answer"), answer)));
    }
  });
  return h("li", {}, details);
}

async function poll() {
  try {
    const { calls } = await api.calls(after);
    if (calls.length) after = Math.max(...calls.map(numberOf));
    const shown = calls.slice(-TAKEN_AT_ONCE).filter((call) => !SILENT.has(call.method)).slice(-MOST_SHOWN);
    const list = byId("calls-list");
    if (shown.length) {
      list.querySelector(".calls-none")?.remove();
      list.prepend(...shown.reverse().map(entry));
      while (list.children.length > MOST_SHOWN) list.lastElementChild.remove();
    } else if (!list.children.length) {
      list.append(h("li", { class: "calls-none", text: t("calls.none") }));
    }
  } catch {
    // The page says by itself that the server is away; the next round tries again.
  }
  clearTimeout(timer);
  if (open) timer = setTimeout(poll, POLL_MS);
}

function toggle(next) {
  open = next;
  byId("calls").hidden = !open;
  byId("panes").classList.toggle("with-calls", open);
  byId("calls-toggle").setAttribute("aria-expanded", String(open));
  if (open) poll();
  else byId("calls-toggle").focus();
}

/** Wires the drawer; nothing is asked while it is closed. */
export function startCalls() {
  byId("calls-toggle").addEventListener("click", () => toggle(!open));
  byId("calls-close").addEventListener("click", () => toggle(false));
  byId("calls").addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
  });
  on("messages", () => {
    if (open) poll();
  });
}
