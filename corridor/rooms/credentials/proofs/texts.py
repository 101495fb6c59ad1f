"""
Names and texts in further languages, signed with the rest (decision 0040).

The official schema takes one string for a name, and some readers refuse a vocabulary of our own. So the English stays where it is, and the
others stand where Open Badges has room: the achievement's as a *related* edition in that language, a unit's and the issuer's as texts with a
language, a place's as a further piece of evidence that names it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST_LANGUAGES = 40
NAME_OF = "name of "
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
    """What is added to a unit or an issuer; nothing without texts."""
    return {"narrative": [{"@value": text, "@language": tag.lower()} for tag, text in texts]} if texts else {}


def editions(achievement: str, names: Texts, criteria: Texts) -> list[dict[str, Any]]:
    """The achievement in each language in which it is named."""
    told = dict(criteria)
    return [
        {"id": f"{achievement}-{tag}", "type": ["Related"], "inLanguage": tag, "name": name}
        | ({"narrative": told[tag]} if tag in told else {})
        for tag, name in names
    ]


def names_of(places: Iterable[tuple[str, str, Texts]]) -> list[dict[str, Any]]:
    """Further pieces of evidence, each of which names a place (its address and genre given) in a language."""
    return [
        {"id": f"{address}{_NAMED}{tag}", "type": ["Evidence"], "name": name, "genre": f"{NAME_OF}{genre}", "inLanguage": tag}
        for address, genre, names in places
        for tag, name in names
    ]  # fmt: skip


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
    """All of them, by what is named (its id; the criteria under "criteria") and by language, in lower case. Of a document of our shape."""
    achievement = document["credentialSubject"]["achievement"]
    found: dict[str, dict[str, str]] = {}
    for each in (document["issuer"], *achievement["resultDescription"]):
        if "narrative" in each:
            found[each["id"]] = {text["@language"]: text["@value"] for text in each["narrative"]}
    for each in achievement.get("related", []):
        found.setdefault(achievement["id"], {})[each["inLanguage"].lower()] = each["name"]
        if "narrative" in each:
            found.setdefault("criteria", {})[each["inLanguage"].lower()] = each["narrative"]
    for each in document["evidence"]:
        if each["genre"].startswith(NAME_OF) and "inLanguage" in each:
            found.setdefault(each["id"].rpartition(_NAMED)[0], {})[each["inLanguage"].lower()] = each["name"]
    return found
