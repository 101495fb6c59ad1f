"""
Credentials by chance, honest and broken, to compare readers with: alignments, results, endorsements with tables of their own, texts in
many languages and directions, lists, look-alikes, one node told in several places.

All chance comes from the ``random.Random`` given, so that a seed, or a search that shrinks, tells which one it was.
"""

import copy
from random import Random
from typing import Any

from corridor.rooms.credentials.proofs import contexts

WORDS_URL = "https://alliance.example/words/v1"
_WORDS = "https://alliance.example/words#"
WORDS = {
    "@context": {
        "@version": 1.1,
        "@protected": True,
        "id": "@id",
        "type": "@type",
        "words": _WORDS,
        "title": {"@id": "words:title", "@container": "@language", "@protected": False},
        "titles": {"@id": "words:titles", "@container": ["@language", "@set"]},
        "lao": {"@id": "words:said", "@language": "lo"},
        "urdu": {"@id": "words:said", "@language": "ur", "@direction": "rtl"},
        "steps": {"@id": "words:steps", "@container": "@list"},
        "places": {"@id": "words:places", "@type": "@id", "@container": "@list"},
        "data": {"@id": "words:data", "@type": "@json"},
        "kind": {"@id": "words:kind", "@type": "@vocab"},
        "hours": {"@id": "words:hours", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
        "on": {"@id": "words:on", "@type": "http://www.w3.org/2001/XMLSchema#date"},
        "Workshop": {
            "@id": "words:Workshop",
            "@context": {"title": "words:plainTitle", "bay": {"@id": "words:bay", "@context": {"lift": "words:lift"}}},
        },
        "anything": {"@id": "words:anything"},
        "bundle": {"@id": "words:bundle", "@type": "@id", "@container": "@graph", "@context": None},
    }
}
LOCAL = {
    "shownAs": "https://schema.org/alternateName",
    "ordered": {"@id": "https://schema.org/itemListElement", "@container": "@list"},
    "near": {"@id": "https://schema.org/nearby", "@type": "@id"},
    "ex": "https://example.org/ns#",
    "Marked": "ex:Marked",
}
ODD = [
    *'"\\\n\r\t\b\f\0\x1f\x7f',
    "\u0085", "\u2028", "é", "e\u0301", "ຄ", "车", "\u200f", "𠮷", "（", "\ue000", "🎓", " ", "@", "_:", "a", "b", "",
]  # fmt: skip
TAGS = ["en", "lo", "ur", "zh-Hans", "EN", "x-y"]
IDS = [f"https://alliance.example/{name}" for name in ("a", "b", "c")] + [
    "urn:x:1",
    "did:web:alliance.example",
    "words:here",
    "_:n1",
    "_:n2",
]

KEYS = [
    "id", "type", "@id", "@type", "@value", "name", "proof", "@list", "@set", "image", "x", "ex:y", "https://x.example/y", "@graph",
    "@language", "title", "allowedValue", "@index", "evidence", "@foo", "words:w", "x y", "", "verifiableCredential",
]  # fmt: skip
ODDITIES: list[Any] = [
    None, "", [], {}, [None], {"@value": None}, "@id", "@foo", "_:n1", "x", "a b", "http://a b", "https://x.example/<>", "relative/x",
    0, 1.5, -1, True, "Achievement", ["Profile", "Evidence"], {"id": "urn:x"}, {"name": "n"}, {"@list": ["x"]}, {"@set": ["x"]},
    [["x"]], {"@id": "urn:y", "name": 5}, {"@value": "v", "@type": "https://x.example/T"}, {"en": "x", "lo": None}, {"@type": "@json"},
    {"@context": {"x": "https://x.example/x"}, "x": 1}, {"@context": contexts.CREDENTIALS, "type": "VerifiableCredential"},
    {"@context": {"name": "https://x.example/other"}}, {"@value": "v", "@language": "no tag"}, {"@value": 1, "@language": "en"},
    {"type": "Profile", "name": "n"}, {"id": "_:n1", "name": "n"}, {"@id": "_:n2"}, "xsd:dateTime", "urn:", ":x", "1:x",
]  # fmt: skip


def known() -> contexts.Contexts:
    """The bundled vocabularies and the one above."""
    return contexts.bundled().with_more({WORDS_URL: WORDS})


class Maker:
    """Makes one credential after another out of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def often(self, of: int = 2) -> bool:
        return self.chance.randrange(of) == 0

    def text(self) -> str:
        return "".join(self.chance.choice(ODD) for _ in range(self.chance.randrange(5)))

    def address(self) -> str:
        return self.chance.choice(IDS)

    def number(self) -> Any:
        return self.chance.choice([0, 1, 7, -3, 2.5, 1e3, 0.125, 100000000000, True, False])

    def some(self, make: Any, most: int = 3) -> list[Any]:
        made = [make() for _ in range(self.chance.randrange(most + 1))]
        if made and self.often(4):  # look-alikes
            made.append(copy.deepcopy(made[0]))
        return made

    def credential(self) -> dict[str, Any]:
        tables: list[Any] = [contexts.CREDENTIALS, contexts.OPEN_BADGES]
        has_words, has_local = self.often(), self.often(4)
        tables += [WORDS_URL] if has_words else []
        tables += [LOCAL] if has_local else []
        made: dict[str, Any] = {
            "@context": tables,
            "id": self.chance.choice(["urn:uuid:1", *IDS[:3]]),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": self.chance.choice([IDS[0], {"id": IDS[4], "type": ["Profile"], "name": self.text()}]),
            "validFrom": "2023-06-30T09:00:00Z",
            "name": self.text(),
            "credentialSubject": self.subject(),
            "evidence": self.some(self.evidence),
            "credentialStatus": {
                "id": "https://alliance.example/status/1#7",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "https://alliance.example/status/1",
            },
        }
        if self.often(3):
            made["endorsement"] = self.some(self.endorsement, 2)
        made |= {"narrative": self.tagged()} if self.often(3) else {}
        made |= self.worded() if has_words else {}
        if has_local:
            made |= {
                "shownAs": self.text(),
                "ordered": self.some(self.text),
                "near": self.address(),
                "ex:more": self.text(),
            }
        return made

    def subject(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": self.address(),
                "type": ["Achievement"],
                "name": self.text(),
                "description": self.text(),
                "criteria": {"narrative": self.text()},
                "resultDescription": self.some(self.result_description),
                "alignment": self.some(self.alignment, 5),
                "related": self.some(self.edition),
                "tag": self.some(self.text),
            },
            "result": self.some(
                lambda: {"type": ["Result"], "resultDescription": self.address(), "status": "Completed"}
            ),
            "identifier": self.some(self.identity),
        }
        if self.often(3):
            found["id"] = self.address()
        if self.often(3):
            found["creditsEarned"] = self.number()
        return found

    def alignment(self) -> dict[str, Any]:
        return {
            "type": ["Alignment"],
            "targetName": self.text(),
            "targetUrl": self.address(),
            "targetCode": self.text(),
        } | ({"narrative": self.tagged()} if self.often(4) else {})

    def edition(self) -> dict[str, Any]:
        """The achievement in another language."""
        said = {each: self.text() for each in ("name", "description", "narrative")}
        return {"id": self.address(), "type": ["Related"], "inLanguage": self.chance.choice(TAGS)} | said

    def tagged(self) -> list[dict[str, str]]:
        return self.some(lambda: {"@value": self.text(), "@language": self.chance.choice(TAGS)})

    def result_description(self) -> dict[str, Any]:
        found = {
            "type": ["ResultDescription"],
            "name": self.chance.choice(["Grade", "Mark"]),
            "resultType": "LetterGrade",
            "allowedValue": self.chance.choice([["A", "B"], ["A", "B", "C"], [], ["A", "A"]]),
        }
        return found | ({"id": self.address()} if self.often() else {})

    def identity(self) -> dict[str, Any]:
        return {"type": "IdentityObject", "hashed": self.often(), "identityHash": self.text(), "identityType": "name"}

    def evidence(self) -> dict[str, Any]:
        found = {"type": ["Evidence"], "name": self.text(), "genre": self.chance.choice(["site", "x"])}
        return found | ({"id": self.address()} if self.often() else {})

    def endorsement(self) -> dict[str, Any]:
        return {
            "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
            "id": self.chance.choice(["urn:uuid:2", "urn:uuid:3"]),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": self.address(), "type": ["Profile"], "name": self.text()},
            "validFrom": "2023-01-01T00:00:00Z",
            "credentialSubject": {
                "id": self.address(),
                "type": ["EndorsementSubject"],
                "endorsementComment": self.text(),
            },
            "proof": self.some(self.proof, 2),
        }

    def proof(self) -> dict[str, Any]:
        return {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": self.chance.choice(["2023-01-01T00:00:00Z", "2023-02-01T00:00:00Z"]),
            "verificationMethod": "did:web:alliance.example#key-1",
            "proofPurpose": "assertionMethod",
            "proofValue": self.chance.choice(["z1", "z2"]),
        }

    def worded(self) -> dict[str, Any]:
        made = {
            "title": {
                tag: self.chance.choice([self.text(), [self.text(), self.text()]]) for tag in self.some(self.tag)
            },
            "titles": self.chance.choice([{"en": self.text(), "@none": self.text()}, {}]),
            "lao": self.text(),
            "urdu": self.text(),
            "steps": self.some(self.value),
            "places": self.some(self.address),
            "data": self.chance.choice([{"z": 1, "a": [1.5, [self.text()], {}]}, [], "x", 7, True]),
            "kind": self.chance.choice(["Workshop", "words:other", IDS[0]]),
            "hours": self.chance.choice([8, "8", [8, "8"], 7]),
            "on": "2023-01-01",
            "anything": self.some(self.value),
        }
        if self.often(3):
            made["anything"] = [
                {"type": ["Workshop"], "title": self.text(), "bay": {"lift": self.text(), "anything": self.value()}}
            ]
        return {key: value for key, value in made.items() if self.often()}

    def tag(self) -> str:
        return self.chance.choice(TAGS)

    def value(self) -> Any:
        written = {"@value": self.text(), "@language": self.tag()}
        return self.chance.choice(
            [
                self.text(), self.number(), {"id": self.address()}, {"title": {"en": self.text()}}, written,
                written | {"@direction": "rtl"}, {"@value": self.number()}, {"@value": "7", "@type": "words:T"},
                {"@value": self.text()},
            ]
        )  # fmt: skip

    def broken(self, document: dict[str, Any]) -> dict[str, Any]:
        """A copy with one to three things changed anywhere in it."""
        document = copy.deepcopy(document)
        for _ in range(1 + self.chance.randrange(3)):
            self._break(document)
        return document

    def _break(self, document: dict[str, Any]) -> None:
        places = list(_places(document))
        parent, key = self.chance.choice(places)
        here = parent[key]
        match self.chance.randrange(9):
            case 0:
                parent[key] = self.oddity()
            case 1:
                del parent[key]
            case 2:
                parent[key] = [here]
            case 3:
                parent[key] = here[0] if isinstance(here, list) and here else {"@value": here}
            case 4 if isinstance(here, dict):
                here[self.key()] = self.oddity()
            case 5 if isinstance(here, list):
                here.append(self.oddity())
            case 6:
                other, name = self.chance.choice(places)
                if not isinstance(here, dict | list):
                    other[name] = here
            case 7 if isinstance(parent, dict):
                parent[self.key()] = parent.pop(key)
            case _:
                document[self.key()] = self.oddity()

    def key(self) -> str:
        return self.chance.choice(KEYS)

    def oddity(self) -> Any:
        return copy.deepcopy(self.chance.choice(ODDITIES))


def _places(value: Any) -> Any:
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
