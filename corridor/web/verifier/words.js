// Sentences in the reader's language: a template of the house, found by its English, and what fills it.

import { isDay } from "./instants.js";
import { N_ } from "./refusals.js";

const [OPEN, CLOSE] = ["\u2068", "\u2069"];

export const speaker = (words) => {
  const { locale } = words;
  const isFromTheRight = document.documentElement.dir === "rtl";
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" });
  const daysHere = new Intl.DateTimeFormat(locale, { dateStyle: "long", calendar: "gregory", numberingSystem: "latn" });
  // Not every browser knows every language of ours: then the house says how a day and a distance are written.
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  const written = (at, isUtc) => {
    const [year, month, date] = isUtc ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()] : [at.getFullYear(), at.getMonth(), at.getDate()];
    return words.days.pattern.replace("{day}", date).replace("{month}", words.days.months[month]).replace("{year}", year);
  };
  const distant = (amount, unit) => (isKnown ? distances.format(amount, unit) : words.days.ago[unit].replace("{number}", Math.abs(amount)));
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", hourCycle: "h23", numberingSystem: "latn" });
  const numbers = new Intl.NumberFormat(locale, { numberingSystem: "latn" });
  const distances = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  const day = (text) => {
    if (!isDay(text)) return text;
    const at = new Date(`${text}T00:00:00Z`);
    return isKnown ? days.format(at) : written(at, true);
  };
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
    if (Math.abs(minutes) < 60) return distant(minutes, "minute");
    if (Math.abs(minutes) < 48 * 60) return distant(Math.round(minutes / 60), "hour");
    return distant(Math.round(minutes / 1440), "day");
  };
  const instant = (at) => say(N_("%(day)s, %(time)s"), { day: isKnown ? daysHere.format(at) : written(new Date(at), false), time: times.format(at) });
  return { say, day, ago, instant };
};
