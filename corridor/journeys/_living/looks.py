"""Acts about how certificates look: who stands below them with which office, and in which languages they are written."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, language, many, reference, text
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.credentials.actions.layouts import set_layout
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.layouts import LayoutDraft
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.programmes.models import Programme

from .acts import ActKind
from .judged_things import organisation_named
from .naming import existing

# The languages in which the files say what office somebody has.
OFFICES_IN = ("en", "zh-Hans", "lo")
OF_WHAT = ("organisation", "programme", "credential_kind", "languages")
COLUMNS = (
    Column("organisation", reference(60)),
    Column("programme", reference(60), required=False, about="empty: of all programmes"),
    Column("credential_kind", choice(CredentialKind), required=False, about="empty: of all kinds"),
    Column(
        "languages", many(language), required=False, about="of the paper, the largest first; empty: those of its place"
    ),
    Column("signatory", text(120), about="who stands below, a row for each, from left to right"),
    *(Column(f"office_{each}", text(120), required=each == "en") for each in OFFICES_IN),
)


def _set(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    first, programme = rows[0], None
    if first["programme"]:
        programme = existing(Programme.objects.filter(reference=first["programme"]).first(), first, "programme")
    draft = LayoutDraft(
        organisation=organisation_named(first, "organisation"), programme=programme, kind=first["credential_kind"] or None,
        languages=first["languages"],
        signatories=tuple(
            Signatory(row["signatory"], {each: row[f"office_{each}"] for each in OFFICES_IN if row[f"office_{each}"]})
            for row in rows
        ),
    )  # fmt: skip
    set_layout(draft=draft, at=at, by=by)


ACTS = (ActKind("certificate_layouts", COLUMNS, _set, together=OF_WHAT),)
