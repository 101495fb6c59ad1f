"""Drafts that begin with the clauses of a kind."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from corridor.rooms.members.models import Organisation

from .drafts import TextDraft
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
    names = {name.language: name.name for name in kind.names.all()}
    clauses: dict[str, list[str]] = {}
    for clause in sorted(kind.clauses.all(), key=lambda clause: clause.number):
        clauses.setdefault(clause.language, []).append(clause.text)
    last = (ends_before - timedelta(days=1)).isoformat() if ends_before else "—"
    drafts = []
    for language, texts in sorted(clauses.items()):
        comma = _COMMA.get(language.partition("-")[0], ", ")
        said = {
            "parties": comma.join(_name_in(party, language) for party in parties),
            "first_day": starts_on.isoformat(),
            "last_day": last,
        }
        title = names.get(language) or names.get("en") or kind.code
        drafts.append(TextDraft(language, title, _filled("\n\n".join(texts), said)))
    return drafts


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
