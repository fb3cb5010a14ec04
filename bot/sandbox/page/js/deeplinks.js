// Invitation links (t.me/…?start=…) opened inside the demo, as any of its people.
import { formDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { emit, nameOf, state } from "./store.js";
import { t } from "./texts.js";

/** The start payload of a link to a bot, or null for any other link. */
export function deepLinkPayload(url) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const telegram = ["t.me", "telegram.me"].includes(parsed.hostname) || parsed.protocol === "tg:";
  return telegram ? parsed.searchParams.get("start") : null;
}

/** Asks who opens the link, then says /start with its payload as that person. */
export async function openDeepLink(url) {
  const payload = deepLinkPayload(url);
  const pick = h("select", { name: "person" }, state.people.map((person) =>
    h("option", { value: person.id, text: [nameOf(person), person.note].filter(Boolean).join(" · ") })));
  if (state.active) pick.value = String(state.active.person);
  const given = await formDialog({
    title: t("link.title"),
    submit: t("link.go"),
    fields: [h("label", { class: "field" }, h("span", { text: t("link.note") }), pick)],
  });
  if (given) emit("open-as", { person: Number(given.get("person")), text: `/start ${payload}`.trim() });
}
