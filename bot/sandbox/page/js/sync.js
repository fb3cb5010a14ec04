// Keeps the page and the sandbox together. One long poll for everything: a browser opens only six
// connections to a server, and people like to have several windows of the demo side by side.
import * as api from "./api.js";
import { byId } from "./dom.js";
import { activeChat, applyPage, emit, forgetMessages, on, setPeople } from "./store.js";

const WAIT_MS = 25_000;
const HIDDEN_MS = 5000;
const RETRY_MS = 1500;
const GATHER_MS = 200;
const BREATH_MS = 40;

let away = false;
let listening = new AbortController();
let reading = false;
let readAgain = false;
let gathering = null;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// An answer, even a refusal, shows that the sandbox is there.
function note(error) {
  const wasAway = away;
  away = error !== null && error.status === 0;
  byId("offline").hidden = !away;
  // The server that answers next may be another one: what was asked of the last one can wait long.
  if (away && !wasAway) listening.abort();
  if (wasAway && !away) comeBack();
}

/** Asks who is there. */
export async function refreshPeople() {
  try {
    setPeople(await api.people());
    note(null);
  } catch (error) {
    note(error);
  }
}

function refreshSoon() {
  gathering ??= setTimeout(() => {
    gathering = null;
    refreshPeople();
  }, GATHER_MS);
}

async function readOnce(chat) {
  const asked = chat.cursor;
  try {
    const page = await api.messages(chat.at, asked);
    // Everything was forgotten meanwhile: a page of what came later would hide what came before.
    if (chat.cursor !== asked) readAgain = true;
    else applyPage(chat, page);
  } catch (error) {
    note(error);
  }
}

// One reader at a time, so that pages of a chat are applied in order.
async function readActive() {
  readAgain = true;
  if (reading) return;
  reading = true;
  while (readAgain) {
    readAgain = false;
    const chat = activeChat();
    if (chat) await readOnce(chat);
  }
  reading = false;
}

function takeNews(answer) {
  const chat = activeChat();
  if (chat && answer.chats.includes(chat.at.chat ?? chat.at.person)) readActive();
  emit("news", answer);
  refreshSoon();
}

// The sandbox may have been started anew meanwhile: nothing known of before counts any more.
async function comeBack() {
  forgetMessages();
  await refreshPeople();
  emit("back");
}

function untilLookedAt(ms) {
  const seen = new Promise((resolve) => {
    document.addEventListener("visibilitychange", resolve, { once: true });
  });
  return Promise.race([seen, pause(ms)]);
}

async function waitForNews(after) {
  const hidden = document.hidden;
  listening = new AbortController();
  const waitMs = hidden || after === undefined ? 0 : WAIT_MS;
  const answer = await api.events(after, waitMs, listening.signal);
  note(null);
  if (answer.cursor < after) comeBack();
  else if (answer.cursor !== after || answer.busy.length) takeNews(answer);
  await (hidden ? untilLookedAt(HIDDEN_MS) : pause(BREATH_MS));
  return answer.cursor;
}

async function followNews() {
  let after;
  for (;;) {
    try {
      after = await waitForNews(away ? undefined : after);
    } catch (error) {
      note(error);
      after = undefined;
      await pause(RETRY_MS);
    }
  }
}

/** Starts following; the open chat is read at once whenever it changes. */
export function startSync() {
  on("active", readActive);
  on("refresh", refreshSoon);
  followNews();
}
