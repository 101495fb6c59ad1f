// The page of a leaving kit that verifies: from the files beside it alone. Made into no bundle; verifying.js is the verifier of the house.

import { openPublished, verify } from "./verifying.js";

const HEADINGS = {
  valid: "Genuine and in force",
  revoked: "Genuine, but revoked. Do not rely on it.",
  suspended: "Genuine, but suspended. Do not rely on it for now.",
  replaced: "Genuine, but replaced by a newer certificate",
  expired: "Genuine, but not in force today",
  tampered: "Changed after it was signed. Do not rely on it.",
  key_ended: "Signed with a key that was not in use. Do not rely on it.",
  key_compromised: "Signed with a key that is not trusted any more. Do not rely on it.",
  unknown_issuer: "The issuer is not in this register",
  out_of_scope: "The issuer was not entitled to issue this. Do not rely on it.",
  malformed: "This is not a certificate that can be read here",
};
const TONES = { valid: "", suspended: "unsure", replaced: "unsure", expired: "unsure", unknown_issuer: "unsure", malformed: "unsure" };
const RESULTS = { pass: "holds", fail: "does not hold", unknown: "cannot be said", not_looked_at: "not looked at" };

const at = (name) => document.getElementById(name);
const read = async (address) => {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};
const readAll = (addresses) => Promise.all(addresses.map(read));
const filled = (check) => check.reason.replace(/%\((\w+)\)s|%%/g, (found, name) => (name ? String(check.places[name] ?? found) : "%"));

const published = JSON.parse(at("published").textContent);
const opening = (async () => {
  const [alliance, register] = await readAll([published.alliance, published.register]);
  const [dids, statusLists, companions] = await Promise.all([published.dids, published.lists, published.companions].map(readAll));
  return openPublished({ alliance, register, dids, statusLists, companions });
})();

opening.then(
  (bundle) => {
    at("age").textContent = `The keys and lists are of ${new Date(bundle.at).toISOString().slice(0, 10)}. What was revoked after that is not known here.`;
  },
  (error) => {
    console.warn(error);
    at("age").textContent = "The keys and lists on this server cannot be read, or are not signed as they should be. Nothing can be verified here.";
  },
);

at("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = at("file").files;
  const text = at("text").value.trim();
  if (!file && !text) return;
  const bundle = await opening;
  const given = file ? new Uint8Array(await file.arrayBuffer()) : text;
  const verdict = await verify(given, bundle, Math.max(Date.now(), bundle.at));
  at("verdict").textContent = HEADINGS[verdict.word];
  at("holder").textContent = verdict.said ? [...verdict.said.learnerNames, verdict.said.name].filter(Boolean).join(" · ") : "";
  at("checks").replaceChildren(
    ...verdict.checks.flatMap((check) => {
      const [term, told] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = `${check.name}: ${RESULTS[check.result]}`;
      told.textContent = filled(check);
      return [term, told];
    }),
  );
  at("answer").className = TONES[verdict.word] ?? "bad";
  at("answer").hidden = false;
  at("verdict").focus();
});
