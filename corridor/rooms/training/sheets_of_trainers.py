"""The sheets in which a folder brings trainers, what they learned, where they are sent, and sessions that were watched."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.exporting import day_after
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import local_day_at_home
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site

from .actions.observing import describe_rubrics, observe_sessions
from .actions.registering import register_trainers, write_qualifications
from .actions.staying import write_stays
from .imports.spoken import spoken_in, units_by_name
from .models import Rubric, RubricPart, Session, StayKind, Trainer
from .trainer_drafts import (
    ObservedDraft,
    QualificationDraft,
    RubricDraft,
    StayDraft,
    TrainerDraft,
    TrainerFacts,
)


def take_trainers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    people = by_reference(Person.objects, [row["person"] for row in rows])
    employers = by_reference(Organisation.objects, [row["employer"] for row in rows])
    units = units_by_name(name for row in rows for name in row["units"])
    drafts = []
    for row in rows:
        person, employer = findings.find(row, "person", people), findings.find(row, "employer", employers)
        spoken = spoken_in(row["languages"])
        if spoken is None:
            findings.add(row, "languages", N_("“%(cell)s” cannot be read as languages."), cell=row["languages"])
        may = findings.find_each(row, "units", units)
        if person is not None and spoken is not None:
            facts = TrainerFacts(
                held_from=row["starts_on"], held_before=day_after(row["ends_on"]), employer=employer, languages=spoken, units=tuple(may)
            )  # fmt: skip
            drafts.append(TrainerDraft(person, facts))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(register_trainers(trainers=drafts, on=local_day_at_home(at), by=by))


def take_qualifications(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    documents = by_reference(Document.objects, [row["document"] for row in rows])
    trainers = _trainers(rows)
    drafts = []
    for row in rows:
        trainer, document = findings.find(row, "person", trainers), findings.find(row, "document", documents)
        if trainer is not None:
            valid_before = day_after(row["valid_until"])
            drafts.append(
                QualificationDraft(
                    trainer, row["what"], row["awarded_by"], row["awarded_on"], valid_before, document=document
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(write_qualifications(qualifications=drafts, at=at, by=by))


def take_stays(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    people = by_reference(Person.objects, [row["person"] for row in rows])
    organisations = by_reference(
        Organisation.objects, [row[column] for row in rows for column in ("sent_by", "paid_by")]
    )
    sites = by_reference(Site.objects, [row["site"] for row in rows])
    drafts = []
    for row in rows:
        person, sender = findings.find(row, "person", people), findings.find(row, "sent_by", organisations)
        payer, site = findings.find(row, "paid_by", organisations), findings.find(row, "site", sites)
        if person is not None and sender is not None:
            drafts.append(
                StayDraft(
                    person=person, kind=row["kind"], sent_by=sender, starts_on=row["starts_on"],
                    ends_before=day_after(row["ends_on"]), purpose=row["purpose"], site=site, country=row["country"] or "",
                    city=row["city"], paid_by=payer, cost=row["cost"], currency=row["currency"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(write_stays(stays=drafts, by=by))


def take_rubrics(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Rows of one version are its lines, each in one language."""
    said: dict[tuple[str, int], dict[RubricPart, dict[int, dict[str, str]]]] = {}
    since = {}
    for row in rows:
        parts = said.setdefault((row["code"], row["version"]), {part: defaultdict(dict) for part in RubricPart})
        parts[row["part"]][row["position"]][row["language"]] = row["text"]
        since[row["code"], row["version"]] = row["starts_on"]
    drafts = [
        RubricDraft(
            code=code, version=version, starts_on=since[code, version],
            criteria=tuple(texts for _place, texts in sorted(parts[RubricPart.CRITERION].items())),
            levels=tuple(texts for _place, texts in sorted(parts[RubricPart.LEVEL].items())),
        )
        for (code, version), parts in said.items()
    ]  # fmt: skip
    describe_rubrics(rubrics=drafts, by=by)
    return len(rows)


def take_observed(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    trainers = _trainers(rows)
    people = by_reference(Person.objects, [row["observer"] for row in rows])
    sessions = {
        (each.cohort.reference, each.number): each
        for each in Session.objects.filter(cohort__reference__in={row["cohort"] for row in rows}).select_related("cohort__site")
    }  # fmt: skip
    rubrics = {(each.code, each.version): each for each in Rubric.objects.prefetch_related("lines")}
    drafts = []
    for row in rows:
        trainer, observer = findings.find(row, "person", trainers), findings.find(row, "observer", people)
        session = findings.find(row, "session", sessions, key=(row["cohort"], row["session"]))
        rubric = findings.find(row, "rubric", rubrics, key=(row["rubric"], row["version"]))
        if trainer and observer and session and rubric:
            criteria = [line for line in rubric.lines.all() if line.part == RubricPart.CRITERION]
            levels = {line.position: line for line in rubric.lines.all() if line.part == RubricPart.LEVEL}
            if len(row["levels"]) != len(criteria) or not set(row["levels"]) <= levels.keys():
                findings.add(row, "levels", N_("Give each criterion a level."))
                continue
            scores = {line: levels[level] for line, level in zip(criteria, row["levels"], strict=True)}
            agreed = ((row["agreed"], row["agreed_by"]),) if row["agreed"] and row["agreed_by"] else ()
            drafts.append(
                ObservedDraft(
                    trainer=trainer, session=session, observer=observer, scores=scores, remarks=row["remarks"], agreed=agreed
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(observe_sessions(observed=drafts, at=at, by=by))


def _levels(cell: read.Cell) -> tuple[int, ...]:
    """ "2;3;3": a level for each criterion, in their order; the same level may stand twice."""
    one = read.whole(1, 20)
    return tuple(one(part.strip()) for part in read.as_written(cell).split(";") if part.strip())


def _trainers(rows: Sequence[Row]) -> dict[str, Trainer]:
    found = Trainer.objects.filter(person__reference__in={row["person"] for row in rows}).select_related("person")
    return {each.person.reference: each for each in found}


TRAINERS: tuple[SheetKind, ...] = (
    SheetKind(
        name="trainers",
        pattern="trainers.*",
        columns=(
            Column("person", read.reference(30)),
            Column("employer", read.reference(60), required=False),
            Column("starts_on", read.day),
            Column("ends_on", read.day, required=False, about="the last day, inside"),
            Column("languages", read.text(300), required=False, about="lo first; en cefr B2 certificate"),
            Column(
                "units",
                read.many(read.text(120)),
                required=False,
                about="vehicle-inspection.2023.VI-01, with ; between",
            ),
        ),
        take=take_trainers,
        optional=True,
        unique=("person",),
    ),
    SheetKind(
        name="trainer_qualifications",
        pattern="trainer_qualifications.*",
        columns=(
            Column("person", read.reference(30)),
            Column("what", read.text(200)),
            Column("awarded_by", read.text(200), about="a body or an office, never a person"),
            Column("awarded_on", read.day),
            Column("valid_until", read.day, required=False),
            Column("document", read.reference(60), required=False),
        ),
        take=take_qualifications,
        optional=True,
        unique=("person", "what", "awarded_on"),
    ),
    SheetKind(
        name="stays",
        pattern="stays.*",
        columns=(
            Column("person", read.reference(30)),
            Column("kind", read.choice(StayKind)),
            Column("sent_by", read.reference(60)),
            Column("site", read.reference(60), required=False),
            Column("country", read.country, required=False),
            Column("city", read.text(100), required=False),
            Column("starts_on", read.day),
            Column("ends_on", read.day, required=False, about="the last day, inside"),
            Column("purpose", read.text(300)),
            Column("paid_by", read.reference(60), required=False),
            Column("cost", read.decimal(3, 0), required=False, about="in all, exact"),
            Column("currency", read.text(3), required=False, about="three letters"),
        ),
        take=take_stays,
        optional=True,
        unique=("person", "kind", "starts_on"),
    ),
    SheetKind(
        name="rubrics",
        pattern="rubrics.*",
        columns=(
            Column("code", read.reference(40)),
            Column("version", read.whole(1, 999)),
            Column("starts_on", read.day),
            Column("part", read.choice(RubricPart)),
            Column("position", read.whole(1, 20)),
            Column("language", read.language),
            Column("text", read.text(300)),
        ),
        take=take_rubrics,
        optional=True,
        unique=("code", "version", "part", "position", "language"),
    ),
    SheetKind(
        name="observed_sessions",
        pattern="observed_sessions.*",
        columns=(
            Column("person", read.reference(30), about="the trainer"),
            Column("cohort", read.reference(40)),
            Column("session", read.whole(1, 9_999)),
            Column("observer", read.reference(30)),
            Column("rubric", read.reference(40)),
            Column("version", read.whole(1, 999)),
            Column("levels", read.Reader(_levels), about="2;3;3, in the order of the criteria"),
            Column("remarks", read.text(1_000), required=False),
            Column("agreed", read.text(300), required=False),
            Column("agreed_by", read.day, required=False, about="the day by which it is to be done"),
        ),
        take=take_observed,
        optional=True,
        unique=("person", "cohort", "session", "observer"),
    ),
)
