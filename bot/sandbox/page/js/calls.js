// The drawer that shows what the bot and the server say to each other.
import * as api from "./api.js";
import { byId, h } from "./dom.js";
import { nameOf, on, titleOf } from "./store.js";
import { data, t } from "./texts.js";
import { moment } from "./time.js";

const POLL_MS = 1500;
const MOST_SHOWN = 200;
const LOOK_BACK = 400;
const UPDATES = "getUpdates";
const REAL_TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

let after = null;
let timer = null;
let taking = false;
let open = false;

function failed(call) {
  return call.status !== 200;
}

// What a batch of updates brought, told by its first one.
function received(updates) {
  const [first] = updates;
  const said = first.message ?? first.edited_message;
  const from = said?.from ?? first.callback_query?.from ?? first.my_chat_member?.from;
  const name = from ? nameOf(from) : "";
  if (first.callback_query) return t("calls.pressed", { name });
  if (said) return t("calls.said", { name, text: (said.text ?? said.caption ?? t("message.document")).slice(0, 80) });
  return t("calls.other", { name });
}

function describe(call) {
  if (failed(call)) return `${t("calls.failed")}：${call.answer?.description ?? ""}`;
  if (call.method === UPDATES) return received(call.result);
  const params = call.params ?? {};
  const words = params.text ?? params.caption ?? "";
  const target = params.chat_id === undefined ? "" : t("calls.to", { name: titleOf(params.chat_id) });
  return [target, String(words).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 80)].filter(Boolean).join("：");
}

function heading(call) {
  if (call.method === UPDATES && !failed(call)) return t("calls.received", { n: call.result.length });
  return data("methods")[call.method] ?? call.method;
}

function json(title, value) {
  return [h("h4", { text: title }), h("pre", { text: JSON.stringify(value ?? null, null, 2) })];
}

function entry(call) {
  const kind = failed(call) ? "call failed" : call.method === UPDATES ? "call incoming" : "call";
  const details = h("details", { class: kind },
    h("summary", {},
      h("span", { class: "call-top" },
        h("strong", { text: heading(call) }),
        h("code", { text: call.method }),
        h("time", { text: REAL_TIME.format(moment(call.at)), title: t("calls.realTime") })),
      h("span", { class: "call-line", text: describe(call) })));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(h("div", { class: "call-more" }, json(t("calls.params"), call.params), json(t("calls.answer"), call.result ?? call.answer)));
    }
  });
  return h("li", {}, details);
}

// An empty getUpdates is the bot asking whether there is anything: nothing happened.
function telling(call) {
  return call.method !== UPDATES || failed(call) || call.result?.length > 0;
}

async function take() {
  if (after === null) after = Math.max(0, (await api.calls(Number.MAX_SAFE_INTEGER)).last - LOOK_BACK);
  const { calls, last } = await api.calls(after);
  after = last;
  const shown = calls.filter(telling).slice(-MOST_SHOWN);
  const list = byId("calls-list");
  if (shown.length) {
    list.querySelector(".calls-none")?.remove();
    list.prepend(...shown.reverse().map(entry));
    while (list.children.length > MOST_SHOWN) list.lastElementChild.remove();
  } else if (!list.children.length) {
    list.append(h("li", { class: "calls-none", text: t("calls.none") }));
  }
}

async function poll() {
  if (taking) return;
  taking = true;
  clearTimeout(timer);
  try {
    await take();
  } catch {
    // The page says by itself that the server is away; the next round tries again.
  }
  taking = false;
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
