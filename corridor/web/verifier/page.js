// The page /verify with a script: a certificate is checked on the device, with a network or without. Nothing is sent about what is verified; only an
// address that somebody pastes is asked of the house, as it is without this script.

import { N_ } from "./refusals.js";
import { speaker } from "./words.js";
import { calledIn, tell } from "./telling.js";

const KEPT = "verifier-bundle";
const COUNTRY = "corridor-country";
const FRESH = 600_000;
const PATIENCE = 3_000;
const BUNDLE = "VerifierBundle";

const root = document.querySelector("[data-vf]");
const words = JSON.parse(document.getElementById("verifier-words").textContent);
const alliance = JSON.parse(words.alliance);
const speak = speaker(words);
const { say } = speak;
const at = (name) => document.querySelector(`[data-vf-${name}]`);
const copy = (name) => document.querySelector(`template[data-vf-copy="${name}"]`).content.cloneNode(true);
const form = at("ask").querySelector("form");
// A clock that stands before the day on which the house was last heard of is wrong.
const now = () => (words.at ? Date.parse(words.at) : Math.max(Date.now(), state.bundle.at));

const core = import(root.dataset.core);
// The country is asked for beside the answer; what was chosen for the house goes along when it is asked instead.
const askedBefore = form.elements.country;
// A browser that keeps nothing still verifies.
const keptCountry = (code) => {
  try {
    if (code !== undefined) localStorage.setItem(COUNTRY, code);
    return localStorage.getItem(COUNTRY);
  } catch {
    return code ?? null;
  }
};
const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: "country", value: keptCountry(askedBefore.value || undefined) ?? "" });
askedBefore.closest(".field").replaceWith(chosen);

const state = { bundle: null, pieces: new Map(), stream: null };

const note = (text, tone = "") => {
  const place = at("note");
  place.replaceChildren();
  if (!text) return;
  place.append(copy(tone === "warn" ? "warning" : "note"));
  place.querySelector("p").textContent = text;
};

// --- keys and lists ------------------------------------------------------------------------------------------------

const kept = async () => {
  try {
    return await caches.open(KEPT);
  } catch {
    return null;
  }
};

const showAge = () => {
  const { bundle } = state;
  at("age").textContent = bundle
    ? say(N_("Keys and lists of %(instant)s (%(ago)s) are on this device."), { instant: speak.instant(bundle.at), ago: speak.ago(bundle.at, Date.now()) })
    : say(N_("Nothing from the alliance is on this device yet. Open this page once with a network, or open a file with keys and lists."));
  at("save").hidden = !bundle;
};

const opened = async (text) => {
  const { openBundle } = await core;
  return openBundle(JSON.parse(text), alliance);
};

// Older ones are never taken: a revocation would come undone.
const take = async (text) => {
  const bundle = await opened(text);
  if (state.bundle && bundle.at < state.bundle.at) return false;
  state.bundle = bundle;
  state.text = text;
  state.asked = Date.now();
  await (await kept())?.put(root.dataset.bundle, new Response(text, { headers: { "Content-Type": "application/json" } })).catch(() => {});
  showAge();
  return true;
};

const refresh = async () => {
  if (!navigator.onLine) return;
  try {
    const answer = await fetch(root.dataset.bundle, { cache: "no-cache" });
    if (answer.ok) await take(await answer.text());
    state.asked = Date.now();
  } catch {
    // Without a network, or with one that answers something else, what is here is used, and its age is told.
  }
};

const begin = (async () => {
  const known = await (await kept())?.match(root.dataset.bundle);
  if (known) await take(await known.text()).catch(() => {});
  state.asked = 0;
  const asking = refresh();
  if (!state.bundle) await asking;
  showAge();
})();

const takeFile = async (text) => {
  try {
    const isNewer = await take(text);
    const places = { instant: speak.instant(state.bundle.at) };
    if (isNewer) note(say(N_("The keys and lists of %(instant)s were taken from the file."), places));
    else note(say(N_("The file is older than what is on this device, of %(instant)s. Nothing was taken from it."), places), "warn");
  } catch {
    note(say(N_("The file is not signed by this alliance, or was changed after. Nothing was taken from it.")), "warn");
  }
};

// --- the answer ----------------------------------------------------------------------------------------------------

const facts = (list, rows) => {
  for (const [term, values, language] of rows) {
    const told = [values].flat().filter(Boolean);
    if (!told.length) continue;
    const row = document.createElement("div");
    row.append(document.createElement("dt"), document.createElement("dd"));
    row.firstChild.textContent = term;
    if (language) row.lastChild.lang = language;
    told.forEach((value, place) => {
      if (place) row.lastChild.append(document.createElement("br"));
      const one = document.createElement("bdi");
      one.textContent = value.text ?? value;
      if (value.language) one.lang = value.language;
      row.lastChild.append(one);
    });
    list.append(row);
  }
};

const label = (name) => at(`label-${name}`).content.textContent;
const inReaders = (texts) => texts?.[words.language] ?? texts?.en ?? Object.values(texts ?? {})[0] ?? "";

const showRecognition = (place, verdict, told) => {
  const { said, paper } = verdict;
  const list = place.querySelector("[data-vf-signed]");
  for (const line of told.recognition?.lines ?? []) {
    const row = document.createElement("p");
    row.lang = told.recognition.language;
    row.dir = "auto";
    row.textContent = line;
    list.append(row);
  }
  const select = place.querySelector("select");
  for (const [code, name] of words.countries) select.append(new Option(name, code));
  const statements = paper ? paper.recognised : state.bundle.recognitions(said.programme, said.kind, said.issuedOn);
  const [first] = statements;
  select.value = keptCountry() ?? (chosen.value || (first?.country ?? ""));
  const shown = place.querySelector("[data-vf-here]");
  const show = () => {
    shown.replaceChildren();
    if (!select.value) return;
    const country = select.selectedOptions[0].textContent;
    const found = statements.filter((each) => each.country === select.value);
    if (!found.length) {
      const row = document.createElement("p");
      row.textContent = say(N_("No statement about %(country)s is known here. That is no recognition and no refusal."), { country });
      shown.append(row);
    }
    for (const each of found) {
      const row = document.createElement("p");
      row.append(document.createElement("b"));
      row.firstChild.textContent = words.recognitions[each.recognition] ?? each.recognition;
      const list = document.createElement("dl");
      list.className = "facts facts--narrow";
      facts(list, [[say(N_("Level")), each.level], [say(N_("Decided by")), inReaders(each.authorities) || each.authority], [say(N_("Document")), each.document]]);
      shown.append(row, list);
    }
  };
  select.addEventListener("change", () => {
    keptCountry(select.value);
    chosen.value = select.value;
    show();
  });
  show();
};

const MEASURED = [N_("Hours attended, by the registers"), N_("Hours of the units listed")];

const withHours = (unit, hours) => (hours ? { ...unit, text: `${unit.text} · ${say(N_("Hours"))}: ${hours}` } : unit);

const rowsOf = (said) => {
  const called = (key, name) => name && calledIn(said, key, name, words.language);
  return [
    [label("holder"), said.learnerNames],
    [label("what"), called(said.achievementId, said.name)],
    [label("described"), said.description && called("description", said.description)],
    ...said.measured.map((each) => [MEASURED.includes(each.name) ? say(each.name) : called(each.id, each.name).text, each.value]),
    ...said.levels.map((each) => [say(N_("Level")), called(each.id, each.name)]),
    [label("together"), said.signers.map((each) => called(each.did, each.name))],
    [label("units"), said.units.map((each) => withHours(called(each.id, each.name), each.hours))],
    [label("compared"), said.units.flatMap((unit) => (unit.alignments ?? []).map((each) => `${unit.name.split(" ")[0]}: ${each}`))],
    [label("programme"), called(said.programme, said.programmeName)],
    [label("place"), [called(said.site, said.siteName), said.siteNote && called("site", said.siteNote)]],
    [label("issuer"), called(said.issuerDid, said.issuerName)],
    [label("issued"), speak.day(said.issuedOn)],
  ];
};

// What the holder could do, line by line as it was signed.
const showCriteria = (place, said) => {
  const told = said.criteria ? calledIn(said, "criteria", said.criteria, words.language) : null;
  if (!told) return place.remove();
  const list = place.querySelector("div");
  list.lang = told.language;
  for (const line of told.text.split("\n")) list.appendChild(document.createElement("p")).textContent = line;
};

// What a person compares with the paper: what is printed otherwise was not signed.
const rowsOfPaper = (paper) => [
  [label("number"), paper.reference],
  [label("holder"), paper.names],
  [label("kind"), words.kinds[paper.kind]],
  [label("what"), inReaders(paper.title)],
  [label("together"), paper.beside.map(inReaders)],
  [say(N_("Hours attended, by the registers")), paper.attended === null ? "" : String(paper.attended)],
  [label("units"), paper.units.map((each) => `${each.code} ${inReaders(each.titles)} · ${say(N_("Hours"))}: ${each.hours} · ${speak.day(each.decidedOn)}`)],
  [label("place"), [inReaders(paper.site), inReaders(paper.host)]],
  [label("issuer"), inReaders(paper.issuer)],
  [label("signed"), paper.signatories.map((each) => `${each.name}, ${inReaders(each.office)}`)],
  [label("issued"), speak.day(paper.issuedOn)],
  [label("last"), paper.lastDay ? speak.day(paper.lastDay) : ""],
  [label("bars"), paper.fingerprint.match(/.{4}/g).join(" ")],
];

// It is sent only when somebody says so.
const toTheHouse = () => {
  const way = copy("house");
  way.querySelector("button").addEventListener("click", () => form.submit());
  return way;
};

const show = (verdict) => {
  const told = tell(verdict, { words, bundle: state.bundle, at: Date.now(), speak });
  const answer = copy("answer");
  const head = copy(`verdict-${told.tone || "good"}`);
  head.querySelector("h1").textContent = told.heading;
  head.querySelector("h1").tabIndex = -1;
  head.querySelector("p").textContent = told.text;
  if (told.isOld) head.querySelector(".verdict").classList.add("verdict--offline");
  answer.querySelector("[data-vf-verdict]").replaceWith(head);
  answer.querySelector("[data-vf-known]").textContent = told.age;
  const wayOut = answer.querySelector("[data-vf-way-out]");
  if (told.wayOut) wayOut.querySelector("p").textContent = told.wayOut;
  else wayOut.remove();
  const checks = answer.querySelector(".checks");
  for (const each of told.checks) {
    const row = copy(`check-${each.result}`);
    row.querySelector("h3").firstChild.data = `${each.name}: `;
    row.querySelector(".check-word").textContent = each.word;
    row.querySelector("p").textContent = each.text;
    checks.append(row);
  }
  const counts = answer.querySelector("[data-vf-counts]");
  const saidPlace = answer.querySelector("[data-vf-said]");
  const { said, paper } = verdict;
  if (said && !said.endorses) showRecognition(counts, verdict, told);
  else counts.remove();
  if (said) {
    facts(saidPlace.querySelector("dl"), paper ? rowsOfPaper(paper) : rowsOf(said));
    showCriteria(saidPlace.querySelector("[data-vf-criteria]"), paper ? { criteria: "" } : said);
    if (said.text) {
      const claim = calledIn(said, "claim", said.text, words.language);
      const row = saidPlace.querySelector("dl").insertAdjacentElement("afterend", document.createElement("p"));
      Object.assign(row, { textContent: claim.text, lang: claim.language, dir: "auto" });
    }
    saidPlace.querySelector("[data-vf-specimen]").hidden = !paper?.isSpecimen;
    saidPlace.querySelector("[data-vf-compare]").hidden = !paper;
  } else saidPlace.remove();
  note("");
  // What cannot be read here may be something else that the house has signed.
  if (verdict.word === "malformed" && navigator.onLine) answer.querySelector("[data-vf-known]").after(toTheHouse());
  else form.reset();
  at("side").replaceChildren(...(said ? [saidPlace] : []));
  at("side").after(at("ask"));
  at("answer").replaceChildren(answer);
  for (const each of document.querySelectorAll("[data-vf-first]")) each.hidden = true;
  at("again").hidden = false;
  const heading = at("answer").querySelector("h1");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "nearest" });
  window.scrollTo(0, 0);
};

const verify = async (raw) => {
  await begin;
  if (Date.now() - (state.asked ?? 0) > FRESH) await Promise.race([refresh(), new Promise((done) => setTimeout(done, PATIENCE))]);
  const { readsAlike, verify: check } = await core;
  if (!state.bundle) {
    showAge();
    note(at("age").textContent, "warn");
    if (navigator.onLine) at("note").append(toTheHouse());
    return;
  }
  if (!readsAlike(state.bundle)) {
    note(say(N_("This page is older than what the alliance publishes now. Open it once with a network.")), "warn");
    return;
  }
  show(await check(raw, state.bundle, now()));
};

// --- what is handed in ---------------------------------------------------------------------------------------------

// What a code or a field holds: the words of a paper, an address, or a certificate. True when it was dealt with here.
const takeText = async (text) => {
  const { asCodes, pieceOf } = await core;
  const codes = asCodes(text);
  if (codes) {
    const pieces = codes.map(pieceOf);
    if (codes.length === 1 && pieces[0]) {
      const { number, count } = pieces[0];
      if (state.count !== count) state.pieces.clear();
      state.count = count;
      state.pieces.set(number, codes[0]);
      if (state.pieces.size < count) {
        note(say(N_("Code %(number)s of %(count)s is read. Scan the others too, in any order."), { number, count }));
        return true;
      }
      const all = [...state.pieces.values()].join(" ");
      state.pieces.clear();
      await verify(all);
      return true;
    }
    await verify(text);
    return true;
  }
  if (/^https?:\/\/\S+$/.test(text.trim())) {
    if (navigator.onLine) return false;
    note(say(N_("Without a network an address cannot be opened. Choose the file, or scan the code on the paper.")), "warn");
    return true;
  }
  await verify(text.trim());
  return true;
};

const codesOf = async (picture) => {
  const { codesIn } = await import(root.dataset.scanning);
  return codesIn(picture, picture.videoWidth || picture.width, picture.videoHeight || picture.height, { timeLimit: picture.videoWidth ? 60 : 2_000 });
};

const takeScanned = async (text) => {
  const field = form.querySelector("textarea");
  if (await takeText(text)) return;
  field.value = text;
  note(say(N_("This code holds only an address. What stands there is asked of the alliance when you press Verify.")));
  field.focus();
};

const takePicture = async (file) => {
  const codes = await createImageBitmap(file).then(codesOf, () => []);
  if (!codes.length) note(say(N_("No code can be read in this picture. Take it again, flat and near, in good light.")), "warn");
  else await takeScanned(codes.join(" "));
};

const takeBytes = async (file) => {
  if (file.type.startsWith("image/")) return takePicture(file);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  if (start.includes(`"${BUNDLE}"`)) return takeFile(new TextDecoder().decode(bytes));
  return verify(bytes);
};

// The report of a verification is signed by the alliance, and looked at by the house.
const isReport = async (file, text) => {
  if (file) return file.size < 2_000_000 && new TextDecoder("latin1").decode(await file.arrayBuffer()).includes("(verification.jwt)");
  return text.trim().startsWith("eyJ") && text.length < 500_000 && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text.trim())
    && atob(text.trim().split(".")[0].replaceAll("-", "+").replaceAll("_", "/")).includes('"verification-report+jwt"');
};

// Whatever goes wrong in an old browser, the house still answers.
const orTheHouse = async (work) => {
  try {
    await work();
  } catch (error) {
    console.warn(error);
    if (navigator.onLine) form.submit();
  }
};

form.addEventListener("submit", (event) => {
  const [file] = form.querySelector("input[type=file]").files;
  const { value: text } = form.querySelector("textarea");
  if (!file && !text.trim()) return;
  event.preventDefault();
  orTheHouse(async () => {
    if (navigator.onLine && (await isReport(file, text))) form.submit();
    else if (file) await takeBytes(file);
    else if (!(await takeText(text))) form.submit();
  });
});

root.addEventListener("dragover", (event) => event.preventDefault());
root.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  form.querySelector("input[type=file]").files = event.dataTransfer.files;
  if (file) takeBytes(file);
});

at("bundle-file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) await takeFile(await file.text());
});

at("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([state.text], { type: "application/json" }));
  link.download = "verifier-bundle.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});

// --- the camera ----------------------------------------------------------------------------------------------------

const stop = () => {
  for (const track of state.stream?.getTracks() ?? []) track.stop();
  state.stream = null;
  at("camera").hidden = true;
  at("stop").hidden = true;
  at("scan").hidden = false;
};

const look = async (seen = "") => {
  if (!state.stream) return;
  const [text] = await codesOf(at("camera"));
  if (text && text !== seen) {
    const isPiece = (await core).pieceOf(text);
    await takeScanned(text);
    if (!isPiece || !state.pieces.size) return stop();
  }
  setTimeout(() => look(text ?? seen), 150);
};

if (navigator.mediaDevices?.getUserMedia) {
  at("scan").hidden = false;
  at("scan").addEventListener("click", async () => {
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
      state.stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    } catch {
      note(say(N_("The camera cannot be opened. Allow it in the browser, or take a photo.")), "warn");
      return;
    }
    state.pieces.clear();
    const video = at("camera");
    video.srcObject = state.stream;
    video.hidden = false;
    at("stop").hidden = false;
    at("scan").hidden = true;
    await video.play();
    look();
  });
  at("stop").addEventListener("click", stop);
}

for (const place of document.querySelectorAll("[data-vf-scripted]")) place.hidden = false;
navigator.serviceWorker?.register("/worker.js");
addEventListener("online", refresh);
if (location.hash.startsWith("#P")) orTheHouse(() => takeText(location.hash));
