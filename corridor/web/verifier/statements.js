// What a document states, in its one spelling: by jsonld and rdf-canonize, with vocabularies that were bundled and nothing else, and none of it lost.
// What is refused before is what proofs/contexts.py and quads.py refuse: forms in which implementations differ, and tables that hide data.

import jsonld from "jsonld";
import rdfCanonize from "rdf-canonize";
import known from "corridor-contexts";
import { isObject } from "./json_reading.js";
import { CannotRead, N_ } from "./refusals.js";

const MAX_CONTEXTS = 12;
const MAX_LOCAL_WORDS = 200;
const MAX_QUADS = 10_000;
const MOST_DEEP = 5_000;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*$/;
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const MEANING = /^[A-Za-z][^\x00-\x20<>"{}|^`\\]*$/;
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const TAKEN = ["@context", "@id", "@type", "@value", "@language", "@direction"];
const VALUE_KEYS = ["@value", "@type", "@language", "@direction", "type"];

const notTaken = (key) => new CannotRead(N_("The document uses %(key)s, which this reader does not take."), { key: key.slice(0, 60) });
const tooMany = () => new CannotRead(N_("The document names more than %(most)s vocabularies."), { most: MAX_CONTEXTS });
const isMeaning = (given) => typeof given === "string" && MEANING.test(given);

// A local vocabulary may define words. It may not make words vanish, or reach for others.
const refuseHiding = (local) => {
  if (Object.keys(local).length > MAX_LOCAL_WORDS) {
    throw new CannotRead(N_("The document brings a vocabulary of more than %(most)s words."), { most: MAX_LOCAL_WORDS });
  }
  for (const [key, definition] of Object.entries(local)) {
    if (key === "@protected" && typeof definition === "boolean") continue;
    const table = isObject(definition) ? definition : { "@id": definition };
    const meaning = table["@id"];
    const isSimple =
      (key === "@vocab" || !key.startsWith("@")) &&
      Object.keys(table).every((each) => ["@id", "@type", "@container", "@protected"].includes(each)) &&
      [undefined, null, "@set", "@list"].includes(table["@container"]) &&
      (meaning === "@id" || meaning === "@type" || (isMeaning(meaning) && (meaning.includes(":") || Object.hasOwn(local, meaning)))) &&
      (["@id", "@vocab", "@json"].includes(table["@type"] ?? "@id") || isMeaning(table["@type"]));
    if (!isSimple) {
      throw new CannotRead(N_("The document brings a vocabulary of its own that uses %(key)s."), { key: key.slice(0, 60) });
    }
  }
};

// A vocabulary of the document whose words others may know and nobody here does; nothing where all are kept.
export const notKept = (document) => [document["@context"]].flat().find((each) => typeof each === "string" && !Object.hasOwn(known, each));

const checkContext = (context) => {
  const entries = Array.isArray(context) ? context : [context];
  if (entries.length > MAX_CONTEXTS) throw tooMany();
  for (const entry of entries) {
    if (typeof entry === "string") {
      if (!Object.hasOwn(known, entry)) {
        throw new CannotRead(N_("The vocabulary %(address)s is not one that is kept here."), { address: entry });
      }
    } else if (isObject(entry)) refuseHiding(entry);
    else throw new CannotRead(N_("A vocabulary must be an address or a table of words."));
  }
};

const checkNode = (value, counted) => {
  if (Array.isArray(value)) {
    if (value.some(Array.isArray)) throw new CannotRead(N_("A list stands directly inside a list."));
    for (const inner of value) checkNode(inner, counted);
  } else if (isObject(value)) {
    if ("@direction" in value && !("@language" in value)) throw new CannotRead(N_("A direction of writing stands without a language."));
    const mixed = ["@value", "@language", "@direction"].find((key) => key in value);
    const told = value["@value"];
    if (mixed && (!Object.keys(value).every((key) => VALUE_KEYS.includes(key)) || told === undefined || (typeof told === "object"))) throw notTaken(mixed);
    for (const [key, inner] of Object.entries(value)) {
      if (key === "__proto__" || (key.startsWith("@") && !TAKEN.includes(key))) throw notTaken(key);
      if (key === "@context") {
        counted.contexts += 1;
        if (counted.contexts > MAX_CONTEXTS) throw tooMany();
        checkContext(inner);
      } else checkNode(inner, counted);
    }
  }
};

const documentLoader = async (url) => {
  if (!Object.hasOwn(known, url)) throw new CannotRead(N_("The vocabulary %(address)s is not one that is kept here."), { address: url });
  // "static": worked out once, and kept.
  return { contextUrl: null, documentUrl: url, document: known[url].document, tag: "static" };
};

const checkTerm = (term) => {
  if (term.termType === "NamedNode" && !ABSOLUTE.test(term.value)) {
    throw new CannotRead(N_("“%(address)s” is not a valid address."), { address: term.value.slice(0, 100) });
  }
  if (term.termType !== "Literal") return;
  checkTerm(term.datatype);
  if (term.language && !LANGUAGE.test(term.language)) {
    throw new CannotRead(N_("“%(tag)s” is not a language tag."), { tag: term.language.slice(0, 60) });
  }
};

const byCharacter = (first, second) => {
  const [one, other] = [first[Symbol.iterator](), second[Symbol.iterator]()];
  for (;;) {
    const [a, b] = [one.next(), other.next()];
    if (a.done || b.done) return (a.done ? 0 : 1) - (b.done ? 0 : 1);
    const differ = a.value.codePointAt(0) - b.value.codePointAt(0);
    if (differ) return differ;
  }
};

// An empty address, and a word like "@foo" in the place of one: the library leaves both out without a word.
const refuseLost = (expanded) => {
  if (Array.isArray(expanded)) for (const each of expanded) refuseLost(each);
  else if (isObject(expanded) && !("@value" in expanded)) {
    if (expanded["@id"] === "") throw new CannotRead(N_("“%(address)s” is not a whole address."), { address: "" });
    if (expanded["@id"] === null) throw new CannotRead(N_("The value %(value)s would not be covered by a signature."), { value: "@…" });
    for (const inner of Object.values(expanded)) refuseLost(inner);
  }
};

// What the library says of a document that it will not read is told as it says it, in English.
const read = async (work) => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CannotRead) throw error;
    const cause = error.details?.cause;
    if (cause instanceof CannotRead) throw cause;
    const { event } = error.details ?? {};
    const said = event?.details ?? {};
    if (event?.code === "invalid property") {
      throw new CannotRead(N_("No vocabulary defines the word “%(word)s”."), { word: String(said.property).slice(0, 100) });
    }
    if (event?.code === "relative type reference") {
      throw new CannotRead(N_("No vocabulary defines the word “%(word)s”."), { word: String(said.type).slice(0, 100) });
    }
    if (event?.code === "reserved @id value" || event?.code === "reserved @type value") {
      throw new CannotRead(N_("The value %(value)s would not be covered by a signature."), { value: String(said.id ?? said.type).slice(0, 60) });
    }
    if (event?.code === "relative @id reference") {
      throw new CannotRead(N_("“%(address)s” is not a whole address."), { address: String(said.id).slice(0, 100) });
    }
    if (/Maximum deep iterations/.test(error.message)) {
      throw new CannotRead(N_("The document holds so many look-alike parts that telling them apart takes too long."));
    }
    const why = String(event?.message ?? error.message).slice(0, 200);
    throw new CannotRead(N_("The document is not JSON-LD that can be read: %(why)s."), { why });
  }
};

// The canonical N-Quads, and whether other software would sort them otherwise.
export const spell = async (document, hash = "SHA-256") => {
  if (!("@context" in document)) {
    throw new CannotRead(N_("The document does not say in which vocabulary it is written (@context)."));
  }
  checkNode(document, { contexts: 0 });
  return read(async () => {
    const options = { documentLoader, base: null, safe: true, rdfDirection: "i18n-datatype", produceGeneralizedRdf: false };
    const expanded = await jsonld.expand(document, options);
    refuseLost(expanded);
    const quads = await jsonld.toRDF(expanded, { ...options, skipExpansion: true });
    if (!quads.length) throw new CannotRead(N_("The document states nothing."));
    if (quads.length > MAX_QUADS) throw new CannotRead(N_("The document makes more than %(most)s statements."), { most: MAX_QUADS });
    for (const { subject, predicate, object, graph } of quads) for (const term of [subject, predicate, object, graph]) checkTerm(term);
    const told = new Set(quads.flatMap(({ subject, graph }) => [subject.value, graph.value]));
    if (quads.some(({ predicate, object }) => predicate.value === RDF_TYPE && object.termType === "BlankNode" && !told.has(object.value))) {
      throw new CannotRead(N_("Something that is told about nothing would not be covered by a signature."));
    }
    const text = await rdfCanonize.canonize(quads, { algorithm: "RDFC-1.0", messageDigestAlgorithm: hash, format: "application/n-quads", maxDeepIterations: MOST_DEEP });
    const lines = text.split("\n");
    lines.pop();
    // The standard sorts by character, the library by UTF-16 unit.
    const sorted = /[\u{10000}-\u{10ffff}]/u.test(text) ? [...lines].sort(byCharacter) : lines;
    return { text: `${sorted.join("\n")}\n`, isSortedOtherwise: sorted.some((line, place) => line !== lines[place]) };
  });
};
