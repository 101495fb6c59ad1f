// The registers on a phone. Everything that is marked is first kept here and then shown; the network only brings it home. What stands on the
// server is shown as it was last told, with what waits here on top of it.

(() => {
  if (!document.querySelector("[data-rg]")) return;
  const phone = Phone({
    thing: "told",
    titled: "registers",
    show: () => show(),
    nameOf: (event) => {
      const register = found(event.subject);
      return register ? `${register.title}, ${register.day}` : "";
    },
    became: async () => {
      state.photos = wantsPhotos() ? await state.book.get("photos") : null;
    },
    bring: async () => {
      await bringPhotos();
      return { state: "ok" };
    },
  });
  const { state, at, word, copy, text, dayHere, nameOf } = phone;
  state.undo = [];

  // Photos come only where this trainer wants them on this phone. They are hidden like the names, and go with them.
  const switched = () => `corridor-photos-${state.account}`;
  const wantsPhotos = () => localStorage.getItem(switched()) === "yes";
  const bringPhotos = async () => {
    if (!wantsPhotos() || !state.book) return;
    const asked = await Kept.ask(document.querySelector("[data-rg]").dataset.photos, { headers: state.photos ? { "If-None-Match": state.photos.etag } : {} });
    if (asked.state !== "ok" || !wantsPhotos()) return;
    state.photos = { of: asked.told.photos, etag: asked.etag };
    await state.book.put("photos", state.photos).catch(() => {});
  };
  // --- what is known -----------------------------------------------------------------------------------------------

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
  // --- what is shown -----------------------------------------------------------------------------------------------

  const here = () => location.hash.slice(1).split("/");
  const say = (kind, register, payload) => phone.say(kind, register.id, { held_on: register.held_on, ...payload });
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
        shown.textContent = mark?.contested ? word("differs") : mark && mark.mark !== "present" ? word(`mark-${mark.mark}`) : !mark && register.there?.includes(place) ? word("there") : "";
        if (mark) tile.classList.add(`tile--${mark.mark}`);
        if (mark?.contested) tile.classList.add("tile--contested");
        tile.setAttribute("aria-pressed", String(Boolean(mark && mark.mark !== "present")));
        tile.disabled = !mayMark || Boolean(mark?.contested);
        tile.dataset.place = place;
        const photo = state.photos?.of[place];
        if (photo) {
          const picture = new Image();
          picture.className = "tile-photo";
          picture.alt = "";
          picture.src = `data:image/jpeg;base64,${photo}`;
          tile.append(picture);
        }
        return row;
      }),
    );
    const box = at("exceptions");
    const focus = document.activeElement?.dataset?.keep;
    const list = unusual(register, marks).filter((place) => !marks[place].contested);
    box.hidden = !list.length || !mayMark;
    box.replaceChildren(box.firstElementChild, ...list.map((place) => exception(register, place, marks[place], names[place] ?? [])));
    if (focus) box.querySelector(`[data-keep="${focus}"]`)?.focus();
    // Those who stand on the server, and those who wait here.
    const waiting = state.said.filter((event) => event.subject === register.id).flatMap((event) => event.payload.guests ?? []);
    const guests = (register.guests ?? 0) + waiting.length;
    at("guests").textContent = guests ? String(guests) : "";
    at("photos").setAttribute("aria-pressed", String(wantsPhotos()));
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
    phone.open(view);
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
  at("photos").addEventListener("click", async () => {
    localStorage.setItem(switched(), wantsPhotos() ? "" : "yes");
    if (!wantsPhotos()) {
      state.photos = null;
      await state.book?.put("photos", null).catch(() => {});
    }
    await bringPhotos();
    show();
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
  at("back").addEventListener("click", (event) => {
    const [name, id] = here();
    if (!name) return;
    event.preventDefault();
    location.hash = name === "sign" ? `register/${id}` : "";
  });
  addEventListener("hashchange", () => {
    state.undo = [];
    phone.show();
    scrollTo(0, 0);
  });
  phone.begin();
})();
