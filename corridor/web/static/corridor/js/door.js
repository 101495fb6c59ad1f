// Checking in at the door. The list of cards (fingerprints and names) is kept on the phone; each scan has a key of its own and waits here
// until the server has said that it keeps it, so that nothing is lost without a network and nothing is counted twice.

const page = document.querySelector("[data-door]");
const { door: namesAt, doorScans: scansAt } = page.dataset;
const at = (name) => page.querySelector(`[data-door-${name}]`);
const word = (name) => page.querySelector(`[data-door-word="${name}"]`).innerHTML;
const MOST_AT_ONCE = 200;

const opened = new Promise((done, failed) => {
  const asked = indexedDB.open(`corridor-door:${namesAt}`, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("names", { keyPath: "print" });
    asked.result.createObjectStore("arrived", { keyPath: "print" });
    asked.result.createObjectStore("scans", { keyPath: "key" });
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});
const store = async (name, mode, work) => {
  const base = await opened;
  return new Promise((done, failed) => {
    const going = base.transaction(name, mode);
    const asked = work(going.objectStore(name));
    going.oncomplete = () => done(asked?.result);
    going.onerror = () => failed(going.error);
  });
};
const all = (name) => store(name, "readonly", (rows) => rows.getAll());
const one = (name, key) => store(name, "readonly", (rows) => rows.get(key));
const put = (name, row) => store(name, "readwrite", (rows) => rows.put(row));

const device = localStorage.getItem("corridor-device") || crypto.randomUUID();
localStorage.setItem("corridor-device", device);

const fingerprint = async (code) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const count = async () => {
  at("all").textContent = String((await all("names")).length);
  at("in").textContent = String((await all("arrived")).length);
  const waiting = (await all("scans")).length;
  at("net").textContent = waiting ? word("waiting").replace("{count}", waiting) : word("sent");
};

const answer = (kind, name = "", whence = "") => {
  const shown = at("answer");
  shown.className = `door-answer is-${kind}`;
  shown.replaceChildren(...[word(kind), name, whence].filter(Boolean).map((text, place) => {
    const line = document.createElement(place === 1 ? "b" : "p");
    line.textContent = text;
    return line;
  }));
};

const take = async (text) => {
  const code = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (!code) return;
  const print = await fingerprint(code);
  const known = await one("names", print);
  if (!known) return answer("unknown");
  const was = await one("arrived", print);
  const now = new Date().toISOString();
  await put("scans", { key: crypto.randomUUID(), print, at: now });
  if (!was) await put("arrived", { print, at: now });
  // First what waits, then the welcome: whoever reads the welcome must not still read "everything is sent" of the one before.
  await count();
  answer(was ? "again" : "in", known.name, known.whence);
  send();
};

let isSending = false;
const send = async () => {
  if (isSending) return;
  isSending = true;
  try {
    for (let waiting = await all("scans"); waiting.length; waiting = await all("scans")) {
      const scans = waiting.slice(0, MOST_AT_ONCE);
      const token = page.querySelector("input[name=csrfmiddlewaretoken]").value;
      const sent = await fetch(scansAt, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ device, scans }),
      });
      if (!sent.ok) {
        if (sent.type === "opaqueredirect" || sent.status === 403) at("net").textContent = word("signed-out");
        return;
      }
      const { kept, unknown } = await sent.json();
      const done = [...kept, ...unknown];
      if (!done.length) return;
      await store("scans", "readwrite", (rows) => done.forEach((key) => rows.delete(key)));
      await count();
    }
  } catch {
    // No network: they stay, and go with the next try.
  } finally {
    isSending = false;
  }
};

const refresh = async () => {
  try {
    const told = await fetch(namesAt, { redirect: "manual", headers: { "X-Asks-The-Server": "yes" } });
    if (!told.ok) return;
    const { delegates, arrived } = await told.json();
    await store("names", "readwrite", (rows) => {
      rows.clear();
      delegates.forEach((each) => rows.put(each));
    });
    await store("arrived", "readwrite", (rows) => Object.entries(arrived).forEach(([print, when]) => rows.put({ print, at: when })));
  } catch {
    // The list that was kept is good enough.
  }
  await count();
};

at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.code;
  await take(field.value);
  field.value = "";
  field.focus();
});
at("forget").addEventListener("click", async () => {
  for (const name of ["names", "arrived"]) await store(name, "readwrite", (rows) => rows.clear());
  await count();
});

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  const button = at("start");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const video = at("camera");
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    button.hidden = true;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    let seen = 0;
    const look = async () => {
      const [found] = await detector.detect(video).catch(() => []);
      // The same card stays in the picture for a while.
      if (found && (found.rawValue !== last || Date.now() - seen > 5000)) await take(found.rawValue);
      if (found) [last, seen] = [found.rawValue, Date.now()];
      setTimeout(look, 250);
    };
    look();
  });
}

addEventListener("online", async () => {
  await send();
  refresh();
});
setInterval(send, 15000);
navigator.serviceWorker?.register("/worker.js");
refresh().then(send);
