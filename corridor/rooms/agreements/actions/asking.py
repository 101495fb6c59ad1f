"""Ask the other parties for a step, answer what was asked, and take it back before they have."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, move, take_steps
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import AccessDenied, BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import MotionDraft
from ..holding import hold
from ..lifecycle import AgreementStatus, MotionStatus
from ..making import require_reason
from ..models import Agreement, AgreementChange, AgreementMotion, MotionAnswer
from ..motions import ASKED_WHEN, AT_ONCE, before_suspension, open_motion
from ..refusals import AlreadySigned, MotionIsOpen, NoMotion, NotTheProposer
from ..sides import may_write, side_of
from ..superseding import require_replaceable
from ..telling import tell_parties

_A, _K = AgreementStatus, AgreementMotion.Kind


@transaction.atomic
def ask_step(*, motion: MotionDraft, on: date, by: Actor, at: datetime | None = None) -> AgreementMotion:
    """
    Ask for a step in the life of an agreement, with the reason. A proposal that is rejected or withdrawn can be signed no more from then on.
    The other parties are told (``at``).

    :raises MotionIsOpen: if another step is asked for. :raises WrongMoment: if the agreement is in another state.
    :raises NotTheProposer: if somebody else withdraws. :raises CircularSupersession, NotInForce: as in move_agreements.
    """
    (agreement,) = hold([motion.agreement.pk])
    side = _asking_side(agreement, motion, by=by)
    require_reason(motion.reason)
    if open_motion(agreement) is not None:
        raise MotionIsOpen(
            N_("Another step is asked for under %(agreement)s; it is answered or taken back first."),
            agreement=agreement.reference,
        )
    kind = _K(motion.kind)
    if agreement.status not in ASKED_WHEN[kind]:
        raise WrongMoment(
            N_("%(agreement)s is “%(now)s”; this step cannot be asked for: %(step)s."),
            agreement=agreement.reference, now=agreement.get_status_display(), step=kind.label,
        )  # fmt: skip
    _require_sense(agreement, motion, on=on)
    made = AgreementMotion.objects.create(
        agreement=agreement, kind=kind, status=MotionStatus.ASKED, party=side, asked_on=on, asked_by=by.label,
        takes_effect_on=on if kind in AT_ONCE else motion.takes_effect_on or on, reason=motion.reason, successor=motion.successor,
    )  # fmt: skip
    if kind in AT_ONCE:
        move(agreement, to=AT_ONCE[kind], on=on, by=by, reason=motion.reason)
        if not agreement.canonical_hash:
            # A draft that nobody else has seen: nobody has to confirm that it is given up.
            move(made, to=MotionStatus.CONFIRMED, on=on, by=by)
    log.record(f"agreements.{kind.value}_asked", by=by, subject=agreement)
    if agreement.canonical_hash:
        event = Event.AGREEMENT_GIVEN_UP if kind in AT_ONCE else Event.STEP_ASKED
        tell_parties(event, agreement, at=at, by=by, aside=side)
    return made


@transaction.atomic
def answer_step(
    *,
    agreement: Agreement,
    answer: str,
    on: date,
    by: Actor,
    member: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> AgreementMotion:
    """
    Confirm what another party asks for, or object to it. When all others have confirmed, it happens; when one objects, it does not.

    :raises NoMotion: if nothing is asked for. :raises NotTheProposer: for the party that asked. :raises AlreadySigned: for a second answer.
    """
    (agreement,) = hold([agreement.pk])
    side = side_of(agreement, by=by, member=member)
    motion = _require_motion(agreement)
    if side is None:
        raise AccessDenied(N_("Only a party answers what was asked."))
    if side == motion.party:
        raise NotTheProposer(N_("%(member)s asked for this; the others answer."), member=side.reference)
    if motion.answers.filter(organisation=side).exists():
        raise AlreadySigned(N_("%(member)s has answered already."), member=side.reference)
    if answer not in MotionAnswer.Answer.values:
        raise BadInput([Problem(N_("An answer confirms or objects."), column="answer")])
    if answer == MotionAnswer.Answer.OBJECTS:
        if motion.kind in AT_ONCE:
            raise WrongMoment(N_("What is rejected or withdrawn is confirmed, or taken back by who did it."))
        require_reason(reason)
    MotionAnswer.objects.create(
        motion=motion, organisation=side, answer=answer, answered_on=on, answered_by=by.label, reason=reason
    )
    if answer == MotionAnswer.Answer.OBJECTS:
        move(motion, to=MotionStatus.OBJECTED, on=on, by=by, reason=reason)
    elif motion.kind in AT_ONCE or not _missing(agreement, motion):
        move(motion, to=MotionStatus.CONFIRMED, on=on, by=by)
        _carry_out(agreement, motion, on=on, by=by)
    log.record("agreements.step_answered", by=by, subject=agreement)
    if motion.status != MotionStatus.ASKED:
        tell_parties(Event.STEP_SETTLED, agreement, at=at, by=by, aside=side)
    return motion


@transaction.atomic
def take_back_step(
    *, agreement: Agreement, on: date, by: Actor, member: str = "", at: datetime | None = None
) -> AgreementMotion:
    """
    By who asked, as long as the others have not confirmed it. A rejected or withdrawn proposal is before its parties again.

    :raises NoMotion: if nothing is asked for (any more). :raises NotTheProposer: for anyone else.
    """
    (agreement,) = hold([agreement.pk])
    if not may_write(agreement, by=by):
        side_of(agreement, by=by, member=member)
    motion = _last_motion_of_draft(agreement) or _require_motion(agreement)
    if motion.party != _asking_side(agreement, MotionDraft(agreement, motion.kind, "", member=member), by=by):
        raise NotTheProposer(
            N_("What was asked under %(agreement)s is taken back by who asked."), agreement=agreement.reference
        )
    if motion.status == MotionStatus.ASKED:
        move(motion, to=MotionStatus.TAKEN_BACK, on=on, by=by)
    if motion.kind in AT_ONCE:
        before = (
            AgreementChange.objects.filter(agreement=agreement).order_by("effective_on", "recorded_at", "pk").last()
        )
        move(agreement, to=_A(before.from_status), on=on, by=by)  # type: ignore[union-attr]
    log.record("agreements.step_taken_back", by=by, subject=agreement)
    if agreement.canonical_hash:
        event = Event.AGREEMENT_PROPOSED if agreement.status == _A.PROPOSED else Event.STEP_SETTLED
        tell_parties(event, agreement, at=at, by=by, aside=motion.party)
    return motion


def _asking_side(agreement: Agreement, motion: MotionDraft, *, by: Actor) -> Organisation | None:
    """Rejecting is for a party; withdrawing for who proposed, or who writes the draft; the rest for any party and the secretariat."""
    if agreement.canonical_hash == "" and may_write(agreement, by=by):
        return None
    side = side_of(agreement, by=by, member=motion.member)
    if motion.kind == _K.REJECT and side is None:
        raise AccessDenied(N_("A proposal is rejected by one of its parties."))
    if motion.kind == _K.WITHDRAW:
        first = agreement.versions.order_by("number").select_related("party").first()
        if first is not None and first.party != side:
            raise NotTheProposer(
                N_("%(agreement)s is withdrawn by who proposed it; a party rejects it."), agreement=agreement.reference
            )
    return side


def _require_sense(agreement: Agreement, motion: MotionDraft, *, on: date) -> None:
    faults = []
    if motion.takes_effect_on is not None and motion.takes_effect_on < on:
        faults.append(Problem(N_("A step takes effect today or later."), column="on"))
    if motion.kind == _K.LAPSE and (agreement.ends_before is None or agreement.ends_before <= on):
        faults.append(Problem(N_("It has no last day to come; end it early instead."), column="kind"))
    if motion.kind == _K.SUPERSEDE and motion.successor is None:
        faults.append(Problem(N_("Say by which agreement it is replaced."), column="successor"))
    if motion.kind != _K.SUPERSEDE and motion.successor is not None:
        faults.append(Problem(N_("Only an agreement that is replaced names another."), column="successor"))
    if faults:
        raise BadInput(faults)
    if motion.successor is not None:
        require_replaceable(agreement, motion.successor, on=on)


def _require_motion(agreement: Agreement) -> AgreementMotion:
    motion = open_motion(agreement)
    if motion is None:
        raise NoMotion(
            N_("Nothing is asked for under %(agreement)s that could be answered or taken back."),
            agreement=agreement.reference,
        )
    return motion


def _last_motion_of_draft(agreement: Agreement) -> AgreementMotion | None:
    """A draft that was given up had nobody to confirm it; it is taken up again by who gave it up."""
    if agreement.status != _A.WITHDRAWN or agreement.canonical_hash:
        return None
    return agreement.motions.order_by("asked_on", "pk").last()


def _missing(agreement: Agreement, motion: AgreementMotion) -> set[UUID]:
    """The parties that have not answered."""
    parties = set(agreement.parties.values_list("organisation", flat=True))
    return parties - set(motion.answers.values_list("organisation", flat=True)) - {motion.party_id}


def _carry_out(agreement: Agreement, motion: AgreementMotion, *, on: date, by: Actor) -> None:
    """What all have confirmed happens on the day that was asked for, or today where that has passed."""
    to = {_K.SUSPEND: _A.SUSPENDED, _K.TERMINATE: _A.TERMINATED, _K.SUPERSEDE: _A.SUPERSEDED}.get(_K(motion.kind))
    if motion.kind == _K.RESUME:
        to = before_suspension([agreement])[agreement.pk]
    if to is None:
        return
    if motion.successor is not None:
        require_replaceable(agreement, motion.successor, on=on)
    take_steps([Step(agreement, to, max(on, motion.takes_effect_on), motion.reason)], by=by)
    if motion.successor is not None:
        agreement.superseded_by = motion.successor
        agreement.save(update_fields=["superseded_by"])
