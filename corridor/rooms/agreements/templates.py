"""Drafts that begin with the clauses of a kind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corridor.rooms.members.models import Organisation

from .drafts import AgreementDraft, PartyDraft, TextDraft
from .models import AgreementKind

# What a clause may name in braces.
PLACES = ("parties", "first_day", "last_day")
_PLACE = re.compile(r"\{(\w+)\}")
_COMMA = {"zh": "、", "ur": "، ", "ar": "، "}


def unknown_places(text: str) -> list[str]:
    """Places that nothing fills."""
    return sorted(set(_PLACE.findall(text)) - set(PLACES))


def texts_from(
    kind: AgreementKind, *, parties: Sequence[Organisation], starts_on: date, ends_before: date | None
) -> list[TextDraft]:
    """A text in each language of the kind, its places filled. Reads names of the kind and the parties, and the clauses."""
    draft = AgreementDraft(
        starts_on, ends_before, texts=texts_of(kind), parties=[PartyDraft(party) for party in parties]
    )
    return list(filled(draft).texts)


def texts_of(kind: AgreementKind) -> list[TextDraft]:
    """A text in each language of the kind, its places open. Reads its names and clauses."""
    names = {name.language: name.name for name in kind.names.all()}
    clauses: dict[str, list[str]] = {}
    for clause in sorted(kind.clauses.all(), key=lambda clause: clause.number):
        clauses.setdefault(clause.language, []).append(clause.text)
    return [
        TextDraft(language, names.get(language) or names.get("en") or kind.code, "\n\n".join(texts))
        for language, texts in sorted(clauses.items())
    ]


def filled(draft: AgreementDraft) -> AgreementDraft:
    """The draft with the places in its texts filled: parties by their names in that language, first and last day."""
    last = (draft.ends_before - timedelta(days=1)).isoformat() if draft.ends_before else "—"
    texts = []
    for text in draft.texts:
        comma = _COMMA.get(text.language.partition("-")[0], ", ")
        said = {
            "parties": comma.join(_name_in(party.organisation, text.language) for party in draft.parties),
            "first_day": draft.starts_on.isoformat(),
            "last_day": last,
        }
        texts.append(replace(text, title=_filled(text.title, said), body=_filled(text.body, said)))
    return replace(draft, texts=texts)


def _filled(text: str, said: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), text)


def _name_in(member: Organisation, language: str) -> str:
    """Its official name in that language, else in English, else in whatever language there is."""
    official = {
        each.language: each.name
        for each in member.names.all()
        if each.kind == "official" and each.valid_before is None
    }  # fmt: skip
    return official.get(language) or official.get("en") or next(iter(official.values()), member.reference)
