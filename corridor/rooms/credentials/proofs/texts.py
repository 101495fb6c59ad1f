"""
Names and texts in further languages, signed with the rest (decision 0040).

The official schema takes one string for a name, and some readers refuse a vocabulary of our own. So the English stays where it is, and the
others stand where Open Badges has room: the achievement's as a *related* edition in that language, with its description and criteria; those of
a unit, a result, a level and the issuer, what the credential counts as, and what an endorsement says, as texts with a language; a place's as a
further piece of evidence that names it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST_LANGUAGES = 40
NAME_OF = "name of "
# What is told by a word of its own and not by an address, in what is read out.
CRITERIA, DESCRIPTION, RECOGNITION, SITE_NOTE, CLAIM = "criteria", "description", "recognition", "site", "claim"
_NAMED = "#name-"
# As in the official schema; and as it is signed, in lower case, so that no reader writes it otherwise.
_WRITTEN = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SIGNED = re.compile(r"[a-z]{2,4}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?")

# By language (BCP 47), in the order of their tags; a tuple, because facts are compared and kept.
type Texts = tuple[tuple[str, str], ...]


def in_further_languages(texts: Mapping[str, str], *, beside: str) -> Texts:
    """Those texts that say it otherwise than ``beside``, which is said anyway."""
    return tuple(
        sorted(
            (tag, text)
            for tag, text in texts.items()
            if tag != "en" and text and text != beside and _WRITTEN.fullmatch(tag)
        )
    )[:MOST_LANGUAGES]


def tagged(texts: Texts) -> dict[str, Any]:
    """What is added to what is named or said in English; nothing without texts."""
    return {"narrative": [{"@value": text, "@language": tag.lower()} for tag, text in texts]} if texts else {}


def editions(
    achievement: str, english: str, *, names: Texts, descriptions: Texts, criteria: Texts
) -> list[dict[str, Any]]:
    """
    The achievement in each language in which it is named, described or its criteria are told. An edition has a name by its shape: that in
    ``english`` where it is called the same there, or where we have no name for it.
    """
    named, described, told = dict(names), dict(descriptions), dict(criteria)
    return [
        {"id": f"{achievement}-{tag}", "type": ["Related"], "inLanguage": tag, "name": named.get(tag, english)}
        | ({"description": described[tag]} if tag in described else {})
        | ({"narrative": told[tag]} if tag in told else {})
        for tag in sorted({*named, *described, *told})[:MOST_LANGUAGES]
    ]


def names_of(places: Iterable[tuple[str, str, Texts, Texts]]) -> list[dict[str, Any]]:
    """Further pieces of evidence, each of which names a place (its address and genre given) in a language, with what is said of it."""
    found = []
    for address, genre, names, notes in places:
        noted = dict(notes)
        for tag, name in names:
            piece = {
                "id": f"{address}{_NAMED}{tag}",
                "type": ["Evidence"],
                "name": name,
                "genre": f"{NAME_OF}{genre}",
                "inLanguage": tag,
            }
            found.append(piece | ({"description": noted[tag]} if tag in noted else {}))
    return found


def are_tagged(value: object) -> bool:
    """Whether it is a list of texts, one for each language, in which JSON and RDF say the same."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_LANGUAGES:
        return False
    fit = all(
        isinstance(each, dict)
        and each.keys() == {"@value", "@language"}
        and isinstance(each["@value"], str)
        and isinstance(each["@language"], str)
        and each["@value"] != ""
        and _SIGNED.fullmatch(each["@language"])
        for each in value
    )
    return fit and len({each["@language"] for each in value}) == len(value)


def are_named(value: object) -> bool:
    """The same in a token, as a table by language."""
    rows = value.items() if isinstance(value, dict) else ()
    return are_tagged([{"@value": text, "@language": tag} for tag, text in rows])


def read_texts(document: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """
    All of them, by what is named (its id; a level by its address; what has neither by one of the words above) and by language, in lower case. Of
    a document of our shape.
    """
    achievement = document["credentialSubject"]["achievement"]
    found = by_language(
        (document["issuer"]["id"], document["issuer"]),
        (RECOGNITION, document),
        *((each["id"], each) for each in achievement["resultDescription"]),
        *((each["targetUrl"], each) for each in achievement.get("alignment", [])),
    )

    def told(key: str, node: Mapping[str, Any], part: str) -> None:
        if part in node:
            found.setdefault(key, {})[node["inLanguage"].lower()] = node[part]

    for each in achievement.get("related", []):
        # The English name says nothing in another language.
        if each["name"] != achievement["name"]:
            told(achievement["id"], each, "name")
        told(DESCRIPTION, each, "description")
        told(CRITERIA, each, "narrative")
    for each in document["evidence"]:
        if each["genre"].startswith(NAME_OF) and "inLanguage" in each:
            told(each["id"].rpartition(_NAMED)[0], each, "name")
            if each["genre"] == f"{NAME_OF}site":
                told(SITE_NOTE, each, "description")
    return found


def by_language(*told: tuple[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """The texts with a language of each node, under its key."""
    return {
        key: {text["@language"]: text["@value"] for text in node["narrative"]}
        for key, node in told
        if "narrative" in node
    }
