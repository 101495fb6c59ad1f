// Judging on a phone: whom this assessor may judge, by which criteria, with photos and films, and the signatures under it. What stands on the house is
// shown as it was last told, with what waits here on top of it; the rules of a checklist are said here in the words in which the house refuses.

(() => {
  const root = document.querySelector("[data-rg]");
  if (!root) return;
  const NEEDED = ["critical", "required"];
  const phone = Phone({
    thing: "judging",
    titled: "judging",
    show: () => show(),
    nameOf: (event) => {
      const found = whose(event.subject, event.payload.unit);
      return found ? `${found.unit.code} · ${found.name[0]} ${phone.nameOf(found.name).text}` : "";
    },
    alsoWaiting: () =>
      files().map((file) => {
        const found = whose(file.subject, file.unit);
        const what = file.refused ? word("refused-file", { why: file.refused }) : sizeOf(file);
        return { text: [found ? `${found.unit.code} · ${found.name[0]}` : "", what].filter(Boolean).join(" · "), since: file.at };
      }),
    became: async (account) => {
      pictures?.close();
      pictures = await Pictures.open(account.id, phone.state.book);
      drafts = await pictures.drafts();
      await tellFiles();
    },
    bring: async () => {
      await tellFiles();
      return pictures.bring(root.dataset.evidence);
    },
    carry: () => pictures.carry(),
  });
  const { state, at, word, copy, text } = phone;
  let pictures = null;
  let drafts = new Map();
  let undo = [];

  // --- what is known -----------------------------------------------------------------------------------------------

  const files = () => pictures?.files() ?? [];
  const units = () => state.told?.units ?? [];
  const schemeOf = (unit) => state.told.schemes[unit.scheme] ?? { criteria: [], signers: [] };
  const namesOf = (unit) => state.told.cohorts[unit.cohort]?.names ?? {};
  const whose = (place, unitKey) => {
    const unit = units().find((each) => each.unit === unitKey && each.cases.some((one) => one.place === place));
    return unit && { unit, name: namesOf(unit)[place] ?? ["", "", "", ""] };
  };
  const sizeOf = (file) => word("file-of", { what: word(file.kind === "video" ? "film-added" : "photo-added"), size: Math.ceil(file.size / 1024) });
  const here = () => decodeURIComponent(location.hash.slice(1)).split("|");
  const found = () => {
    const [, id, place] = here();
    const unit = units().find((each) => each.id === id);
    return { unit, kase: unit?.cases.find((each) => each.place === place) };
  };
  const isAbout = (event, unit, kase) => event.subject === kase.place && event.payload.unit === unit.unit;
  const draftKey = (unit, kase) => `${kase.place}|${unit.unit}|${kase.attempt}`;
  const filesOf = (unit, kase) => files().filter((each) => each.subject === kase.place && each.unit === unit.unit && each.attempt === kase.attempt);
  const waitsFor = (unit, kase) => (state.told.waits ?? []).find((each) => each.place === kase.place && each.unit === unit.unit);

  // What is decided: what was decided here last, else what the house told; with the version that a change or a signature must name.
  const decisionOf = (unit, kase) => {
    const judged = state.said.findLast((event) => event.kind === "assessment.judged" && isAbout(event, unit, kase));
    if (!judged) return kase.decision && { ...kase.decision, judged: null, signed: [...kase.decision.signed, ...signedHere(unit, kase, null)] };
    const { payload } = judged;
    return {
      id: payload.saw?.decision ?? judged.id, version: payload.saw ? payload.saw.version + 1 : 1, judged: judged.id, result: payload.result, note: payload.note,
      on_paper: false, findings: Object.fromEntries(payload.findings.map((each) => [each.criterion, [each.found, each.note ?? ""]])),
      signed: signedHere(unit, kase, judged.id),
    };
  };
  const signedHere = (unit, kase, judged) =>
    state.said.filter((event) => event.kind === "assessment.signed" && isAbout(event, unit, kase) && (event.payload.judged ?? null) === judged).map((event) => event.payload.role);
  const missingOf = (unit, decision) => (decision && !decision.on_paper ? schemeOf(unit).signers.filter((role) => !decision.signed.includes(role)) : []);
  const signersIn = (roles) => roles.map((role) => word(`signer-${role}`)).join(", ");

  const draftOf = (unit, kase) => {
    const kept = drafts.get(draftKey(unit, kase));
    if (kept) return kept;
    const decision = decisionOf(unit, kase);
    const found = Object.fromEntries(kase.met.map((key) => [key, "met"]));
    const notes = {};
    for (const [key, [value, note]] of Object.entries(decision?.findings ?? {})) {
      found[key] = value;
      if (note) notes[key] = note;
    }
    return { found, notes, result: decision?.result ?? "", note: decision?.note ?? "" };
  };
  // Each tap is put away at once, one after the other, so that a phone that goes out loses nothing; one that cannot be put away is taken back.
  let puttingAway = Promise.resolve();
  const keepDraft = (unit, kase, draft, { undoable = true } = {}) => {
    const key = draftKey(unit, kase);
    const before = draftOf(unit, kase);
    drafts.set(key, draft);
    if (undoable) undo.push(before);
    phone.complain("");
    show();
    puttingAway = puttingAway.then(() => pictures.keepDraft(key, draft)).catch((wrong) => {
      drafts.set(key, before);
      if (undoable) undo.pop();
      show();
      phone.complain(word("full"));
      console.warn("not kept", wrong?.name);
    });
    return puttingAway;
  };
  const change = (unit, kase, what) => keepDraft(unit, kase, { ...draftOf(unit, kase), ...what(draftOf(unit, kase)) });

  // --- what is shown -----------------------------------------------------------------------------------------------

  const line = (tag, words, kind) => {
    const made = document.createElement(tag);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  };
  const stateOf = (unit, kase) => {
    const decision = decisionOf(unit, kase);
    const onWay = filesOf(unit, kase).length + kase.evidence.filter((each) => !each.is_whole).length;
    const missing = missingOf(unit, decision);
    const stands = waitsFor(unit, kase) ? word("waits")
      : decision ? [word(`result-${decision.result}`), missing.length ? word("unsigned", { who: signersIn(missing) }) : decision.judged ? word("on-this-phone") : word("decided")].join(" · ")
      : drafts.has(draftKey(unit, kase)) ? word("begun") : word("open");
    return [stands, onWay ? word("on-its-way", { count: onWay }) : "", kase.attempt > 1 ? word("attempt", { attempt: kase.attempt }) : ""].filter(Boolean).join(" · ");
  };

  const showList = () => {
    text("title", word("judging"));
    text("sub", state.who ?? "");
    const rows = [...units()].sort((one, other) => Number(!one.called_on.length) - Number(!other.called_on.length));
    at("list").replaceChildren(
      ...rows.map((unit) => {
        const row = copy("register");
        row.href = `#unit|${unit.id}`;
        const [code, title, more] = row.children;
        code.textContent = unit.code;
        title.textContent = unit.title;
        title.lang = unit.language;
        const open = unit.cases.filter((kase) => !decisionOf(unit, kase)).length;
        more.textContent = [word("to-judge", { count: open }), unit.called_on.length ? word("called", { day: unit.called_on.join(", ") }) : "", unit.cohort].filter(Boolean).join(" · ");
        return row;
      }),
    );
    const empty = at("empty");
    empty.hidden = Boolean(state.told && rows.length);
    if (!state.told) empty.textContent = word(state.forgotten ? "forgotten" : "stranger");
  };

  const lacksOf = (unit) => (unit.lacks.length ? word("not-capable", { day: state.told.day, why: unit.lacks.join(" ") }) : "");
  const showUnit = (unit) => {
    text("title", `${unit.code} ${unit.title}`);
    text("sub", unit.cohort);
    at("lacks").textContent = lacksOf(unit);
    at("lacks").hidden = !unit.lacks.length;
    const called = new Set(unit.called);
    const cases = [...unit.cases].sort((one, other) => Number(called.has(other.place)) - Number(called.has(one.place)));
    at("cases").replaceChildren(
      ...cases.map((kase) => {
        const row = copy("register");
        const name = namesOf(unit)[kase.place] ?? ["", "", "", ""];
        const shown = phone.nameOf(name);
        row.href = `#case|${unit.id}|${kase.place}`;
        const [number, called_, more] = row.children;
        number.textContent = name[0];
        called_.textContent = shown.text;
        called_.lang = shown.language;
        more.textContent = stateOf(unit, kase);
        return row;
      }),
    );
  };

  const headOf = (unit, kase) => {
    const name = namesOf(unit)[kase.place] ?? ["", "", "", ""];
    const shown = phone.nameOf(name);
    at("title").replaceChildren(`${name[0]} `, Object.assign(document.createElement("span"), { textContent: shown.text, lang: shown.language }));
    text("sub", [unit.code, unit.cohort, kase.attempt > 1 ? word("attempt", { attempt: kase.attempt }) : ""].filter(Boolean).join(" · "));
  };

  const shot = (unit, kase, file) => {
    const row = copy("shot");
    const picture = row.querySelector("img");
    if (file.small) picture.src = file.small;
    else picture.remove();
    row.querySelector("figcaption").textContent = file.refused ? word("refused-file", { why: file.refused }) : sizeOf(file);
    row.querySelector("button").addEventListener("click", () => takeOff(unit, kase, file));
    return row;
  };
  const pickers = (row, unit, kase, criterion, need, mayJudge) => {
    for (const input of row.querySelectorAll("[type=file]")) {
      const kind = input.dataset.rgKind;
      const isWanted = need === "any" || need === kind || (need === "none" && kind === "photo");
      input.closest("label").hidden = !mayJudge || !isWanted;
      input.addEventListener("change", () => addFile(unit, kase, criterion, kind, input));
    }
    const shown = filesOf(unit, kase).filter((file) => (criterion ? file.criteria.includes(criterion) : !file.criteria.length));
    row.querySelector("[data-rg-shots]").replaceChildren(...shown.map((file) => shot(unit, kase, file)));
    const before = kase.evidence.filter((file) => (criterion ? file.criteria.includes(criterion) : !file.criteria.length));
    if (before.length) row.querySelector("[data-rg-before]").textContent = before.map((file) => word(file.kind === "video" ? "film-added" : "photo-added")).join(" · ");
  };

  const showCase = (unit, kase) => {
    headOf(unit, kase);
    const scheme = schemeOf(unit);
    const draft = draftOf(unit, kase);
    const decision = decisionOf(unit, kase);
    const waits = waitsFor(unit, kase);
    const mayJudge = !waits;
    const isOnPaper = Boolean(decision?.on_paper);
    at("why").textContent = waits ? `${word("waits-already")} ${waits.why}` : [lacksOf(unit), isOnPaper ? word("on-paper") : unit.scheme ? "" : word("no-scheme")].filter(Boolean).join(" ");
    at("why").hidden = !at("why").textContent;
    const focus = document.activeElement?.dataset?.keep;
    let part = "";
    const rows = [];
    for (const each of isOnPaper ? [] : scheme.criteria) {
      if (each.part !== part) {
        part = each.part;
        const head = line("h2", part, "rg-head");
        head.lang = each.part_language;
        rows.push(head);
      }
      const row = copy("criterion");
      row.querySelector("legend b").textContent = each.code;
      const said = row.querySelector("legend [data-rg-text]");
      said.textContent = each.text;
      said.lang = each.language;
      row.querySelector("legend .muted").textContent = [word(`weight-${each.weight}`), each.need === "none" ? "" : word(`need-${each.need}`), kase.met.includes(each.id) ? word("met-before") : ""].filter(Boolean).join(" · ");
      row.querySelectorAll(".seg label")[1].className = each.weight === "critical" ? "is-bad" : "is-no";
      for (const radio of row.querySelectorAll("[type=radio]")) {
        radio.name = `c-${each.id}`;
        radio.checked = draft.found[each.id] === radio.value;
        radio.disabled = !mayJudge;
        radio.dataset.keep = `${each.id}-${radio.value}`;
        radio.addEventListener("change", () => change(unit, kase, ({ found: before }) => ({ found: { ...before, [each.id]: radio.value } })));
      }
      const note = row.querySelector("[data-rg-note]");
      note.value = draft.notes[each.id] ?? "";
      note.disabled = !mayJudge;
      note.dataset.keep = `${each.id}-note`;
      note.setAttribute("aria-label", `${note.placeholder} ${each.code}`);
      note.addEventListener("change", () => change(unit, kase, ({ notes }) => ({ notes: { ...notes, [each.id]: note.value.trim() } })));
      pickers(row, unit, kase, each.id, each.need, mayJudge);
      rows.push(row);
    }
    at("criteria").replaceChildren(...rows);
    at("criteria").hidden = !rows.length;
    const whole = copy("whole");
    pickers(whole, unit, kase, null, "any", mayJudge);
    at("whole").replaceChildren(whole);
    for (const radio of at("result").querySelectorAll("[type=radio]")) {
      radio.checked = draft.result === radio.value;
      radio.disabled = !mayJudge;
    }
    const note = at("feedback");
    if (document.activeElement !== note) note.value = draft.note;
    note.disabled = !mayJudge;
    at("undo").disabled = !undo.length || !mayJudge;
    at("decide").disabled = !mayJudge;
    at("to-sign").hidden = !decision || drafts.has(draftKey(unit, kase)) || !schemeOf(unit).signers.length;
    if (focus) document.querySelector(`[data-keep="${focus}"]`)?.focus();
  };

  const showSign = (unit, kase) => {
    headOf(unit, kase);
    const decision = decisionOf(unit, kase);
    const missing = missingOf(unit, decision);
    text("sum", word(`result-${decision.result}`));
    text("sum-note", decision.note ?? "");
    at("summary").replaceChildren(
      ...schemeOf(unit).criteria.filter((each) => decision.findings[each.id]).map((each) => {
        const [value, note] = decision.findings[each.id];
        const row = document.createElement("li");
        row.append(line("b", `${each.code} `), Object.assign(document.createElement("span"), { textContent: each.text, lang: each.language }), ` · ${word(`found-${value}`)}${note ? ` · ${note}` : ""}`);
        return row;
      }),
    );
    at("signers").replaceChildren(
      ...schemeOf(unit).signers.filter((role) => decision.signed.includes(role)).map((role) => line("li", word(decision.judged ? "signed-by" : "signed-before", { who: word(`signer-${role}`) }))),
    );
    const [role] = missing;
    at("sign-form").hidden = !role;
    at("sign-done").hidden = Boolean(role);
    text("who", role ? word("sign-next", { who: word(`signer-${role}`) }) : "");
    const form = at("sign-form");
    if (form.dataset.role !== `${kase.place}${role}`) {
      form.dataset.role = `${kase.place}${role}`;
      form.reset();
      form.elements.who.value = role === "assessor" ? state.told.signs_as ?? "" : "";
    }
    at("stance").hidden = role === "assessor";
    at("company").hidden = role !== "witness";
    at("companies").replaceChildren(...(state.told.cohorts[unit.cohort]?.companies ?? []).map(([reference, name]) => Object.assign(document.createElement("option"), { value: reference, label: name })));
    form.dataset.signing = role ?? "";
  };

  const show = () => {
    const [name] = here();
    const { unit, kase } = state.told ? found() : {};
    const view = name === "waiting" ? "waiting" : name === "unit" && unit ? "unit" : name === "case" && kase ? "case" : name === "sign" && kase && decisionOf(unit, kase) ? "sign" : "list";
    phone.open(view);
    if (view === "unit") showUnit(unit);
    else if (view === "case") showCase(unit, kase);
    else if (view === "sign") showSign(unit, kase);
    else if (view === "list") showList();
    text("films", files().length ? word("films", { count: files().length, most: Math.floor(Pictures.MOST_CARRIED / 2 ** 20) }) : "");
  };

  // --- what is done ------------------------------------------------------------------------------------------------

  const go = (...parts) => {
    location.hash = parts.join("|");
  };
  // The house refuses the same, by the same rules; here they are said before anybody signs.
  const whyNot = (unit, kase, draft) => {
    const needed = schemeOf(unit).criteria.filter((each) => NEEDED.includes(each.weight));
    const failed = needed.filter((each) => draft.found[each.id] === "not_met");
    const open = needed.filter((each) => !draft.found[each.id]);
    if (!draft.result) return word("say-result");
    if (draft.result === "not_yet_competent") {
      if (!unit.scheme) return "";
      if (!draft.note.trim()) return word("say-missing");
      return !failed.length && !open.length && !kase.lacks_test ? word("all-met") : "";
    }
    if (!unit.scheme) return "";
    if (kase.lacks_test) return word("no-test");
    const critical = failed.find((each) => each.weight === "critical");
    if (critical) return word("critical", { criterion: critical.code });
    if (failed.length) return word("required", { criterion: failed[0].code });
    return open.length ? word("look-at", { criterion: open[0].code }) : "";
  };
  const decide = async () => {
    const { unit, kase } = found();
    const draft = { ...draftOf(unit, kase), note: at("feedback").value };
    const before = decisionOf(unit, kase);
    const why = before?.on_paper && draft.result ? "" : whyNot(unit, kase, draft);
    if (why) return phone.complain(why);
    const findings = schemeOf(unit).criteria.filter((each) => draft.found[each.id]).map((each) => ({
      criterion: each.id, found: draft.found[each.id], ...(draft.notes[each.id] ? { note: draft.notes[each.id] } : {}),
    }));
    const kept = await phone.say("assessment.judged", kase.place, {
      unit: unit.unit, attempt: kase.attempt, result: draft.result, decided_on: phone.dayHere(), note: draft.note.trim(), scheme: unit.scheme, findings,
      saw: before ? { decision: before.id, version: before.version } : null,
    });
    if (!kept) return undefined;
    undo = [];
    drafts.delete(draftKey(unit, kase));
    puttingAway = puttingAway.then(() => pictures.dropDraft(draftKey(unit, kase))).catch(() => {});
    await puttingAway;
    phone.complain("");
    return schemeOf(unit).signers.length ? go("sign", unit.id, kase.place) : go("unit", unit.id);
  };

  // A file that lies here and of which nobody was told yet: the phone went out between the two.
  const tellFiles = async () => {
    for (const file of files().filter((each) => !each.isTold)) await tellOf(file);
  };
  const tellOf = async (file) => {
    const isSaid = state.said.some((event) => event.kind === "assessment.evidence" && event.payload.evidence === file.id);
    const told = isSaid || (await phone.say("assessment.evidence", file.subject, {
      evidence: file.id, unit: file.unit, attempt: file.attempt, file_name: file.name, size: file.size, sha256: file.sha256, criteria: file.criteria,
    }));
    if (told) await pictures.keep({ ...file, isTold: true });
  };
  const addFile = async (unit, kase, criterion, kind, input) => {
    const [sent] = input.files;
    if (!sent) return;
    phone.complain(word("working"));
    try {
      const about = { subject: kase.place, unit: unit.unit, attempt: kase.attempt, criteria: criterion ? [criterion] : [] };
      const file = await pictures.add(sent, kind, about, {
        most: state.told.most_film, pieceBytes: state.told.piece_bytes,
        tell: (seconds) => phone.complain(word("smaller", { seconds })),
      });
      phone.complain("");
      await tellOf(file);
    } catch (wrong) {
      if (!(wrong instanceof Pictures.NotKept) && !Pictures.isFull(wrong)) console.warn("not kept", wrong?.name);
      phone.complain(wrong instanceof Pictures.NotKept ? word(wrong.reason, wrong.places) : word("full"));
    }
    input.value = "";
    phone.show();
  };
  const takeOff = async (unit, kase, file) => {
    if (await phone.say("assessment.evidence_taken_off", kase.place, { unit: unit.unit, evidence: file.id })) await pictures.forget(file.id);
    phone.show();
  };

  at("undo").addEventListener("click", () => {
    const { unit, kase } = found();
    const before = undo.pop();
    if (before) keepDraft(unit, kase, before, { undoable: false });
  });
  at("decide").addEventListener("click", decide);
  at("to-sign").addEventListener("click", () => go("sign", ...here().slice(1)));
  at("change").addEventListener("click", () => go("case", ...here().slice(1)));
  for (const radio of at("result").querySelectorAll("[type=radio]")) {
    radio.addEventListener("change", () => {
      const { unit, kase } = found();
      change(unit, kase, () => ({ result: radio.value }));
    });
  }
  at("feedback").addEventListener("change", () => {
    const { unit, kase } = found();
    change(unit, kase, () => ({ note: at("feedback").value }));
  });
  at("sign-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const role = form.dataset.signing;
    const { unit, kase } = found();
    const decision = decisionOf(unit, kase);
    if (!role || decision.signed.includes(role)) return;
    const name = form.elements.who.value.trim();
    const organisation = form.elements.organisation.value.trim();
    const lacks = !name ? ["who", "say-name"] : role === "witness" && !organisation ? ["organisation", "say-company"] : null;
    if (lacks) {
      form.elements[lacks[0]].focus();
      return phone.complain(word(lacks[1]));
    }
    const kept = await phone.say("assessment.signed", kase.place, {
      unit: unit.unit, decision: decision.id, version: decision.version, judged: decision.judged, role, name,
      stance: role === "assessor" ? "agrees" : form.elements.stance.value, ...(role === "witness" ? { organisation } : {}),
    });
    if (!kept) return;
    phone.complain("");
    show();
    if (missingOf(unit, decisionOf(unit, kase)).length) form.elements.who.focus();
  });
  at("back").addEventListener("click", (event) => {
    const [name, id, place] = here();
    if (!name) return;
    event.preventDefault();
    if (name === "sign" && place) go("unit", id);
    else if (name === "case") go("unit", id);
    else go("");
  });
  addEventListener("hashchange", () => {
    undo = [];
    phone.complain("");
    phone.show();
    scrollTo(0, 0);
  });

  phone.begin();
})();
