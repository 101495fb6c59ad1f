"""Claims how units compare, from rows to drafts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.kinds import Row
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .. import actions
from ..drafts import ForeignUnitDraft, MappingDraft
from ..models import Relation
from .lookups import units_of

ONE_DAY = timedelta(days=1)


def take_mapping_claims(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, units = Findings(), units_of(rows)
    claimants = by_reference(Organisation.objects.all(), (row["claimant"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["evidence"] for row in rows))
    drafts = []
    for row in rows:
        unit = findings.find(row, "unit", units, key=(row["curriculum"], row["version"], row["unit"]))
        claimant = findings.find(row, "claimant", claimants)
        evidence = findings.find(row, "evidence", documents)
        is_none = row["relation"] == Relation.NONE
        if not is_none and not (row["foreign_code"] and row["body"] and row["foreign_title"]):
            findings.add(row, "foreign_code", N_("A claim names the foreign unit by body, code and title."))
        if unit and claimant:
            drafts.append(
                MappingDraft(
                    unit=unit,
                    relation=row["relation"],
                    claimant=claimant,
                    claimed_on=row["claimed_on"],
                    foreign_unit=None if is_none else _foreign_unit(row),
                    searched_country=row["country"] if is_none else "",
                    coverage=row["coverage"],
                    expires_before=row["expires_on"] + ONE_DAY if row["expires_on"] else None,
                    evidence=evidence,
                    reviewed_by=row["reviewed_by"],
                    reviewed_on=row["reviewed_on"],
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.claim_mappings(drafts=drafts, by=by))


def _foreign_unit(row: Row) -> ForeignUnitDraft:
    return ForeignUnitDraft(
        country=row["country"],
        body=row["body"],
        code=row["foreign_code"],
        title=row["foreign_title"],
        qualification=row["qualification"],
        source_url=row["source_url"],
    )
