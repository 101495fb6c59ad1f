// What the pages share that work on a phone without a network (registers.js, judging.js): what the house last told, what waits here on top of it,
// the badge that says so, and bringing it home. Everything is first kept and then shown; the network only carries it.

// ``own``: thing (under which name the house's word is kept), titled (the word that it is called by), show(), and where it has them nameOf(event), alsoWaiting(), became(), bring(), carry().
const Phone = (own) => {
  const root = document.querySelector("[data-rg]");
  const addresses = { data: root.dataset.data, device: root.dataset.device, sync: root.dataset.sync };
  const at = (name) => document.querySelector(`[data-rg-${name}]`);
  const word = (name, places = {}) =>
    Object.entries(places).reduce((text, [place, value]) => text.replace(`{${place}}`, value), document.querySelector(`[data-rg-word="${name}"]`)?.content.textContent ?? "");
  const copy = (name) => document.querySelector(`template[data-rg-${name}]`).content.firstElementChild.cloneNode(true);
  const text = (name, words) => {
    at(name).textContent = words;
  };
  const views = [...document.querySelectorAll("[data-rg-view]")];
  const DAY = 86_400_000;
  const keepsFor = Number(root.dataset.days) * DAY;
  // Nobody is away for years and comes back to the same phone in the workshop; a clock that was set back to its maker's day says so.
  const MOST_AWAY = 5 * 365 * DAY;
  const state = { book: null, told: null, said: [], net: "offline", message: "", latin: localStorage.getItem("corridor-latin") === "yes" };

  // --- what is known -----------------------------------------------------------------------------------------------

  const dayHere = () => {
    if (state.told?.is_example) return state.told.today;
    const now = new Date();
    const here = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    // A clock that stands before the day on which the house was last heard of is wrong; and so is one far behind it: names would have gone by then.
    return state.told && (here < state.told.today || Date.parse(here) - Date.parse(state.told.today) > keepsFor + DAY) ? state.told.today : here;
  };
  const nameOf = ([number, name, language, latin]) => (state.latin && latin ? { text: latin, language: "en" } : { text: name || latin || String(number), language });
  const reread = async () => {
    state.said = await state.book.waiting();
  };
  const age = (since) => {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 60_000));
    if (minutes < 1) return word("moment");
    if (minutes < 60) return word("minutes", { count: minutes });
    if (minutes < 48 * 60) return word("hours", { count: Math.floor(minutes / 60) });
    return word("days", { count: Math.floor(minutes / 1440) });
  };

  // --- what waits --------------------------------------------------------------------------------------------------

  const whatOf = (event) => {
    if (event.kind.startsWith("assessment.")) return word(event.kind === "assessment.signed" ? "signature" : event.kind === "assessment.judged" ? "judgement" : "picture");
    return event.kind === "register.signed" ? word("signature") : word("marks", { count: event.payload.marks?.length ?? 0 });
  };
  const waiting = () => [
    ...state.said.map((event) => ({ text: [own.nameOf?.(event) ?? "", whatOf(event)].filter(Boolean).join(" · "), since: event.at })),
    ...(own.alsoWaiting?.() ?? []),
  ];
  const showNet = () => {
    const badge = at("net");
    const rows = waiting();
    const count = rows.length;
    const said = [];
    if (state.net !== "ok" && state.net !== "same") said.push(word(state.net));
    if (count) said.push(word("waiting", { count, age: age(rows.map((row) => row.since).sort()[0]) }));
    if (!said.length) said.push(word("sent"));
    badge.textContent = state.net === "offline" || state.net === "ok" ? said.join(": ") : said.at(-1);
    badge.classList.toggle("net--on", !count && state.net === "ok");
    badge.dataset.waiting = String(count);
    at("state").textContent = state.message || said.join(": ");
    at("waiting").replaceChildren(
      ...rows.map(({ text: what, since }) => {
        const row = document.createElement("li");
        row.textContent = [what, age(since)].join(" · ");
        return row;
      }),
    );
  };
  const show = () => {
    showNet();
    own.show();
  };
  const open = (view) => {
    for (const each of views) each.hidden = each.dataset.rgView !== view;
    if (view !== "waiting") return;
    // What waits is of all of them, not of the one that was open before.
    text("title", word(own.titled));
    text("sub", state.who ?? "");
  };

  const complain = (words) => {
    const box = at("said");
    box.textContent = words;
    box.hidden = !words;
    // It stays in sight below the bar, which is as high as the names in it.
    box.closest(".said")?.style.setProperty("inset-block-start", `${document.querySelector(".bar").offsetHeight}px`);
  };
  const say = async (kind, subject, payload) => {
    try {
      const event = await state.book.append(kind, 1, subject, payload);
      state.said.push(event);
      showNet();
      sync();
      return event;
    } catch (wrong) {
      // Nothing is shown as kept that is not.
      complain(word("full"));
      console.warn("not kept", wrong?.name);
      return null;
    }
  };

  // --- bringing it home --------------------------------------------------------------------------------------------

  let going = null;
  let again = false;
  let wait = 0;
  const sync = () => {
    if (going) {
      again = true;
      return going;
    }
    going = (async () => {
      do {
        again = false;
        await once();
      } while (again);
      going = null;
    })();
    return going;
  };
  const fresh = async () => {
    const asked = await Kept.ask(addresses.data, { headers: state.told && state.etag ? { "If-None-Match": state.etag } : {} });
    if (asked.state === "ok" && asked.told.account.id !== state.account) await become(asked.told.account);
    if (asked.state === "ok") {
      await state.book.put(own.thing, { told: asked.told, etag: asked.etag }).catch(() => {});
      state.told = asked.told;
      state.etag = asked.etag;
      state.forgotten = false;
    }
    return asked;
  };
  const once = async () => {
    const asked = await fresh();
    if (asked.state !== "ok" && asked.state !== "same") {
      state.net = asked.state;
      return showNet();
    }
    if (!state.book) return;
    let sent = await state.book.send(addresses).catch(() => ({ state: "busy" }));
    if (sent.state === "ok" && own.bring) sent = await own.bring().catch(() => ({ state: "busy" }));
    state.net = sent.state;
    state.message = sent.message ?? "";
    if (sent.state === "too-old") renew();
    wait = sent.state === "busy" || sent.state === "too-large" ? Math.min(300_000, (wait || 4000) * 2) : 0;
    if (sent.state === "ok") {
      // What was just brought home is part of what stands.
      await fresh();
      await state.book.setMeta("opened", Date.now());
      await state.book.prune();
    }
    await reread();
    show();
  };

  // The house does not understand this page any more: ask for it anew, once in a while. What waits stays where it is.
  const renew = async () => {
    const asked = Number(sessionStorage.getItem("corridor-renewed") || 0);
    if (Math.abs(Date.now() - asked) < 3_600_000) return;
    sessionStorage.setItem("corridor-renewed", String(Date.now()));
    const answer = await fetch(location.pathname, { cache: "reload", headers: { "X-Asks-The-Server": "yes" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      if (await cache.match(location.pathname)) await cache.put(location.pathname, answer.clone());
    }
    location.reload();
  };

  const become = async (account) => {
    state.book?.close();
    state.account = account.id;
    state.who = account.name;
    state.etag = null;
    state.told = null;
    localStorage.setItem("corridor-account", JSON.stringify(account));
    state.book = await Kept.open(account.id);
    await reread();
    await own.became?.(account);
  };

  // --- what is done on every such page -----------------------------------------------------------------------------

  at("names")?.addEventListener("click", () => {
    state.latin = !state.latin;
    localStorage.setItem("corridor-latin", state.latin ? "yes" : "");
    show();
  });
  at("net").addEventListener("click", () => {
    location.hash = "waiting";
  });
  at("now").addEventListener("click", () => sync());
  at("file").addEventListener("click", async () => {
    if (!state.book) return;
    let number = 0;
    // Where photos and films go along, one file may not hold all of them.
    for await (const files of own.carry?.() ?? [[]]) {
      number += 1;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([await state.book.file(files)], { type: "application/json" }));
      link.download = `journal-${dayHere()}${number > 1 ? `-${number}` : ""}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }
  });
  addEventListener("online", () => sync());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync());
  // A phone does not always say that it is back: ask the house itself.
  let asked = Date.now();
  setInterval(() => {
    if (Date.now() - asked < Math.max(wait, waiting().length ? 4000 : 60_000)) return showNet();
    asked = Date.now();
    return sync();
  }, 4000);

  const begin = async () => {
    navigator.serviceWorker?.register("/worker.js");
    navigator.storage?.persist?.();
    const known = JSON.parse(localStorage.getItem("corridor-account") || "null");
    if (known) {
      await become(known);
      const opened = (await state.book.meta("opened")) ?? 0;
      const away = Date.now() - opened;
      if (opened && away > keepsFor && away < MOST_AWAY) {
        state.forgotten = true;
        await state.book.forgetNames();
      }
      const kept = await state.book.get(own.thing);
      if (kept) {
        state.told = kept.told;
        state.etag = kept.etag;
        await state.book.setMeta("opened", Date.now());
      }
    }
    show();
    await sync();
  };

  return { state, at, word, copy, text, open, dayHere, nameOf, say, complain, sync, show, showNet, reread, begin };
};
