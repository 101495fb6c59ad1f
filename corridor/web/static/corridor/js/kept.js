// What a phone keeps of one account: what it carries (registers, who is to be judged), and a chain of events that nobody can change afterwards. All of it is
// encrypted by a key that the browser does not give out, and signed by another; both go with the phone.

const Kept = (() => {
  const MOST_AT_ONCE = 200;
  const MOST_SENT = 5000;
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

  // RFC 9562, version 7: the instant first, then what nobody else has.
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let now = Math.max(0, Date.now());
    for (let place = 5; place >= 0; place -= 1) {
      bytes[place] = now % 256;
      now = Math.floor(now / 256);
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // The same bytes as the server signs over: keys in order, no spaces.
  const canonical = (thing) => {
    if (Array.isArray(thing)) return `[${thing.map(canonical).join(",")}]`;
    if (thing === null || typeof thing !== "object") return JSON.stringify(thing);
    const names = Object.keys(thing).filter((name) => thing[name] !== undefined).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(thing[name])}`).join(",")}}`;
  };

  const packed = async (text) => {
    if (!("CompressionStream" in window)) return text;
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  const cookie = (name) => document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

  // Whoever is not answered in JSON was not answered by the house: a page to sign in, a proxy, half a body.
  const ask = async (address, options = {}) => {
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", redirect: "manual", ...options, headers: { "X-Asks-The-Server": "yes", ...options.headers } });
    } catch {
      return { state: "offline" };
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return { state: "signed-out" };
    if (answer.status === 304) return { state: "same" };
    let told;
    try {
      told = JSON.parse(await answer.text());
    } catch {
      return { state: answer.status === 413 ? "too-large" : "busy" };
    }
    const { status } = answer;
    if (answer.ok) return { state: "ok", status, told, etag: answer.headers.get("ETag") };
    if (status === 413) return { state: "too-large", status };
    if (status === 409) return { state: "too-old", status, message: told.message };
    return { state: status === 422 || status === 400 ? "refused" : "busy", status, message: told.message };
  };
  const post = (address, body, headers = {}) =>
    ask(address, { method: "POST", body, headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": cookie("csrftoken"), ...headers } });
  const fingerprint = async (bytes) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

  const open = async (account) => {
    const base = await idb.openDB(`corridor-kept-${account}`, 1, {
      upgrade(db) {
        db.createObjectStore("meta");
        db.createObjectStore("events");
        db.createObjectStore("things");
      },
    });
    const meta = async (name, fallback) => (await base.get("meta", name)) ?? fallback;
    const setMeta = (name, value) => base.put("meta", value, name);

    const keys = await (async () => {
      const known = await meta("keys");
      if (known) return known;
      const made = {
        device: newKey(),
        hide: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
        sign: await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]),
      };
      // Two pages opened at once: the first one's keys are everybody's.
      const going = base.transaction("meta", "readwrite");
      const first = await going.store.get("keys");
      if (!first) await going.store.put(made, "keys");
      await going.done;
      return first ?? made;
    })();

    const hideBytes = async (bytes) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, keys.hide, bytes) };
    };
    const showBytes = (row) => crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, keys.hide, row.data);
    const hidden = (thing) => hideBytes(new TextEncoder().encode(JSON.stringify(thing)));
    const shown = async (row) => (row ? JSON.parse(new TextDecoder().decode(await showBytes(row))) : undefined);

    const put = async (name, thing) => base.put("things", await hidden(thing), name);
    const get = async (name) => shown(await base.get("things", name));
    const alone = (work) => (navigator.locks ? navigator.locks.request(`corridor-chain-${account}`, work) : work());

    // Kept before anybody is told so; throws where the phone is full.
    const append = (kind, version, subject, payload) =>
      alone(async () => {
        const last = (await meta("last")) ?? { sequence: 0, id: null };
        const event = {
          id: newKey(), device: keys.device, sequence: last.sequence + 1, previous: last.id, kind, version, subject,
          at: new Date().toISOString(), seen: (await meta("seen")) ?? null, payload,
        };
        const made = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.sign.privateKey, new TextEncoder().encode(canonical(event)));
        event.signature = base64(made);
        const row = await hidden(event);
        const going = base.transaction(["events", "meta"], "readwrite", { durability: "strict" });
        await Promise.all([
          going.objectStore("events").put(row, event.sequence),
          going.objectStore("meta").put({ sequence: event.sequence, id: event.id }, "last"),
          going.done,
        ]);
        return event;
      });

    const eventsAfter = async (sequence, most) => {
      const rows = await base.getAll("events", IDBKeyRange.lowerBound(sequence, true), most);
      return Promise.all(rows.map(shown));
    };
    const waiting = async () => eventsAfter((await meta("sent")) ?? 0);
    const countWaiting = async () => base.count("events", IDBKeyRange.lowerBound((await meta("sent")) ?? 0, true));
    const oldest = async () => (await base.getAllKeys("events", null, 1))[0] ?? 1;

    // Send what waits, in parts, until the server has all of it; it says up to where the chain is whole, and that is sent again from there.
    const send = async (addresses) => {
      if (!(await meta("registered"))) {
        const key = base64(await crypto.subtle.exportKey("spki", keys.sign.publicKey));
        const name = (navigator.userAgentData?.platform || navigator.platform || "").slice(0, 60);
        const answer = await post(addresses.device, JSON.stringify({ id: keys.device, name, public_key: key }));
        if (answer.state !== "ok") return answer;
        await setMeta("registered", true);
      }
      let most = MOST_AT_ONCE;
      let from = (await meta("sent")) ?? 0;
      for (let turns = 0; turns < 500; turns += 1) {
        const events = await eventsAfter(from, most);
        const body = await packed(JSON.stringify({ format: 1, device: keys.device, oldest: await oldest(), events }));
        const answer = await post(addresses.sync, body);
        if (answer.state === "too-large" && most > 1) {
          most = Math.ceil(most / 2);
          continue;
        }
        if (answer.state !== "ok") return answer;
        const { last, server_at: at } = answer.told;
        if (!Number.isInteger(last)) return { state: "busy" };
        await setMeta("seen", at);
        await setMeta("sent", last);
        const done = !(await base.count("events", IDBKeyRange.lowerBound(last, true)));
        // What it does not come further with is not sent for ever.
        if (!done && last <= from && events.length && turns > 2) return { state: "refused" };
        if (done) return { state: "ok" };
        from = last;
      }
      return { state: "busy" };
    };

    const prune = async () => {
      const sent = (await meta("sent")) ?? 0;
      if (sent > MOST_SENT) await base.delete("events", IDBKeyRange.upperBound(sent - MOST_SENT));
    };

    // All that names somebody goes. What was not sent stays, hidden, until this account is back.
    const forgetNames = async () => {
      await base.clear("things");
      if (!(await countWaiting())) await base.clear("events").then(() => setMeta("forgot", true));
    };

    const file = async (files = []) => JSON.stringify({
      kind: "corridor-journal", format: 1,
      devices: [{ id: keys.device, public_key: base64(await crypto.subtle.exportKey("spki", keys.sign.publicKey)), user: account, name: navigator.platform || "" }],
      events: await waiting(),
      ...(files.length ? { files: files.map((each) => ({ device: keys.device, ...each })) } : {}),
    });

    return {
      device: keys.device, meta, setMeta, put, get, append, waiting, countWaiting, send, prune, forgetNames, file, hidden, shown, hideBytes, showBytes,
      close: () => base.close(),
    };
  };

  return { open, ask, post, newKey, fingerprint };
})();
