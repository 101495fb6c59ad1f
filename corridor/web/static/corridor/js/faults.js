// A fault reported from a phone: kept on the phone while there is no network, and sent once there is, under a key of its own, so that what
// is sent twice is one report. Without this file the form is sent as any other.

const KEPT = "corridor-faults";
const form = document.querySelector("form[data-fault]");
const secretOf = (path) => path.match(/^\/fault\/([^/]+)\/$/)?.[1];
const secret = secretOf(location.pathname);
const kept = () => JSON.parse(localStorage.getItem(KEPT) || "[]");
const keep = (reports) => localStorage.setItem(KEPT, JSON.stringify(reports));
const show = (name) => {
  for (const each of document.querySelectorAll("[data-fault-kept], [data-fault-sent], [data-fault-refused]")) each.hidden = true;
  document.querySelector(`[data-fault-${name}]`).hidden = false;
};

// RFC 9562, version 7: the instant first, then what nobody else has.
const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = now % 256;
    now = Math.floor(now / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

// "sent", "refused" (it will never be taken), or "kept" (try again later).
const send = async (report) => {
  const address = `/fault/${report.secret}/`;
  try {
    const page = await fetch(address, { cache: "no-store", headers: { "X-Asks-The-Server": "yes" } });
    if (page.status === 404) return "refused";
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("input[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ ...report.said, key: report.key, csrfmiddlewaretoken: token });
    const answer = await fetch(address, { method: "POST", body });
    if (answer.ok) return "sent";
    return [404, 409, 422].includes(answer.status) ? "refused" : "kept";
  } catch {
    return "kept";
  }
};

let isSending = false;
const flush = async () => {
  if (isSending) return;
  isSending = true;
  const outcomes = [];
  for (const report of kept()) {
    const outcome = await send(report);
    outcomes.push(outcome);
    if (outcome !== "kept") keep(kept().filter((each) => each.key !== report.key));
  }
  isSending = false;
  if (outcomes.length) show(["refused", "kept", "sent"].find((each) => outcomes.includes(each)));
};

if (form) {
  if (secret) {
    form.hidden = false;
    const nowhere = document.querySelector("[data-fault-nowhere]");
    if (nowhere) nowhere.hidden = true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    // It may be days until there is a network again: the day on which it was said goes with it (an example has its own day).
    const said = { what: given.get("what"), words: given.get("words") || "", ...(form.dataset.day ? {} : { on: today() }) };
    keep([...kept(), { secret, key: newKey(), said }]);
    form.reset();
    delete form.dataset.sent;
    flush();
  });
  addEventListener("online", flush);
  // A phone does not always say that it is back.
  setInterval(() => kept().length && flush(), 4000);
  flush();
  navigator.serviceWorker?.register("/worker.js");
}
