"""What may be done to an agreement by whom, what is asked for, and what hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..amendments import AMENDABLE
from ..lifecycle import AgreementStatus, MotionStatus, ObligationStatus
from ..models import Agreement, AgreementKind, AgreementLine, AgreementMotion, AgreementParty, AgreementText
from ..motions import ASKED_WHEN, AT_ONCE, GIVEN_UP, open_motion
from ..sides import may_negotiate, may_write
from ..standing import in_force_on
from ..versions import signed_version
from .agreements import get_agreement
from .obligations import OVERDUE, list_obligations

_A, _K = AgreementStatus, AgreementMotion.Kind


@dataclass(frozen=True)
class Table:
    """
    What lies on the table, and what this actor may do about it. ``sides`` are the parties that it speaks for, with several of which it
    says for which; ``is_office``: it is the secretariat. ``may_ask`` are kinds of AgreementMotion.
    """

    sides: list[AgreementParty]
    is_office: bool
    motion: AgreementMotion | None
    answered: set[Any] = field(default_factory=set)
    may_revise: bool = False
    may_counter: bool = False
    may_take_back_counter: bool = False
    may_amend: bool = False
    may_renew: bool = False
    may_answer: bool = False
    may_object: bool = False
    may_take_back: bool = False
    may_ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hanging:
    """What stands beside an agreement and this actor may see: amendments, schedules, follow-ups, what it replaced, its lines."""

    amendments: list[Agreement]
    schedules: list[Agreement]
    renewals: list[Agreement]
    superseded: list[Agreement]
    amends: Agreement | None
    parent: Agreement | None
    renews: Agreement | None
    superseded_by: Agreement | None


@dataclass(frozen=True)
class Delivery:
    """What was promised under an agreement by a day, and what came of it."""

    promised: list[Any]
    kept: list[Any]
    waived: list[Any]
    open: list[Any]
    overdue: list[Any]
    lines: list[AgreementLine]
    activated_on: date | None


def table_of(*, agreement: Agreement, by: Actor, on: date) -> Table:
    """For its page. Five statements at most."""
    keys = by.ids_with(Permission.AGREEMENT_NEGOTIATE, "member")
    sides = [party for party in agreement.parties.all() if party.organisation_id in keys]
    is_office = by.may(Permission.AGREEMENT_PROPOSE)
    motion = open_motion(agreement)
    if not sides and not is_office:
        return Table([], False, motion if _sees(agreement, by) else None)
    mine = {side.organisation_id for side in sides}
    answered = set(motion.answers.values_list("organisation", flat=True)) if motion else set()
    waiting = mine - answered - {motion.party_id} if motion else set()
    is_asker = motion is not None and (motion.party_id in mine or (motion.party_id is None and is_office))
    is_given_up_draft = agreement.status == _A.WITHDRAWN and not agreement.canonical_hash
    status, is_lapsed = agreement.status, agreement.is_lapsed(on=on)
    version = signed_version(agreement) if status == _A.PROPOSED else None
    is_counter = version is not None and version.origin == "countered"
    is_mine = version is not None and (version.party_id in mine or (version.party_id is None and is_office))
    return Table(
        sides=sides, is_office=is_office, motion=motion, answered=answered,
        may_revise=status == _A.DRAFT and may_write(agreement, by=by),
        may_counter=status == _A.PROPOSED,
        may_take_back_counter=is_counter and is_mine,
        may_amend=agreement.amends_id is None and status in AMENDABLE and not is_lapsed,
        may_renew=agreement.amends_id is None and status in AMENDABLE,
        may_answer=bool(waiting), may_object=bool(waiting) and motion is not None and motion.kind not in AT_ONCE,
        may_take_back=is_asker or (is_given_up_draft and may_write(agreement, by=by)),
        may_ask=() if motion or is_lapsed else _askable(agreement, mine=mine, is_office=is_office, by=by),
    )  # fmt: skip


def list_motions(*, reference: str, by: Actor) -> QuerySet[AgreementMotion]:
    """Every step that was asked for under it, with its answers. :raises NotFound, AccessDenied: as the text is read."""
    agreement = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    rows = agreement.motions.select_related("party", "successor").prefetch_related("answers__organisation")
    return rows.order_by("asked_on", "pk")


def motions_to_answer(*, by: Actor) -> list[AgreementMotion]:
    """For a desk: steps that other parties ask for and on which a member this actor speaks for has not answered; agreements with titles."""
    mine = by.ids_with(Permission.AGREEMENT_NEGOTIATE, "member")
    if not mine:
        return []
    asked = AgreementMotion.objects.filter(
        status=MotionStatus.ASKED, agreement__parties__organisation__in=mine
    ).distinct()
    rows = asked.select_related("agreement", "party").prefetch_related(
        "answers",
        "party__names",
        Prefetch("agreement__texts", AgreementText.objects.defer("body")),
        "agreement__parties",
    )
    found = []
    for motion in rows.order_by("takes_effect_on", "pk"):
        sides = {party.organisation_id for party in motion.agreement.parties.all()} & mine
        if sides - {answer.organisation_id for answer in motion.answers.all()} - {motion.party_id}:
            found.append(motion)
    return found


def sides_of(*, agreement: Agreement, by: Actor) -> Sequence[AgreementParty]:
    """The parties for which this actor speaks. :raises AccessDenied: for who speaks for none and is not the secretariat."""
    if not may_negotiate(agreement, by=by):
        by.require(Permission.AGREEMENT_NEGOTIATE, on=agreement)
    keys = by.ids_with(Permission.AGREEMENT_NEGOTIATE, "member")
    rows = agreement.parties.select_related("organisation").prefetch_related("organisation__names")
    return [party for party in rows if party.organisation_id in keys]


def hanging_on(*, agreement: Agreement, by: Actor) -> Hanging:
    """Its neighbours, each only if this actor may see that there is one."""
    near = Agreement.objects.visible_to(by).prefetch_related("texts")

    def one(key: object) -> Agreement | None:
        return near.filter(pk=key).first() if key else None

    return Hanging(
        amendments=list(near.filter(amends=agreement)), schedules=list(near.filter(parent=agreement)),
        renewals=list(near.filter(renews=agreement)), superseded=list(near.filter(superseded_by=agreement)),
        amends=one(agreement.amends_id), parent=one(agreement.parent_id), renews=one(agreement.renews_id),
        superseded_by=one(agreement.superseded_by_id),
    )  # fmt: skip


def lines_of(*, agreement: Agreement, by: Actor) -> list[AgreementLine]:
    """Its numbered lines, as they stand; for who reads its text."""
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    return list(agreement.lines.order_by("number", "language"))


def delivery_of(*, agreement: Agreement, by: Actor, on: date) -> Delivery:
    """The look back that a renewal begins with. :raises AccessDenied: for who does not read its text."""
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    owed: list[Any] = list(list_obligations(by=by, on=on, agreement=agreement.reference))
    activated = agreement.changes.filter(to_status=_A.ACTIVATED).order_by("effective_on").first()
    still = [each for each in owed if each.status_then == ObligationStatus.OPEN]
    return Delivery(
        promised=owed,
        kept=[each for each in owed if each.status_then == ObligationStatus.FULFILLED],
        waived=[each for each in owed if each.status_then == ObligationStatus.WAIVED],
        open=[each for each in still if each.standing_then != OVERDUE],
        overdue=[each for each in still if each.standing_then == OVERDUE],
        lines=lines_of(agreement=agreement, by=by),
        activated_on=activated.effective_on if activated else None,
    )


def renewals_due(*, by: Actor, on: date, within_days: int) -> list[Agreement]:
    """Agreements in force that end within so many days and that nothing follows yet, the first to end first."""
    due = in_force_on(Agreement.objects.visible_to(by).without_amendments(), on).filter(
        ends_before__isnull=False, ends_before__lte=on + timedelta(days=within_days + 1)
    )
    followed = Agreement.objects.filter(renews__isnull=False).exclude(status__in=GIVEN_UP).values("renews")
    rows = due.exclude(pk__in=followed).prefetch_related("texts", "parties__organisation")
    return list(rows.order_by("ends_before", "reference"))


def list_kinds(*, by: Actor) -> list[AgreementKind]:  # noqa: ARG001 (that there are kinds is public)
    """Every kind, with its names and clauses."""
    return list(AgreementKind.objects.prefetch_related("names", "clauses").order_by("position", "code"))


def get_kind(*, code: str, by: Actor) -> AgreementKind:  # noqa: ARG001
    """:raises NotFound: if there is none."""
    found = AgreementKind.objects.prefetch_related("names", "clauses").filter(code=code).first()
    if found is None:
        raise NotFound(N_("There is no kind “%(code)s”."), code=code)
    return found


def _sees(agreement: Agreement, by: Actor) -> bool:
    return by.may(Permission.AGREEMENT_VIEW_TEXT, on=agreement)


def _askable(agreement: Agreement, *, mine: set[Any], is_office: bool, by: Actor) -> tuple[str, ...]:
    kinds = [kind for kind, states in ASKED_WHEN.items() if agreement.status in states]
    first = agreement.versions.order_by("number").first()
    is_proposer = (
        may_write(agreement, by=by)
        if first is None
        else first.party_id in mine or (first.party_id is None and is_office)
    )
    return tuple(
        kind
        for kind in kinds
        if (kind != _K.REJECT or mine)
        and (kind != _K.WITHDRAW or is_proposer)
        and (kind != _K.LAPSE or agreement.ends_before is not None)
    )
