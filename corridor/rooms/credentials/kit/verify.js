// The page of a leaving kit that verifies: from the files beside it alone. Made into no bundle; verifying.js is the verifier of the house.

import { openPublished, verify } from "./verifying.js";

const TONES = { valid: "", suspended: "unsure", replaced: "unsure", expired: "unsure", unknown_issuer: "unsure", malformed: "unsure" };

const at = (name) => document.getElementById(name);
const read = async (address) => {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};
const readAll = (addresses) => Promise.all(addresses.map(read));
const words = JSON.parse(at("words").textContent);
const spoken = () => words[document.documentElement.lang] ?? words.en;
const filled = (text, places) => text.replace(/%\((\w+)\)s|%%/g, (found, name) => (name ? String(places[name] ?? found) : "%"));
// What fills a reason is told in words where we have them, and a member by its name; days stay as they were written, which nobody reads two ways.
const reasonOf = ({ reason, places }, said) => {
  const { reasons, whys } = spoken();
  const members = Object.fromEntries([{ did: said?.issuerDid, name: said?.issuerName }, ...(said?.signers ?? [])].map(({ did, name }) => [did, name]));
  const told = Object.entries(places).map(([name, value]) => [name, members[value] ?? (name === "why" ? whys[value] : reasons[value]) ?? value]);
  return filled(reasons[reason] ?? reason, Object.fromEntries(told));
};
const calledIn = ({ texts, achievementId, name }) => {
  const tag = document.documentElement.lang.toLowerCase();
  const told = texts?.[achievementId] ?? {};
  return told[tag] ?? told[tag.split("-")[0]] ?? name;
};

const published = JSON.parse(at("published").textContent);
const opening = (async () => {
  const [alliance, register] = await readAll([published.alliance, published.register]);
  const [dids, statusLists, companions] = await Promise.all([published.dids, published.lists, published.companions].map(readAll));
  return openPublished({ alliance, register, dids, statusLists, companions });
})();

// What stands on the page, told again when another language is chosen.
const state = { bundle: null, fault: null, verdict: null };

const tellAge = () => {
  const { say } = spoken();
  const day = state.bundle && new Date(state.bundle.at).toISOString().slice(0, 10);
  at("age").textContent = state.fault ? say.unreadable : state.bundle ? filled(say.age, { day }) : say.reading;
};

const tellVerdict = () => {
  const { verdict } = state;
  if (!verdict) return;
  const { headings, not_known: notKnown, names, results } = spoken();
  const signature = verdict.checks.find((each) => each.name === "signature")?.result;
  at("verdict").textContent = verdict.word === "unknown_issuer" && signature !== "pass" ? notKnown : headings[verdict.word];
  at("holder").textContent = verdict.said ? [...verdict.said.learnerNames, calledIn(verdict.said)].filter(Boolean).join(" · ") : "";
  at("checks").replaceChildren(
    ...verdict.checks.flatMap((check) => {
      const [term, told] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = `${names[check.name]}: ${results[check.result]}`;
      told.textContent = reasonOf(check, verdict.said);
      return [term, told];
    }),
  );
  at("answer").className = TONES[verdict.word] ?? "bad";
  at("answer").hidden = false;
};

const tell = () => {
  const { say } = spoken();
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say[each.dataset.say];
  document.title = say.title;
  tellAge();
  tellVerdict();
};

document.addEventListener("language", tell);
tell();

opening.then(
  (bundle) => Object.assign(state, { bundle }),
  (error) => {
    console.warn(error);
    state.fault = error;
  },
).then(tellAge);

at("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = at("file").files;
  const text = at("text").value.trim();
  if (!file && !text) return;
  const bundle = await opening;
  const given = file ? new Uint8Array(await file.arrayBuffer()) : text;
  state.verdict = await verify(given, bundle, Math.max(Date.now(), bundle.at));
  tellVerdict();
  at("verdict").focus();
});
