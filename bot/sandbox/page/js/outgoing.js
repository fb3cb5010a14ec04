// What the person sends, one after another in the order it was given.
import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { t } from "./texts.js";

let queue = Promise.resolve();

/** Runs a request after those before it; resolves to false, with a toast, when it failed. */
export function send(request) {
  const result = queue.then(request).then(() => true, (error) => {
    toast(t("net.failed", { why: error.message || t("net.unreachable") }), "warn");
    return false;
  });
  queue = result;
  return result;
}

/** Says a text in a chat. */
export const say = (chat, text, replyTo) => send(() => api.sendText(chat.at, text, replyTo));

const isPicture = (file) => /^image\/(jpeg|png|webp|gif|bmp)$/.test(file.type);

/** Sends files: pictures chosen as photos go as one album of up to ten, the rest one by one. */
export async function sendFiles(chat, files, caption, replyTo) {
  const photos = files.filter((entry) => entry.asPhoto && isPicture(entry.file)).map((entry) => entry.file);
  const documents = files.filter((entry) => !(entry.asPhoto && isPicture(entry.file))).map((entry) => entry.file);
  let words = caption;
  for (let from = 0; from < photos.length; from += 10) {
    const part = photos.slice(from, from + 10);
    const spoken = words;
    if (!await send(() => api.sendPhotos(chat.at, part, spoken, replyTo))) return false;
    words = "";
  }
  for (const file of documents) {
    const spoken = words;
    if (!await send(() => api.sendDocument(chat.at, file, spoken, replyTo))) return false;
    words = "";
  }
  return true;
}
