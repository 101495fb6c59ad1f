"""Opening records about persons: for those who may see the rows of evidence. People stand by reference, never by name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.rooms.assessment.lifecycle import DecisionStatus
from corridor.rooms.assessment.models import Decision
from corridor.rooms.credentials.models import Credential
from corridor.rooms.outcomes.models import FollowUp
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import SessionStatus
from corridor.rooms.training.models import IN_THE_ROOM, Attendance, Enrolment

from .cards import Card, Link
from .steps import Fact, Ground, MarkLine, Walked, moves, papers

LEARNER, COHORT, PLACE, SENT_BY, PROGRAMME = _("Learner"), _("Cohort"), _("Site"), _("Sent by"), _("Programme")


def enrolment(card: Card, by: Actor) -> Walked:
    place = _enrolments().get(pk=card.record_id)
    marks = list(
        Attendance.objects.filter(enrolment=place)
        .select_related("session__sheet")
        .order_by("session__held_on", "session__number")
    )
    decisions = _decisions(Decision.objects.filter(enrolment=place))
    credentials = tuple(
        Ground(
            "credential", each.reference, each.issued_on, each.status, each.get_kind_display(), record_id=str(each.pk)
        )
        for each in Credential.objects.filter(enrolment=place).order_by("issued_on", "pk")
    )
    return Walked(
        card,
        _about(place),
        moves(place, names_who=True),
        (*decisions, *credentials),
        tuple(_mark(each) for each in marks),
        papers((each.session.sheet for each in marks), sees_restricted=by.may(Permission.DOCUMENT_VIEW)),
    )


def credential(card: Card, by: Actor) -> Walked:  # noqa: ARG001 (every kind is opened the same way)
    found = Credential.objects.select_related("issuer", "enrolment").get(pk=card.record_id)
    facts = (
        Fact(_("Kind"), found.get_kind_display()),
        Fact(_("Issuer"), found.issuer.reference, Link("member", found.issuer.reference)),
        Fact(_("Issued on"), found.issued_on),
    )
    place = _enrolments().get(pk=found.enrolment_id)
    decided = found.units.values("decision")
    grounds = (
        Ground("enrolment", str(place), record_id=str(place.pk), link=Link("cohort", place.cohort.reference)),
        *_decisions(Decision.objects.filter(pk__in=decided)),
    )
    return Walked(card, (*facts, *_about(place)), moves(found, names_who=True), grounds)


def follow_up(card: Card, by: Actor) -> Walked:  # noqa: ARG001 (every kind is opened the same way)
    found = FollowUp.objects.select_related("wave").get(pk=card.record_id)
    place = _enrolments().get(pk=found.enrolment_id)
    facts = (
        Fact(_("Wave"), found.wave.reference),
        Fact(_("Attempts"), found.attempts),
        Fact(_("Reached on"), found.reached_on),
        Fact(_("Answered on"), found.answered_on),
        Fact(_("Answer by"), found.get_source_display() if found.source else ""),  # type: ignore[attr-defined]
        Fact(_("Working"), found.get_working_display()),  # type: ignore[attr-defined]
    )
    ground = Ground("enrolment", str(place), record_id=str(place.pk), link=Link("cohort", place.cohort.reference))
    return Walked(card, (*facts, *_about(place)), moves(place, names_who=True), (ground,))


def _enrolments() -> QuerySet[Enrolment]:
    return Enrolment.objects.select_related("cohort__programme", "cohort__site", "person", "sending_organisation")


def _about(place: Enrolment) -> tuple[Fact, ...]:
    cohort = place.cohort
    facts = [
        Fact(LEARNER, _stays(place.person).reference),
        Fact(_("Took part as"), place.get_participant_kind_display()),
        Fact(COHORT, cohort.reference, Link("cohort", cohort.reference)),
        Fact(PROGRAMME, cohort.programme.reference, Link("programme", cohort.programme.reference)),
        Fact(PLACE, cohort.site.reference, Link("site", cohort.site.reference)),
    ]
    if place.person.erased_at is not None:
        facts.insert(1, Fact(_("Who it was"), _("Erased; the record counts and says of nobody who they were.")))
    if place.person.merged_into_id:
        facts.insert(1, Fact(_("Registered as"), place.person.reference))
    if place.sending_organisation:
        sender = place.sending_organisation.reference
        facts.append(Fact(SENT_BY, sender, Link("member", sender)))
    return tuple(facts)


def _stays(person: Person) -> Person:
    """Who stands for this person now: one statement per merge, and merges are few."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def _mark(each: Attendance) -> MarkLine:
    session: Any = each.session
    is_signed = session.status == SessionStatus.LOCKED and session.signed_at is not None and bool(session.signed_by)
    counts = is_signed and each.mark in IN_THE_ROOM
    return MarkLine(session.number, session.held_on, each.mark, counts, session.signed_by)


def _decisions(decisions: QuerySet[Decision]) -> tuple[Ground, ...]:
    found = decisions.select_related("unit", "assessor").prefetch_related("unit__titles")
    return tuple(
        Ground(
            "decision",
            " ".join([each.unit.code, _title(each)]).strip(),
            each.decided_on,
            each.result,
            each.assessor.reference,
            counts=each.status == DecisionStatus.FINAL,
        )
        for each in found.order_by("unit__position", "attempt")
    )


def _title(decision: Decision) -> str:
    titles = {each.language: each.text for each in decision.unit.titles.all()}
    return titles.get("en") or next(iter(titles.values()), "")
