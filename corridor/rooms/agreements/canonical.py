"""
The one text that every party signs.

The canonical form is JSON by RFC 8785 of what the parties promise. Equal content has equal bytes, wherever it came from: what has no order is
kept by name, text is in Unicode's composed form (NFC) with single spaces and one blank line between clauses, and what is about the record and not
about the promise never counts. Its SHA-256 is the fingerprint that each signature carries. docs/rules/agreements.md says the same in words.
"""

import json
import re
import unicodedata
from hashlib import sha256
from typing import Any

import rfc8785

from .models import Agreement

FORM = "agreement/2"
# Written before 2026-12: parties in their order, texts as they stood. Still read, and what was signed over it stays signed.
FIRST_FORM = "agreement/1"

# The content of an agreement, as its canonical form says it: see content_of.
Content = dict[str, Any]

# What an agreement's rows hold and its promise does not depend on: never part of the form.
NEVER_COUNT: dict[str, frozenset[str]] = {
    "Agreement": frozenset(
        {
            "id", "status", "canonical_hash", "amended_hash", "source_mark", "quorum", "signing_order", "version",
            "superseded_by", "why",
        }
    ),
    "AgreementText": frozenset({"id", "translation", "follows", "reviewed_on", "reviewed_by"}),
    "AgreementParty": frozenset(
        {
            "id", "position", "signed_on", "signed_at", "signed_hash", "signed_by", "signature", "signed_as", "scan",
        }
    ),
    "AgreementLine": frozenset({"id"}),
}  # fmt: skip
# What content_of reads; for prefetch_related_objects before many of them.
CONTENT = (
    "texts", "parties__organisation", "lines", "announcement", "kind", "parent", "amends", "copied_from", "renews",
)  # fmt: skip

# Marks that are not seen and say nothing: zero-width space, word joiner, byte order mark, soft hyphen.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def one_line(text: str) -> str:
    """The text in composed form, on one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def clauses_of(body: str) -> list[str]:
    """The clauses of a text: what is parted by blank lines, each in lines without spaces at their ends."""
    clauses: list[list[str]] = [[]]
    for line in map(one_line, body.splitlines()):
        if line:
            clauses[-1].append(line)
        elif clauses[-1]:
            clauses.append([])
    return ["\n".join(lines) for lines in clauses if lines]


def content_of(agreement: Agreement) -> Content:
    """What its rows say now. Reads what CONTENT names; nothing where that is prefetched."""
    lines: dict[str, dict[str, str]] = {}
    for line in agreement.lines.all():
        lines.setdefault(str(line.number), {})[line.language] = "\n\n".join(clauses_of(line.text))
    amends = agreement.amends
    return {
        "agreement": agreement.reference,
        "kind": agreement.kind.code if agreement.kind else None,
        "parent": agreement.parent.reference if agreement.parent else None,
        "renews": agreement.renews.reference if agreement.renews else None,
        "amends": {"agreement": amends.reference, "hash": agreement.copied_from.hash}
        if amends and agreement.copied_from
        else None,
        "announcement": agreement.announcement.reference if agreement.announcement else None,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_before": agreement.ends_before.isoformat() if agreement.ends_before else None,
        "parties": {party.organisation.reference: one_line(party.role) for party in agreement.parties.all()},
        "texts": {
            text.language: {
                "standing": str(text.standing),
                "title": one_line(text.title),
                "clauses": clauses_of(text.body),
            }
            for text in agreement.texts.all()
        },
        "lines": lines,
    }


def bytes_of(content: Content) -> bytes:
    """The canonical form of a content."""
    return rfc8785.dumps({"form": FORM, **content})


def hash_bytes(canonical: bytes) -> str:
    return sha256(canonical).hexdigest()


def canonical_form(agreement: Agreement) -> bytes:
    """Return the bytes that are hashed."""
    return bytes_of(content_of(agreement))


def first_form(agreement: Agreement) -> bytes:
    """The bytes as the first form had them."""
    announcement = agreement.announcement
    return rfc8785.dumps(
        {
            "form": FIRST_FORM,
            "agreement": agreement.reference,
            "announcement": announcement.reference if announcement else None,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_before": agreement.ends_before.isoformat() if agreement.ends_before else None,
            "parties": [
                {"member": party.organisation.reference, "position": party.position, "role": party.role}
                for party in sorted(
                    agreement.parties.all(), key=lambda party: (party.position, party.organisation.reference)
                )
            ],
            "texts": [
                {"language": text.language, "standing": text.standing, "title": text.title, "body": text.body}
                for text in sorted(agreement.texts.all(), key=lambda text: text.language)
            ],
        }
    )


def read_content(canonical: str) -> Content:
    """The content that a canonical form of any version of the form holds, as content_of writes it."""
    said = json.loads(canonical)
    if said.pop("form") == FORM:
        return said
    return {
        "agreement": said["agreement"], "kind": None, "parent": None, "renews": None, "amends": None,
        "announcement": said["announcement"], "starts_on": said["starts_on"], "ends_before": said["ends_before"],
        "parties": {party["member"]: one_line(party["role"]) for party in said["parties"]},
        "texts": {
            text["language"]: {
                "standing": text["standing"], "title": one_line(text["title"]), "clauses": clauses_of(text["body"]),
            }
            for text in said["texts"]
        },
        "lines": {},
    }  # fmt: skip


def hash_of(agreement: Agreement) -> str:
    """Return SHA-256 (hexadecimal) of the canonical form."""
    return hash_bytes(canonical_form(agreement))


def hash_still_matches(agreement: Agreement) -> bool:
    """Whether it still says what was proposed, or what its last amendment made of it. A draft has nothing to match yet."""
    standing = agreement.amended_hash or agreement.canonical_hash
    return standing != "" and standing in {hash_of(agreement), hash_bytes(first_form(agreement))}


def parties_that_differ(agreement: Agreement) -> list[str]:
    """References of the parties whose signature is over another text than the one proposed."""
    return [
        party.organisation.reference
        for party in agreement.parties.all()
        if party.signed_hash and party.signed_hash != agreement.canonical_hash
    ]
