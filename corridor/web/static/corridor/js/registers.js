// The registers on a phone. Everything that is marked is first kept here and then shown; the network only brings it home. What stands on the
// server is shown as it was last told, with what waits here on top of it.

(() => {
  const root = document.querySelector("[data-rg]");
  if (!root) return;
  const addresses = { data: root.dataset.data, device: root.dataset.device, sync: root.dataset.sync };
  const at = (name) => document.querySelector(`[data-rg-${name}]`);
  const word = (name, places = {}) =>
    Object.entries(places).reduce((text, [place, value]) => text.replace(`{${place}}`, value), document.querySelector(`[data-rg-word="${name}"]`)?.content.textContent ?? "");
  const copy = (name) => document.querySelector(`template[data-rg-${name}]`).content.firstElementChild.cloneNode(true);
  const views = [...document.querySelectorAll("[data-rg-view]")];
  const DAY = 86_400_000;
  const state = { book: null, told: null, said: [], net: "offline", message: "", latin: localStorage.getItem("corridor-latin") === "yes", undo: [] };

  // --- what is known -----------------------------------------------------------------------------------------------

  const dayHere = () => {
    if (state.told?.is_example) return state.told.today;
    const now = new Date();
    const here = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    // A clock that stands before the day on which the house was last heard of is wrong.
    return state.told && here < state.told.today ? state.told.today : here;
  };
  const registers = () => state.told?.registers ?? [];
  const found = (id) => registers().find((each) => each.id === id);

  // What a register says: what stands, and what was marked here since, in the order of the chain.
  const marksOf = (register) => {
    const marks = {};
    for (const [place, [mark, minutes, remark, entry, contested]] of Object.entries(register.marks)) marks[place] = { mark, minutes, remark, entry, contested };
    for (const event of state.said) {
      if (event.subject !== register.id || event.kind !== "register.marked") continue;
      for (const each of event.payload.marks) {
        marks[each.place] = { mark: each.mark, minutes: each.minutes ?? null, remark: each.remark ?? "", entry: event.id, contested: marks[each.place]?.contested ?? false };
      }
    }
    return marks;
  };
  const isSignedHere = (register) => state.said.some((event) => event.subject === register.id && event.kind === "register.signed");
  const isLocked = (register) => register.status === "locked" || isSignedHere(register);
  const namesOf = (register) => state.told.cohorts[register.cohort] ?? {};
  const nameOf = ([number, own, language, latin]) => (state.latin && latin ? { text: latin, language: "en" } : { text: own || latin || String(number), language });

  // --- keeping and sending -----------------------------------------------------------------------------------------

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
  const showNet = () => {
    const badge = at("net");
    const count = state.said.length;
    const text = [];
    if (state.net !== "ok" && state.net !== "same") text.push(word(state.net === "offline" ? "offline" : state.net));
    if (count) text.push(word("waiting", { count, age: age(state.said[0].at) }));
    if (!text.length) text.push(word("sent"));
    badge.textContent = state.net === "offline" || state.net === "ok" ? text.join(": ") : text.at(-1);
    badge.classList.toggle("net--on", !count && state.net === "ok");
    badge.dataset.waiting = String(count);
    at("state").textContent = state.message || text.join(": ");
    const list = at("waiting");
    list.replaceChildren(
      ...state.said.map((event) => {
        const row = document.createElement("li");
        const register = found(event.subject);
        const what = event.kind === "register.signed" ? word("signature") : word("marks", { count: event.payload.marks.length });
        row.textContent = [register ? `${register.title}, ${register.day}` : "", what, age(event.at)].filter(Boolean).join(" · ");
        return row;
      }),
    );
  };

  const say = async (kind, register, payload) => {
    try {
      const event = await state.book.append(kind, 1, register.id, { held_on: register.held_on, ...payload });
      state.said.push(event);
      showNet();
      sync();
      return event;
    } catch (wrong) {
      // Nothing is shown as kept that is not.
      const box = at("said");
      box.textContent = word("full");
      box.hidden = false;
      console.warn("not kept", wrong?.name);
      return null;
    }
  };

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
  const once = async () => {
    const asked = await Kept.ask(addresses.data, { headers: state.told && state.etag ? { "If-None-Match": state.etag } : {} });
    if (asked.state === "ok" && asked.told.account.id !== state.account) {
      await become(asked.told.account);
    }
    if (asked.state !== "ok" && asked.state !== "same") {
      state.net = asked.state;
      return showNet();
    }
    if (!state.book) return;
    const sent = await state.book.send(addresses).catch(() => ({ state: "busy" }));
    state.net = sent.state;
    state.message = sent.message ?? "";
    wait = sent.state === "busy" ? Math.min(300_000, (wait || 4000) * 2) : 0;
    if (sent.state === "ok") {
      // What was just brought home is part of what stands.
      const fresh = await Kept.ask(addresses.data, { headers: state.etag ? { "If-None-Match": state.etag } : {} });
      if (fresh.state === "ok") {
        await state.book.put("told", { told: fresh.told, etag: fresh.etag }).catch(() => {});
        state.told = fresh.told;
        state.etag = fresh.etag;
      }
      await state.book.setMeta("opened", Date.now());
      await state.book.prune();
    }
    await reread();
    show();
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
  };

  // --- what is shown -----------------------------------------------------------------------------------------------

  const here = () => location.hash.slice(1).split("/");
  const text = (name, words) => {
    at(name).textContent = words;
  };
  const showList = () => {
    text("title", word("registers"));
    text("sub", state.who ?? "");
    const today = dayHere();
    const groups = [
      ["today", registers().filter((each) => each.held_on === today)],
      ["earlier", registers().filter((each) => each.held_on < today && !isLocked(each))],
      ["later", registers().filter((each) => each.held_on > today).slice(0, 8)],
    ];
    const list = at("list");
    list.replaceChildren();
    for (const [name, rows] of groups) {
      if (!rows.length) continue;
      const head = document.createElement("h2");
      head.className = "rg-head";
      head.textContent = word(name);
      list.append(head);
      for (const each of rows) {
        const row = copy("register");
        row.href = `#register/${each.id}`;
        const [time, title, more] = row.children;
        time.textContent = each.time;
        title.textContent = each.title;
        const count = Object.keys(marksOf(each)).length;
        const stands = isSignedHere(each) && each.status !== "locked" ? word("on-this-phone")
          : isLocked(each) ? word("locked")
          : !count ? word("not-taken")
          : count < each.roll.length ? word("some", { count, all: each.roll.length }) : word("taken");
        more.textContent = [stands, each.cohort, name === "today" ? "" : each.day].filter(Boolean).join(" · ");
        list.append(row);
      }
    }
    at("empty").hidden = groups.some(([, rows]) => rows.length);
    if (!state.told) {
      at("empty").hidden = false;
      at("empty").textContent = state.forgotten ? word("forgotten") : word("stranger");
    }
  };

  const counted = (register, marks) => {
    const said = register.roll.map((place) => marks[place]?.mark);
    return {
      present: said.filter((mark) => mark === "present").length,
      away: said.filter((mark) => mark && mark !== "present").length,
      open: said.filter((mark) => !mark).length,
    };
  };
  const unusual = (register, marks) => register.roll.filter((place) => marks[place] && marks[place].mark !== "present");

  const showRegister = (register) => {
    const marks = marksOf(register);
    const names = namesOf(register);
    const today = dayHere();
    const hasBegun = register.held_on <= today;
    const mayMark = hasBegun && !isLocked(register);
    const { present, away, open } = counted(register, marks);
    text("title", register.title);
    text("sub", `${register.day}, ${register.time} · ${register.cohort}`);
    text("counts", word("counts", { present, away, open }));
    const isContested = register.roll.some((place) => marks[place]?.contested);
    const said = at("said");
    const why = !hasBegun ? word("not-begun", { day: register.day })
      : isSignedHere(register) && register.status !== "locked" ? word("on-this-phone")
      : isLocked(register) ? word("locked")
      : isContested ? word("contested")
      : register.closes_on && today >= register.closes_on ? word("has-closed")
      : register.second_factor && !open ? word("by-factor") : "";
    said.textContent = why;
    said.hidden = !why;
    at("late").hidden = !(mayMark && register.late_on && today >= register.late_on);
    at("roll").replaceChildren(
      ...register.roll.map((place) => {
        const row = copy("tile");
        const tile = row.firstElementChild;
        const mark = marks[place];
        const name = nameOf(names[place] ?? ["", "", "", ""]);
        const [number, shown, called] = tile.children;
        number.textContent = names[place]?.[0] ?? "";
        called.textContent = name.text;
        called.lang = name.language;
        shown.textContent = mark?.contested ? word("differs") : mark && mark.mark !== "present" ? word(`mark-${mark.mark}`) : "";
        if (mark) tile.classList.add(`tile--${mark.mark}`);
        if (mark?.contested) tile.classList.add("tile--contested");
        tile.setAttribute("aria-pressed", String(Boolean(mark && mark.mark !== "present")));
        tile.disabled = !mayMark || Boolean(mark?.contested);
        tile.dataset.place = place;
        return row;
      }),
    );
    const box = at("exceptions");
    const focus = document.activeElement?.dataset?.keep;
    const list = unusual(register, marks).filter((place) => !marks[place].contested);
    box.hidden = !list.length || !mayMark;
    box.replaceChildren(box.firstElementChild, ...list.map((place) => exception(register, place, marks[place], names[place] ?? [])));
    if (focus) box.querySelector(`[data-keep="${focus}"]`)?.focus();
    const guests = state.said.filter((event) => event.subject === register.id).flatMap((event) => event.payload.guests ?? []);
    at("guests").textContent = guests.length ? String(guests.length) : "";
    at("all").hidden = !mayMark || !open;
    at("sign").hidden = !mayMark || Boolean(open) || isContested || register.second_factor || !register.roll.length;
    at("undo").hidden = !mayMark;
    at("undo").disabled = !state.undo.length || state.undo.at(-1).register !== register.id;
  };

  const exception = (register, place, mark, name) => {
    const row = copy("exception");
    row.querySelector("legend b").textContent = `${name[0] ?? ""} ${nameOf(name).text}`;
    for (const radio of row.querySelectorAll("[type=radio]")) {
      radio.name = `x-${place}`;
      radio.checked = radio.value === mark.mark;
      radio.dataset.keep = `${place}-${radio.value}`;
      radio.addEventListener("change", () => mark1(register, place, { ...mark, mark: radio.value, minutes: null }));
    }
    const minutes = row.querySelector("[data-rg-minutes]");
    minutes.hidden = mark.mark !== "late";
    const field = minutes.querySelector("input");
    field.value = mark.minutes ?? "";
    field.dataset.keep = `${place}-minutes`;
    field.addEventListener("change", () => mark1(register, place, { ...mark, minutes: Math.min(600, Math.max(0, Math.floor(Number(field.value)))) || null }));
    for (const button of minutes.querySelectorAll("button")) {
      button.dataset.keep = `${place}-${button.textContent}`;
      button.addEventListener("click", () => mark1(register, place, { ...mark, minutes: Number(button.textContent) }));
    }
    const remark = row.querySelector("[data-rg-remark]");
    remark.value = mark.remark ?? "";
    remark.dataset.keep = `${place}-remark`;
    remark.addEventListener("change", () => mark1(register, place, { ...mark, remark: remark.value.trim() }));
    return row;
  };

  const showSign = (register) => {
    const marks = marksOf(register);
    const names = namesOf(register);
    const list = unusual(register, marks);
    text("title", register.title);
    text("sub", `${register.day}, ${register.time} · ${register.cohort}`);
    text("sum", word("sum", { present: register.roll.length - list.length, exceptions: list.length }));
    text("who", word("sign-as", { who: state.who ?? "" }));
    at("summary").replaceChildren(
      ...(list.length ? list : [null]).map((place) => {
        const row = document.createElement("li");
        const mark = place && marks[place];
        row.textContent = mark
          ? [`${names[place]?.[0] ?? ""} ${nameOf(names[place] ?? []).text}`, word(`mark-${mark.mark}`), mark.minutes ? word("minutes", { count: mark.minutes }) : "", mark.remark].filter(Boolean).join(" · ")
          : word("everybody");
        return row;
      }),
    );
  };

  const show = () => {
    const [name, id] = here();
    const register = found(id);
    const view = (name === "register" || name === "sign") && register ? name : name === "waiting" ? "waiting" : "list";
    for (const each of views) each.hidden = each.dataset.rgView !== view;
    showNet();
    if (view === "register") showRegister(register);
    else if (view === "sign") showSign(register);
    else if (view === "list") showList();
  };

  // --- what is done ------------------------------------------------------------------------------------------------

  const told = (place, value, seen) => ({
    place, mark: value.mark, ...(value.minutes ? { minutes: value.minutes } : {}), ...(value.remark ? { remark: value.remark } : {}), ...(seen ? { saw: seen } : {}),
  });
  const mark = async (register, values, { undo = true } = {}) => {
    const before = marksOf(register);
    const reason = at("late").hidden ? "" : document.getElementById("rg-reason").value.trim();
    const marks = Object.entries(values).map(([place, value]) => told(place, value, before[place]?.entry));
    if (!marks.length) return;
    const kept = await say("register.marked", register, { marks, ...(reason ? { reason } : {}) });
    if (kept && undo && Object.keys(values).every((place) => before[place])) {
      state.undo.push({ register: register.id, values: Object.fromEntries(Object.keys(values).map((place) => [place, before[place]])) });
    }
    if (kept) show();
  };
  const mark1 = (register, place, value) => mark(register, { [place]: value });
  const registerHere = () => found(here()[1]);

  at("all").addEventListener("click", () => {
    const register = registerHere();
    const marks = marksOf(register);
    mark(register, Object.fromEntries(register.roll.filter((place) => !marks[place]).map((place) => [place, { mark: "present" }])));
  });
  at("roll").addEventListener("click", (event) => {
    const tile = event.target.closest("button");
    if (!tile) return;
    const register = registerHere();
    const now = marksOf(register)[tile.dataset.place];
    mark1(register, tile.dataset.place, { mark: now && now.mark !== "present" ? "present" : "absent" });
  });
  at("undo").addEventListener("click", () => {
    const last = state.undo.pop();
    if (last) mark(found(last.register), last.values, { undo: false });
  });
  at("guest").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = event.target.elements.guest;
    if (await say("register.marked", registerHere(), { marks: [], guests: [field.value.trim()] })) field.value = "";
    show();
  });
  at("sign").addEventListener("click", () => {
    location.hash = `sign/${registerHere().id}`;
  });
  at("signed").addEventListener("click", async () => {
    const register = registerHere();
    if (isLocked(register)) return;
    if (await say("register.signed", register, { count: register.roll.length })) location.hash = "";
  });
  at("names").addEventListener("click", () => {
    state.latin = !state.latin;
    localStorage.setItem("corridor-latin", state.latin ? "yes" : "");
    show();
  });
  at("net").addEventListener("click", () => {
    location.hash = "waiting";
  });
  at("now").addEventListener("click", () => sync());
  at("back").addEventListener("click", (event) => {
    const [name, id] = here();
    if (!name) return;
    event.preventDefault();
    location.hash = name === "sign" ? `register/${id}` : "";
  });
  at("file").addEventListener("click", async () => {
    if (!state.book) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await state.book.file()], { type: "application/json" }));
    link.download = `journal-${dayHere()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  addEventListener("hashchange", () => {
    state.undo = [];
    show();
    scrollTo(0, 0);
  });
  addEventListener("online", () => sync());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync());
  // A phone does not always say that it is back: ask the house itself.
  let asked = Date.now();
  setInterval(() => {
    if (Date.now() - asked < Math.max(wait, state.said.length ? 4000 : 60_000)) return showNet();
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
      if (opened && Math.abs(Date.now() - opened) > Number(root.dataset.days) * DAY) {
        state.forgotten = true;
        await state.book.forgetNames();
      }
      const kept = await state.book.get("told");
      if (kept) {
        state.told = kept.told;
        state.etag = kept.etag;
        await state.book.setMeta("opened", Date.now());
      }
    }
    show();
    await sync();
  };
  begin();
})();
