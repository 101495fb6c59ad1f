// What a credential and a status list look like, as one closed grammar: that of proofs/shape.py, which says why. tools/make_assets.py writes it out.

import GRAMMAR from "corridor-grammar";
import { canonicalJson } from "./canonical_json.js";
import { readInstant } from "./instants.js";
import { isObject } from "./json_reading.js";
import { N_, WrongShape } from "./refusals.js";

const MOST = 64;

export const sameJson = (first, second) => canonicalJson(first) === canonicalJson(second);
const TAG = /^[a-z]{2,4}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?$/;
const MOST_LANGUAGES = 40;
// A list of texts, one for each language, in which JSON and RDF say the same.
const areTagged = (value) =>
  Array.isArray(value) && value.length > 0 && value.length <= MOST_LANGUAGES &&
  value.every(
    (each) =>
      isObject(each) && Object.keys(each).length === 2 && typeof each["@value"] === "string" && each["@value"] !== "" &&
      typeof each["@language"] === "string" && TAG.test(each["@language"]),
  ) &&
  new Set(value.map((each) => each["@language"])).size === value.length;
// The same in a token, as a table.
export const areTextsByLanguage = (value) =>
  isObject(value) && areTagged(Object.entries(value).map(([tag, text]) => ({ "@value": text, "@language": tag })));
const areNames = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");

const isPlain = (value, rule, isType) => {
  if (rule.of === "is") {
    return sameJson(value, rule.value) || (isType && areNames(value) && areNames(rule.value) && sameJson([...value].sort(), [...rule.value].sort()));
  }
  if (rule.of === "one of") return rule.texts.includes(value);
  if (rule.of === "tagged") return areTagged(value);
  if (rule.of === "instant") return readInstant(value) !== null;
  return typeof value === (rule.of === "flag" ? "boolean" : "string");
};

const checkNode = (node, kind, place, ids) => {
  if (!isObject(node)) throw new WrongShape(N_("“%(place)s” is not written as this alliance's credentials are."), { place });
  const rules = GRAMMAR[kind];
  for (const key of Object.keys(node)) {
    if (!Object.hasOwn(rules, key) && !Object.hasOwn(rules, `${key}?`)) {
      const reason = N_("“%(place)s” has a part that this alliance's credentials do not have: %(key)s.");
      throw new WrongShape(reason, { place, key: key.slice(0, 60) });
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    const key = name.replace(/\?$/, "");
    if (Object.hasOwn(node, key)) checkValue(node[key], rule, `${place}.${key}`, ids);
    else if (!name.endsWith("?")) throw new WrongShape(N_("“%(place)s” lacks its %(key)s."), { place, key });
  }
  if (!Object.hasOwn(node, "id")) return;
  if (ids.has(node.id)) throw new WrongShape(N_("“%(place)s” is told in two places."), { place });
  ids.add(node.id);
};

const checkValue = (value, rule, place, ids) => {
  let fits = true;
  if (rule.of === "many") {
    fits = Array.isArray(value) && value.length > 0 && value.length <= MOST && new Set(value.map(canonicalJson)).size === value.length;
    for (const each of fits ? value : []) checkNode(each, rule.kind, place, ids);
  } else if (rule.of === "one") checkNode(value, rule.kind, place, ids);
  else fits = isPlain(value, rule, place.endsWith(".type"));
  if (!fits) throw new WrongShape(N_("“%(place)s” is not written as this alliance's credentials are."), { place });
};

// Returns when the document is exactly of that kind; throws WrongShape naming the first place where it is not.
export const checkShape = (document, kind = "credential") => checkNode(document, kind, kind, new Set());
