"""
Cohorts, learners, sessions and registers as spreadsheets.

Two kinds may read one file: what a session was planned as comes in before its register, and its lock after. ``journeys/sheets.py`` locks.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.kinds import Row, SheetKind
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import CurriculumVersion, Unit
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site, SiteRoom

from .actions import (
    CohortPlan,
    CohortStep,
    EnrolmentStep,
    MarkToRecord,
    Place,
    SessionPlan,
    Signature,
    appoint_trainers,
    cancel_sessions,
    enrol_learners,
    move_cohorts,
    move_enrolments,
    open_cohorts,
    plan_sessions,
    record_attendance,
)
from .columns import ATTENDANCE_COLUMNS, CHANGE_COLUMNS, COHORT_COLUMNS, ENROLMENT_COLUMNS, SESSION_COLUMNS
from .lifecycle import CohortStatus, EnrolmentStatus, SessionStatus
from .models import CaptureMode, Cohort, Enrolment, Session
from .sheets_of_learning import LEARNING
from .sheets_of_placements import PLACEMENTS
from .sheets_of_selection import SELECTION
from .sheets_of_trainers import TRAINERS

ONE_DAY = timedelta(days=1)


def _take_cohorts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects, [row["programme"] for row in rows])
    sites = by_reference(Site.objects, [row["site"] for row in rows])
    brands = by_reference(Brand.objects, [row["brand"] for row in rows], field="code")
    demand = by_reference(DemandStatement.objects, [row["demand"] for row in rows])
    people = by_reference(Person.objects, [name for row in rows for name in row["trainers"]])
    versions = {
        (each.curriculum.reference, each.version): each
        for each in CurriculumVersion.objects.filter(
            curriculum__reference__in={row["curriculum"] for row in rows}
        ).select_related("curriculum")
    }
    plans, teaching = [], []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        version = findings.find(row, "version", versions, key=(row["curriculum"], row["version"]))
        site = findings.find(row, "site", sites)
        brand = findings.find(row, "brand", brands)
        demanded = findings.find(row, "demand", demand)
        teaching.append(findings.find_each(row, "trainers", people))
        if row["ends_on"] < row["starts_on"]:
            findings.add(row, "ends_on", N_("A cohort ends on or after its first day."))
        if programme and version and site:
            plans.append(
                CohortPlan(
                    reference=row["reference"],
                    programme=programme,
                    curriculum_version=version,
                    site=site,
                    brand=brand,
                    demand=demanded,
                    no_demand_reason=row["no_demand_reason"],
                    starts_on=row["starts_on"],
                    ends_before=row["ends_on"] + ONE_DAY,
                    capacity=row["capacity"],
                    languages=row["languages"] or (),
                    required_share=row["required_share"],
                )
            )
    findings.refuse_if_any()
    cohorts = open_cohorts(plans=plans, by=by)
    places = [(cohort, person) for cohort, people_ in zip(cohorts, teaching, strict=True) for person in people_]
    appoint_trainers(places=places, by=by)
    return len(cohorts)


def _moves(*statuses: CohortStatus) -> Callable[..., int]:
    """Take those rows of the cohorts' changes that lead into these states, and leave the others to another time."""

    def take(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
        wanted = [row for row in rows if row["to_status"] in statuses]
        findings = Findings()
        cohorts = by_reference(Cohort.objects, [row["cohort"] for row in wanted])
        found = [(row, findings.find(row, "cohort", cohorts)) for row in wanted]
        findings.refuse_if_any()
        # What the records themselves have brought about (its first locked session lets a cohort run) is not said twice.
        steps = [
            CohortStep(cohort=cohort, to=row["to_status"], on=row["effective_on"], reason=row["reason"])
            for row, cohort in found
            if cohort is not None and not cohort.changes.filter(to_status=row["to_status"]).exists()
        ]
        move_cohorts(steps=steps, by=by)
        return len(wanted)

    return take


def _take_enrolments(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    cohorts = by_reference(Cohort.objects.select_related("site"), [row["cohort"] for row in rows])
    people = by_reference(Person.objects, [row["person"] for row in rows])
    senders = by_reference(Organisation.objects, [row["sending_organisation"] for row in rows])
    places = []
    for row in rows:
        cohort = findings.find(row, "cohort", cohorts)
        person = findings.find(row, "person", people)
        sender = findings.find(row, "sending_organisation", senders)
        if (row["exit_status"] is None) != (row["exit_on"] is None):
            findings.add(row, "exit_on", N_("Who has left has a status and a day of leaving, and nobody else."))
        if cohort and person:
            places.append(
                Place(
                    cohort=cohort,
                    number=row["number"],
                    person=person,
                    participant_kind=row["participant_kind"],
                    study_mode=row["study_mode"],
                    applied_on=row["applied_on"],
                    sending_organisation=sender,
                )
            )
    findings.refuse_if_any()
    enrolments = enrol_learners(places=places, by=by)
    steps = [
        EnrolmentStep(enrolment=enrolment, to=to, on=on, reason=row["reason"] if to == row["exit_status"] else "")
        for row, enrolment in zip(rows, enrolments, strict=True)
        for to, on in (
            (EnrolmentStatus.ENROLLED, row["enrolled_on"]),
            (EnrolmentStatus.ATTENDING, row["attending_on"]),
            (row["exit_status"], row["exit_on"]),
        )
        if on is not None
    ]
    move_enrolments(steps=steps, by=by)
    return len(enrolments)


def _take_sessions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    cohorts = by_reference(Cohort.objects.select_related("site"), [row["cohort"] for row in rows])
    zones = {name: ZoneInfo(cohort.site.zone) for name, cohort in cohorts.items()}
    units = {
        (each.version_id, each.code): each
        for each in Unit.objects.filter(version__in={cohort.curriculum_version_id for cohort in cohorts.values()})
    }
    rooms = {
        (each.site_id, each.name): each
        for each in SiteRoom.objects.filter(site__in={cohort.site_id for cohort in cohorts.values()})
    }
    plans = [
        SessionPlan(
            cohort=cohort,
            number=row["number"],
            begins_at=row["begins_at"].replace(tzinfo=zones[row["cohort"]]).astimezone(UTC),
            minutes=row["minutes"],
            kind=row["kind"],
            topic=row["topic"],
            unit=findings.find(row, "unit", units, key=(cohort.curriculum_version_id, row["unit"]))
            if row["unit"]
            else None,
            room=findings.find(row, "room", rooms, key=(cohort.site_id, row["room"])) if row["room"] else None,
        )
        for row in rows
        if (cohort := findings.find(row, "cohort", cohorts)) is not None
    ]
    findings.refuse_if_any()
    sessions = plan_sessions(plans=plans, by=by)
    called_off = [
        (session, session.held_on)
        for session, row in zip(sessions, rows, strict=True)
        if row["status"] == SessionStatus.CANCELLED
    ]
    cancel_sessions(cancellations=called_off, by=by)
    return len(sessions)


def _take_attendance(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    name = PurePath(rows[0].file).stem if rows else ""
    sessions = {each.number: each for each in Session.objects.filter(cohort__reference=name)}
    seats = {each.number: each for each in Enrolment.objects.filter(cohort__reference=name)}
    findings = Findings()
    if rows and not sessions:
        findings.add(rows[0], "session", N_("The file is named after no cohort with sessions: %(name)s."), name=name)
        findings.refuse_if_any()
    found = [(row, findings.find(row, "session", sessions), findings.find(row, "number", seats)) for row in rows]
    findings.refuse_if_any()
    marks = [MarkToRecord(session, seat, row["mark"]) for row, session, seat in found if session and seat]
    return record_attendance(marks=marks, capture_mode=CaptureMode.IMPORTED, at=at, by=by)


def signatures_in(rows: Sequence[Row]) -> list[Signature]:
    """
    The signatures that a sheet of sessions tells of, for the journey that locks. Signed on the day it says, not before the session's end.

    :raises BadInput: for a locked session without signer or day, or a scan that is not there.
    """
    locked = [row for row in rows if row["status"] == SessionStatus.LOCKED]
    findings = Findings()
    scans = by_reference(Document.objects, [row["sheet"] for row in locked])
    wanted = {row["cohort"] for row in locked}
    sessions = {
        (each.cohort.reference, each.number): each
        for each in Session.objects.filter(cohort__reference__in=wanted).select_related("cohort__site")
    }
    signatures = []
    for row in locked:
        session = findings.find(row, "number", sessions, key=(row["cohort"], row["number"]))
        sheet = findings.find(row, "sheet", scans)
        if not row["signed_by"] or row["locked_on"] is None:
            findings.add(row, "signed_by", N_("A locked session has a signer and a day of signing."))
        elif session is not None:
            ended_at = session.begins_at + timedelta(minutes=session.minutes)
            midnight = datetime.combine(row["locked_on"], datetime.min.time(), ZoneInfo(session.cohort.site.zone))
            signatures.append(
                Signature(
                    session=session,
                    signed_by=row["signed_by"],
                    signed_at=max(ended_at, midnight.astimezone(UTC)),
                    capture_mode=row["capture_mode"],
                    sheet=sheet,
                )
            )
    findings.refuse_if_any()
    return signatures


def _changes(name: str, *statuses: CohortStatus) -> SheetKind:
    return SheetKind(name, "cohort_changes.csv", CHANGE_COLUMNS, _moves(*statuses), unique=("cohort", "to_status"))


SHEETS = (
    SheetKind("cohorts", "cohorts.csv", COHORT_COLUMNS, _take_cohorts, unique=("reference",)),
    _changes("cohort_starts", CohortStatus.RECRUITING, CohortStatus.RUNNING),
    SheetKind("enrolments", "enrolments.csv", ENROLMENT_COLUMNS, _take_enrolments, unique=("cohort", "number")),
    *SELECTION,
    *LEARNING,
    *PLACEMENTS,
    SheetKind("sessions", "sessions.csv", SESSION_COLUMNS, _take_sessions, unique=("cohort", "number")),
    SheetKind("attendance", "attendance/*.csv", ATTENDANCE_COLUMNS, _take_attendance, unique=("session", "number")),
    _changes("cohort_ends", CohortStatus.FINISHED),
    _changes("cohort_assessments", CohortStatus.ASSESSED),
    _changes("cohort_certificates", CohortStatus.CERTIFIED),
    _changes("cohort_follow_ups", CohortStatus.FOLLOWED_UP),
    *TRAINERS,
)
