// Keeps the page and the sandbox together: long polls for the open chat and for news at large.
import * as api from "./api.js";
import { byId } from "./dom.js";
import { activeChat, applyPage, emit, on, setPeople } from "./store.js";

const WAIT_MS = 25_000;
const RETRY_MS = 1500;
const PEOPLE_MS = 4000;
const GATHER_MS = 250;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function online(yes) {
  byId("offline").hidden = yes;
}

let following = null;

async function follow(chat, signal) {
  while (!signal.aborted) {
    try {
      const wait = chat.loaded ? WAIT_MS : 0;
      const page = await api.messages(chat.at, chat.cursor, wait, signal);
      if (signal.aborted) return;
      online(true);
      applyPage(chat, page);
    } catch (error) {
      if (signal.aborted) return;
      online(error.status > 0);
      await pause(RETRY_MS);
    }
  }
}

function followActive() {
  following?.abort();
  following = null;
  const chat = activeChat();
  if (!chat) return;
  following = new AbortController();
  follow(chat, following.signal);
}

/** Asks who is there; failures show as offline. */
export async function refreshPeople() {
  try {
    setPeople(await api.people());
    online(true);
  } catch (error) {
    online(error.status > 0);
  }
}

let refresh = null;

function refreshSoon() {
  refresh ??= setTimeout(() => {
    refresh = null;
    refreshPeople();
  }, GATHER_MS);
}

async function followEvents() {
  let after;
  for (;;) {
    try {
      const answer = await api.events(after);
      after = answer.cursor ?? after;
      refreshSoon();
      if (answer.events?.some((event) => event.kind === "commands")) emit("commands");
      if (answer.cursor === undefined) await pause(PEOPLE_MS);
    } catch {
      refreshSoon();
      await pause(PEOPLE_MS);
    }
  }
}

/** Starts the polls. */
export function startSync() {
  on("active", followActive);
  on("refresh", refreshSoon);
  on("messages", refreshSoon);
  followEvents();
}
