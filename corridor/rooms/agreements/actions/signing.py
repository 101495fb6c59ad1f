"""Sign an agreement: here, or on paper. The last signature puts it in force."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import StaleForm
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_active, require_come

from ..canonical import hash_still_matches
from ..drafts import PaperSignature
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementChange, AgreementParty
from ..refusals import AlreadySigned, NoScan, NotProposed, PartyIsNotAMember, SignedTooEarly, TextChanged


@transaction.atomic
def sign_agreement(
    *, party: AgreementParty, signed_hash: str, on: date, at: datetime, by: Actor, signed_as: str = ""
) -> Agreement:
    """
    Add one member's signature over the text that was read; the last one puts the agreement in force.

    It is signed on the day of the last signature and in force from that day, or from its first day where that is later.

    :param signed_hash: the fingerprint of the text that the signer read. Another than the proposed one is a StaleForm.
    :raises AlreadySigned: if this member has signed before. :raises NotProposed: if it is not before the parties.
    :raises TextChanged: if the text as it stands is not the one that was proposed.
    :raises PartyIsNotAMember: if it is no active member on that day.
    """
    by.require(Permission.AGREEMENT_SIGN, on=party)
    (agreement,) = hold([party.agreement_id])
    party.refresh_from_db()
    _refuse_signature(party, agreement, on=on, proposed_on=_proposed_on([agreement]).get(agreement.pk))
    if signed_hash != agreement.canonical_hash:
        raise StaleForm(
            N_("The text of %(agreement)s is not the one you read. Read it again, then sign."),
            theirs=agreement.canonical_hash, yours=signed_hash, agreement=agreement.reference,
        )  # fmt: skip
    _refuse_changed_text([agreement])
    require_active([(party.organisation, on)], refusal=PartyIsNotAMember)
    party.signed_on, party.signed_at, party.signed_hash = on, at, signed_hash
    party.signed_by, party.signed_as, party.signature = by.label, signed_as, AgreementParty.Signature.ELECTRONIC
    party.save(update_fields=["signed_on", "signed_at", "signed_hash", "signed_by", "signed_as", "signature"])
    log.record("agreements.signed", by=by, subject=party)
    _put_in_force([agreement], by=by)
    return agreement


@transaction.atomic
def record_paper_signatures(*, signatures: Sequence[PaperSignature], at: datetime, by: Actor) -> list[Agreement]:
    """
    Write down signatures in ink, each with the scan that shows it; the paper carries the fingerprint of the proposed text.

    :raises NoScan: for one without a scan. :raises AlreadySigned, NotProposed, PartyIsNotAMember, SignedTooEarly, TextChanged: as in
    sign_agreement. :raises DayToCome: for a signature of a day that has not come.
    """
    by.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    held = {row.pk: row for row in hold(given.party.agreement_id for given in signatures)}
    parties = AgreementParty.objects.select_related("organisation").in_bulk([given.party.pk for given in signatures])
    proposed = _proposed_on(list(held.values()))
    _refuse_changed_text([agreement for agreement in held.values() if agreement.status == AgreementStatus.PROPOSED])
    require_come((given.signed_on for given in signatures), at=at)
    places = [(parties[given.party.pk].organisation, given.signed_on) for given in signatures]
    require_active(places, refusal=PartyIsNotAMember)
    for given in signatures:
        party = parties[given.party.pk]
        agreement = held[party.agreement_id]
        _refuse_signature(party, agreement, on=given.signed_on, proposed_on=proposed.get(agreement.pk))
        if given.scan is None:
            raise NoScan(
                N_("The signature of %(member)s under %(agreement)s is on paper: its scan is missing."),
                member=party.organisation.reference, agreement=agreement.reference,
            )  # fmt: skip
        party.signed_on, party.signed_at, party.signed_hash = given.signed_on, at, agreement.canonical_hash
        party.signed_by, party.signed_as, party.scan = by.label, given.signed_as, given.scan
        party.signature = AgreementParty.Signature.PAPER
    fields = ["signed_on", "signed_at", "signed_hash", "signed_by", "signed_as", "scan", "signature"]
    AgreementParty.objects.bulk_update(parties.values(), fields, batch_size=100)
    log.record_each("agreements.signed_on_paper", by=by, subjects=list(parties.values()))
    _put_in_force(list(held.values()), by=by)
    return list(held.values())


def _refuse_signature(party: AgreementParty, agreement: Agreement, *, on: date, proposed_on: date | None) -> None:
    places: dict[str, object] = {"member": party.organisation.reference, "agreement": agreement.reference}
    if party.signed_on is not None:
        raise AlreadySigned(N_("%(member)s signed %(agreement)s on %(day)s."), **places, day=party.signed_on)
    if agreement.status != AgreementStatus.PROPOSED:
        raise NotProposed(
            N_("%(agreement)s is “%(now)s”; it can be signed once it is proposed, and only then."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip
    if proposed_on is not None and on < proposed_on:
        raise SignedTooEarly(
            N_("%(agreement)s was proposed on %(day)s; %(member)s cannot have signed before."),
            **places,
            day=proposed_on,
        )


def _refuse_changed_text(agreements: Sequence[Agreement]) -> None:
    prefetch_related_objects(list(agreements), "texts", "parties__organisation", "announcement")
    for agreement in agreements:
        if not hash_still_matches(agreement):
            raise TextChanged(
                N_("The text of %(agreement)s is no longer the one that was proposed; nobody can sign it."),
                agreement=agreement.reference,
            )


def _proposed_on(agreements: Sequence[Agreement]) -> dict[object, date]:
    changes = AgreementChange.objects.filter(agreement__in=agreements, to_status=AgreementStatus.PROPOSED)
    return dict(changes.values_list("agreement", "effective_on"))


def _put_in_force(agreements: Sequence[Agreement], *, by: Actor) -> None:
    """Those whose last signature is there become signed on that day, and in force from then or from their first day."""
    days: dict[object, list[date | None]] = {}
    signed = AgreementParty.objects.filter(agreement__in=agreements).values_list("agreement", "signed_on")
    for key, day in signed:
        days.setdefault(key, []).append(day)
    steps = []
    for agreement in agreements:
        given = [day for day in days[agreement.pk] if day is not None]
        if len(given) == len(days[agreement.pk]):
            last = max(given)
            steps.append(Step(agreement, AgreementStatus.SIGNED, last))
            steps.append(Step(agreement, AgreementStatus.IN_FORCE, max(last, agreement.starts_on)))
    take_steps(steps, by=by)
    log.record_each("agreements.came_into_force", by=by, subjects=[step.thing for step in steps[1::2]])
