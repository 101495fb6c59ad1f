"""Put an agreement before its parties, and answer a proposal with another text."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import BadInput, StaleForm
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_active

from ..amendments import require_mergeable, require_same_parties, take_up
from ..canonical import CONTENT, hash_of, read_content
from ..drafts import AgreementDraft
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..making import require_reason
from ..models import Agreement, AgreementVersion
from ..refusals import (
    NothingChanged,
    NothingToSign,
    NotProposed,
    NotTheProposer,
    PartyIsNotAMember,
)
from ..setting_aside import set_aside_signatures
from ..sides import may_write, side_of
from ..telling import tell_parties
from ..versions import Put, put_versions, signed_version
from ..writing import draft_of, faults_of, rewrite

_V = AgreementVersion.Origin


@transaction.atomic
def propose_agreements(
    *, proposals: Sequence[tuple[Agreement, date]], by: Actor, at: datetime | None = None, reason: str = ""
) -> list[Agreement]:
    """
    Fix the canonical form and its hash, each on its day: the first version. From now on it changes only by an answer; parties can sign it,
    and are told (``at``). An amendment and what follows an agreement say why from the start; another proposal with ``reason``.

    :raises BadInput: without a reason. :raises NothingToSign: without a text, or with fewer than two parties. :raises WrongMoment: if it is no draft.
    :raises PartyIsNotAMember: names a party that is no active member on that day.
    """
    held = {row.pk: row for row in hold(agreement.pk for agreement, _ in proposals)}
    days = {agreement.pk: on for agreement, on in proposals}
    for agreement in held.values():
        if not may_write(agreement, by=by):
            by.require(Permission.AGREEMENT_PROPOSE)
        if not agreement.why and Role.SYSTEM not in by.roles():
            require_reason(reason)
    prefetch_related_objects(list(held.values()), *CONTENT)
    for agreement in held.values():
        if not agreement.texts.all() or len(agreement.parties.all()) < 2:
            raise NothingToSign(
                N_("%(agreement)s needs a text, and two parties or more, before it is proposed."),
                agreement=agreement.reference,
            )
        if agreement.amends_id is not None:
            require_mergeable(agreement, on=days[agreement.pk])
        agreement.canonical_hash = hash_of(agreement)
    require_active(
        ((party.organisation, on) for agreement, on in proposals for party in held[agreement.pk].parties.all()),
        refusal=PartyIsNotAMember,
    )
    # Before the status: the table refuses a proposed agreement without a hash.
    Agreement.objects.bulk_update(held.values(), ["canonical_hash"])
    take_steps([Step(held[agreement.pk], AgreementStatus.PROPOSED, on) for agreement, on in proposals], by=by)
    sides = {
        key: None if by.may(Permission.AGREEMENT_PROPOSE) else side_of(agreement, by=by)
        for key, agreement in held.items()
    }
    put_versions(
        [
            Put(held[agreement.pk], on, sides[agreement.pk], reason.strip() or held[agreement.pk].why)
            for agreement, on in proposals
        ],
        origin=_V.PROPOSED,
        by=by,
    )
    log.record_each("agreements.proposed", by=by, subjects=list(held.values()))
    for key, agreement in held.items():
        tell_parties(Event.AGREEMENT_PROPOSED, agreement, at=at, by=by, aside=sides[key])
    return list(held.values())


def propose_agreement(
    *, agreement: Agreement, on: date, by: Actor, at: datetime | None = None, reason: str = ""
) -> Agreement:
    return propose_agreements(proposals=[(agreement, on)], by=by, at=at, reason=reason)[0]


@transaction.atomic
def counter_agreement(
    *,
    agreement: Agreement,
    draft: AgreementDraft,
    over: str,
    on: date,
    at: datetime,
    reason: str,
    by: Actor,
    member: str = "",
    base: int | None = None,
) -> Agreement:
    """
    Put another text before the parties in the place of the one that is there. Who has signed already signs again: earlier signatures
    stay to be read and count no more.

    :param over: the fingerprint of the text that is answered. :param member: for whom, by who speaks for several parties.
    :param base: of an amendment: the version of what it amends that the writer has read and taken up.
    :raises StaleForm: if another text is there by now. :raises NotProposed: if nothing is before the parties.
    :raises NotTheSameParties: if it names others. :raises NothingChanged: if it says the same.
    """
    (agreement,) = hold([agreement.pk])
    side = side_of(agreement, by=by, member=member)
    _require_proposed(agreement, over=over)
    require_reason(reason)
    if problems := faults_of(draft):
        raise BadInput(problems)
    if not draft.texts:
        raise NothingToSign(
            N_("%(agreement)s needs a text, and two parties or more, before it is proposed."),
            agreement=agreement.reference,
        )
    require_same_parties(agreement, draft)
    if agreement.amends_id is not None:
        take_up(agreement, base)
        require_mergeable(agreement, on=on, draft=draft)
    return _put(agreement, draft, Put(agreement, on, side, reason), at=at, by=by)


@transaction.atomic
def take_back_counter(*, agreement: Agreement, on: date, at: datetime, by: Actor, member: str = "") -> Agreement:
    """
    Put the text before the parties again that was there before the last answer. By who gave the answer, until another party signs it.

    :raises NotTheProposer: for anyone else. :raises NothingChanged: where nothing was answered, or another party has signed.
    """
    (agreement,) = hold([agreement.pk])
    side = side_of(agreement, by=by, member=member)
    _require_proposed(agreement, over=agreement.canonical_hash)
    last = signed_version(agreement)
    before = agreement.versions.filter(number__lt=last.number).order_by("number").last() if last else None
    if last is None or before is None or last.origin != _V.COUNTERED:
        raise NothingChanged(
            N_("%(agreement)s has the text with which it was proposed."), agreement=agreement.reference
        )
    if last.party != side:
        raise NotTheProposer(
            N_("An answer to %(agreement)s is taken back by who gave it."), agreement=agreement.reference
        )
    if (
        agreement.parties.filter(signatures__superseded_at__isnull=True, signatures__isnull=False)
        .exclude(organisation=side)
        .exists()
    ):
        raise NothingChanged(
            N_("Another party has signed this text of %(agreement)s; it is not taken back any more."),
            agreement=agreement.reference,
        )
    draft = draft_of(agreement, read_content(before.canonical))
    return _put(agreement, draft, Put(agreement, on, side, last.reason), at=at, by=by)


def _require_proposed(agreement: Agreement, *, over: str) -> None:
    if agreement.status != AgreementStatus.PROPOSED:
        raise NotProposed(
            N_("%(agreement)s is “%(now)s”; only what is before the parties is answered."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip
    if over != agreement.canonical_hash:
        raise StaleForm(
            N_("Another text of %(agreement)s is before the parties by now. Read it, then answer it."),
            theirs=agreement.canonical_hash, yours=over, agreement=agreement.reference,
        )  # fmt: skip


def _put(agreement: Agreement, draft: AgreementDraft, put: Put, *, at: datetime, by: Actor) -> Agreement:
    rewrite(agreement, draft)
    (version,) = put_versions([put], origin=_V.COUNTERED, by=by)
    if version.hash == agreement.canonical_hash:
        raise NothingChanged(
            N_("This says what is before the parties already. Change something, or sign it."),
            agreement=agreement.reference,
        )
    set_aside_signatures(agreements=[agreement], at=at, by=by)
    agreement.canonical_hash = version.hash
    agreement.version += 1
    agreement.save(update_fields=["canonical_hash", "version"])
    log.record("agreements.countered", by=by, subject=agreement)
    tell_parties(Event.AGREEMENT_COUNTERED, agreement, at=at, by=by, aside=put.party)
    return agreement
