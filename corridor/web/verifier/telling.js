// A verdict in the words of a page: what web/credentials/verdict_words.py says, with the age of what it was checked with.

import { N_ } from "./refusals.js";

const DAY = 86_400_000;

const holderOf = (said, say) => {
  const names = said?.learnerNames ?? [];
  return names.find((name) => /[A-Za-z]/.test(name)) ?? names[0] ?? say(N_("its holder"));
};

// What is called ``name`` in English, as it was signed in that language, and the language that it is in.
export const calledIn = (said, key, name, language) => {
  const texts = said.texts?.[key] ?? {};
  const tag = language.toLowerCase();
  const found = [tag, tag.split("-")[0]].find((each) => Object.hasOwn(texts, each));
  if (found) return { text: texts[found], language: found };
  return { text: name, language: Object.keys(texts).find((each) => texts[each] === name) ?? "en" };
};

// A sentence a line: the English is one text, in further languages they stand line by line.
const linesOf = ({ text, language }) => ({
  language,
  lines: text.includes("\n") || language !== "en" ? text.split("\n") : text.split(". ").filter(Boolean).map((each) => `${each.replace(/\.+$/, "")}.`),
});

// Names that fill a sentence, in the reader's language where they were signed in it.
const inReaders = (places, said, language) => {
  if (!said) return places;
  const names = { issuer: [said.issuerDid, said.issuerName], site: [said.site, said.siteName], programme: [said.programme, said.programmeName] };
  for (const { did, name } of said.signers) if (places.issuer === name) names.issuer = [did, name];
  const told = Object.entries(names).filter(([key, [, name]]) => name && places[key] === name);
  return { ...places, ...Object.fromEntries(told.map(([key, [id, name]]) => [key, calledIn(said, id, name, language).text])) };
};

const reasonOf = (check, verdict, say, language) => {
  const { said } = verdict ?? {};
  if (check.name === "signature" && check.result === "pass" && said) {
    const members = [{ did: said.issuerDid, name: said.issuerName }, ...said.signers];
    const signer = members.find(({ did }) => did === check.places.signer);
    if (signer) return say(N_("Every letter is as %(issuer)s signed it."), { issuer: calledIn(said, signer.did, signer.name, language).text });
  }
  return say(check.reason, inReaders(check.places, said, language));
};

const textOf = (verdict, say, language) => {
  const { word, said, checks } = verdict;
  if (word === "tampered") return say(N_("The signature does not fit this file. Something in it was altered, and a signature cannot tell what."));
  if (["malformed", "key_ended", "key_compromised"].includes(word) || !said) {
    const first = checks.find((each) => ["fail", "unknown"].includes(each.result));
    return first ? reasonOf(first, null, say, language) : "";
  }
  const places = inReaders({ issuer: said.issuerName, holder: holderOf(said, say), day: said.issuedOn }, said, language);
  if (word === "unknown_issuer") {
    return say(N_("“%(issuer)s” is not in this alliance’s register. It says that it issued this to %(holder)s on %(day)s."), places);
  }
  if (word === "valid") {
    return say(N_("%(issuer)s issued this certificate to %(holder)s on %(day)s. Nothing in it was changed, and it has not been revoked."), places);
  }
  const issued = say(N_("%(issuer)s issued this certificate to %(holder)s on %(day)s."), places);
  const of = { expired: "dates", out_of_scope: "scope" }[word] ?? "status";
  let check = checks.find((each) => each.name === of);
  if (check.result === "pass") check = checks.find((each) => each.result !== "pass");
  return `${issued} ${reasonOf(check, verdict, say, language)}`;
};

// ``at``: the device's own instant, to which the age of the bundle is told.
export const tell = (verdict, { words, bundle, at, speak }) => {
  const { say, instant, ago } = speak;
  let [tone, heading] = words.headings[verdict.word];
  const isOld = at - bundle.at > DAY;
  const holds = verdict.checks.find((each) => each.name === "signature")?.result === "pass";
  if (verdict.word === "unknown_issuer" && !holds) heading = words.not_known;
  if (verdict.word === "valid" && isOld) heading = say(N_("Genuine, and in force on %(day)s"), { day: new Date(bundle.at).toISOString().slice(0, 10) });
  const otherwise = (result) => (result === "not_looked_at" ? words.not_looked_at : words.cannot_be_said);
  return {
    tone,
    isOld,
    heading,
    text: textOf(verdict, say, words.language),
    age: say(
      N_("Checked on this device with what the alliance published on %(instant)s (%(ago)s). What was revoked after that is not known here."),
      { instant: instant(bundle.at), ago: ago(bundle.at, at) },
    ),
    wayOut: words.ways_out[verdict.word] ?? "",
    checks: verdict.checks.map((check) => ({
      result: check.result,
      name: words.names[check.name],
      word: words.words[`${check.name} ${check.result}`] ?? otherwise(check.result),
      text: reasonOf(check, verdict, say, words.language),
    })),
    recognition: verdict.said?.recognition ? linesOf(calledIn(verdict.said, "recognition", verdict.said.recognition, words.language)) : null,
  };
};
