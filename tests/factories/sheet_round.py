"""One small alliance with something of every kind of sheet, and sheets as rows: taken out, changed in a cell, and sent back."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from corridor.foundations.access import NIGHTLY, Actor
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.returning import export_file
from corridor.journeys.import_sheets import KINDS, import_file
from corridor.rooms.assessment.actions import MarkDraft, record_marks
from corridor.rooms.curricula import actions as curricula
from corridor.rooms.curricula.drafts import ForeignUnitDraft, MappingDraft
from corridor.rooms.curricula.models import Relation
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.actions import plan_intakes
from corridor.rooms.programmes.drafts import IntakeDraft

from .actors import make_user
from .agreements import make_agreement, make_draft_agreement, make_obligation
from .assessment import make_assessor, make_decision, make_scheme
from .conferences import make_announcement
from .curricula import make_version
from .demand import make_demand
from .funding import make_commitment, make_rate
from .members import make_member, make_seat
from .people import make_person, make_purpose_of_sex
from .placements import make_placement
from .programmes import make_programme
from .site_years import make_line, make_plan, make_spending
from .sites import make_equipment, make_site
from .trainers import make_stay, make_trainer
from .training import make_cohort, make_session

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
ON = AT.date()
Rows = list[dict[str, str]]


def make_everything() -> None:
    """Vientiane hosts a workshop with a cohort of two; Chongqing agrees with it and owes something; a company needs people."""
    vientiane = make_member("vientiane", country="LA")
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    make_person(
        "khamla",
        own_name="ຄຳຫຼ້າ",
        own_language="lo",
        romanised_name="Khamla",
        sex="female",
        sex_because=make_purpose_of_sex(),
    )
    site = make_site(host=vientiane)
    make_equipment(site)
    make_equipment(site, "INV-2", kind="Two-post lift", count=2)
    line = make_line(make_plan(site), paid_by=vientiane)
    make_spending(line)
    make_line(line.plan, "0", "LAK", kind="rooms", what="The roof")
    version = make_version(units=["U1", "U2"])
    make_version(version="2.0", units=["A", "B"], published_on=None)
    curricula.claim_mapping(draft=_claim(version, "U1", "LA-1"), by=NIGHTLY)
    curricula.claim_mapping(draft=_claim(version, "U2", "LA-2"), by=NIGHTLY)
    cohort = make_cohort(learners=2, version=version)
    entry = make_session(cohort, number=1, status="held").entries.create(
        origin="page", entered_by="bounmy", entered_at=AT
    )
    entry.guests.create(name="Noy")
    make_session(cohort, number=2, on=date(2024, 3, 4))
    for number in (1, 2):
        make_placement(cohort.enrolments.get(number=number), f"PLC-2023-000{number}")
    make_decision(cohort.enrolments.get(number=1), version.units.first(), assessor=make_assessor(cohort), final_on=None)
    test = make_scheme(version.units.last(), test=True).instruments.last()
    make_scheme(version.units.first(), published_on=None)
    marks = [
        MarkDraft(enrolment=seat, instrument=test, taken_on=date(2023, 6, 20), mark=Decimal(60 + seat.number))
        for seat in cohort.enrolments.order_by("number")
    ]
    record_marks(marks=marks, by=NIGHTLY)
    khamla = Person.objects.get(reference="khamla")
    trainer = make_trainer(khamla, employer=vientiane, languages=[("en", "cefr", "B2"), ("lo", "first", "")])
    trainer.units.create(unit=version.units.first(), allowed_on=date(2023, 3, 1))
    make_stay(khamla, sent_by=vientiane, kind="posting", site=site, starts_on=date(2023, 9, 4), ends_before=None)
    li, chongqing = make_person("li"), Organisation.objects.get(reference="chongqing")
    make_trainer(li, employer=chongqing)
    make_stay(li, sent_by=chongqing)
    announcement = make_announcement(owner=vientiane)
    make_announcement(owner=vientiane, title="Not confirmed", country="TH", confirmed_by="")
    agreement = make_agreement()
    make_draft_agreement("AGR-2024-0032")
    make_obligation(agreement)
    make_obligation(agreement, what="Sends two trainers", due_on=date(2024, 1, 15))
    make_commitment(agreement=agreement)
    make_rate()
    demand = make_demand("DEM-2024-0001", units=[version.units.first()], needed_by=date(2025, 1, 1))
    make_demand("DEM-2024-0002", stated_on=None, country="KH", needed_by=date(2025, 1, 1))
    proposed = make_programme(
        "brakes", kind="corporate", agreement=agreement, announcement=announcement, curriculum_version=version, demands=[demand],
        languages=["lo", "en"], title="Brakes", running_from=None,
    )  # fmt: skip
    plans = [IntakeDraft(proposed, 2024, 2, 40, "The hall holds forty."), IntakeDraft(proposed, 2025, 1, 20)]
    plan_intakes(plans=plans, by=NIGHTLY)


def _claim(version: Any, unit: str, code: str) -> MappingDraft:
    return MappingDraft(
        unit=version.units.get(code=unit), relation=Relation.BROADER, claimant=version.curriculum.developer,
        claimed_on=date(2024, 1, 8), foreign_unit=ForeignUnitDraft("LA", "A body", code, "Inspect vehicles"),
        coverage="Brakes and lamps.\nNot the engine.",
    )  # fmt: skip


def taken(kind: str, *, by: Actor = NIGHTLY, form: str = "csv", **narrowed: str) -> bytes:
    return export_file(kind=KINDS[kind], form=form, language="en", on=ON, by=by, narrowed=narrowed)[2]


def rows_of(kind: str, content: bytes) -> Rows:
    """The rows of an export by the names of its columns."""
    names = [column.name for column in KINDS[kind].columns]
    _head, *rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return [dict(zip(names, row, strict=True)) for row in rows]


def sheet_of(kind: str, rows: Sequence[dict[str, str]]) -> bytes:
    out = StringIO()
    writer = csv.DictWriter(out, [column.name for column in KINDS[kind].columns])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def sent(
    kind: str, content: bytes, *, by: Actor = NIGHTLY, form: str = "csv", answers: dict[str, str] | None = None
) -> Import:
    return import_file(
        kind=kind,
        file_name=f"sheet.{form}",
        content=content,
        language="en",
        answers=answers or {},
        columns={},
        at=AT,
        by=by,
    )
