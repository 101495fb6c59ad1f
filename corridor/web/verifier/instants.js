// Instants as credentials write them: XSD dateTimeStamp, always with a zone. The same as proofs/instants.py.

const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const yearFirst = new Date(0).setUTCFullYear(1, 0, 1);
const yearLast = Date.UTC(10_000, 0, 1);

// Milliseconds since 1970, with their fraction; null when the text is no instant or has no zone.
export const readInstant = (text) => {
  const found = typeof text === "string" ? STAMP.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  if (month < 1 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  at.setUTCHours(hour, minute, second);
  const zone = found[8] === "Z" ? 0 : (Number(found[8].slice(1, 3)) * 60 + Number(found[8].slice(4))) * (found[8][0] === "-" ? -1 : 1);
  const instant = at.getTime() + Number(`0${found[7] ?? ""}`) * 1000 - zone * 60_000;
  return instant < yearFirst || instant >= yearLast ? null : instant;
};

// The day that the text itself names, in its own zone; null when it is not an instant.
export const dayAsWritten = (text) => (readInstant(text) === null ? null : text.slice(0, 10));

export const dayOf = (instant) => new Date(instant).toISOString().slice(0, 10);
export const isDay = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && readInstant(`${text}T00:00:00Z`) !== null;
