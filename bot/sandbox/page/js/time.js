// Times as people in the campaign read them: always Beijing time, whatever the computer's zone.
import { data, t } from "./texts.js";

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const MINUTES_OF_ZONE = 8 * 60;

/** A moment from what the server sends: Unix seconds or an ISO text. */
export function moment(value) {
  return new Date(typeof value === "number" ? value * 1000 : value);
}

function parts(date) {
  const got = {};
  for (const { type, value } of PARTS.formatToParts(date)) got[type] = value;
  const weekday = new Date(date.getTime() + MINUTES_OF_ZONE * 60_000).getUTCDay();
  return { y: got.year, m: Number(got.month), d: Number(got.day), hm: `${got.hour}:${got.minute}`, w: data("weekdays")[weekday] };
}

export const hourMinute = (date) => parts(date).hm;
export const dayWeek = (date) => t("date.dayWeek", parts(date));
export const dayWeekTime = (date) => `${dayWeek(date)} ${hourMinute(date)}`;
export const yearDayWeekTime = (date) => `${t("date.yearDayWeek", parts(date))} ${hourMinute(date)}`;

/** A key that is equal for two moments of one Beijing day. */
export function dayKey(date) {
  const { y, m, d } = parts(date);
  return `${y}-${m}-${d}`;
}

/** The value of a datetime-local field for a moment, in Beijing time. */
export function toField(date) {
  return new Date(date.getTime() + MINUTES_OF_ZONE * 60_000).toISOString().slice(0, 16);
}

/** The moment, as ISO text, that a datetime-local field means in Beijing time. */
export function fromField(value) {
  return `${value.length === 16 ? `${value}:00` : value}+08:00`;
}
