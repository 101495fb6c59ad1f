// Sentences in the reader's language: a template of the house, found by its English, and what fills it.

import { isDay } from "./instants.js";
import { N_ } from "./refusals.js";

const [OPEN, CLOSE] = ["\u2068", "\u2069"];

export const speaker = (words) => {
  const { locale } = words;
  const isFromTheRight = document.documentElement.dir === "rtl";
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" });
  const daysHere = new Intl.DateTimeFormat(locale, { dateStyle: "long", calendar: "gregory", numberingSystem: "latn" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", hourCycle: "h23", numberingSystem: "latn" });
  const numbers = new Intl.NumberFormat(locale, { numberingSystem: "latn" });
  const distances = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  const day = (text) => (isDay(text) ? days.format(new Date(`${text}T00:00:00Z`)) : text);
  const translated = (text) => words.sentences[text] ?? text;
  const placed = (name, value) => {
    if (typeof value === "number") return numbers.format(value);
    if (isDay(value)) return day(value);
    const text = name === "why" ? (words.whys[value] ?? translated(value)) : translated(String(value));
    // A name keeps its own direction inside a sentence, as in the sentences of the server.
    return text && isFromTheRight ? `${OPEN}${text}${CLOSE}` : text;
  };
  const say = (template, places = {}) =>
    translated(template).replace(/%\((\w+)\)s|%%/g, (found, name) => (name ? (Object.hasOwn(places, name) ? placed(name, places[name]) : found) : "%"));

  const ago = (from, to) => {
    const minutes = Math.round((from - to) / 60_000);
    if (Math.abs(minutes) < 60) return distances.format(minutes, "minute");
    if (Math.abs(minutes) < 48 * 60) return distances.format(Math.round(minutes / 60), "hour");
    return distances.format(Math.round(minutes / 1440), "day");
  };
  const instant = (at) => say(N_("%(day)s, %(time)s"), { day: daysHere.format(at), time: times.format(at) });
  return { say, day, ago, instant };
};
