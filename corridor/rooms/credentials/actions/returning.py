"""The lists of a member that left and signs them elsewhere, brought back: our address serves the newest, and the records say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..addresses import did_of, status_list_of, status_list_url
from ..following import follow
from ..keys import published, usable_keys
from ..lifecycle import CredentialStatus
from ..models import Credential, SigningKey, StatusList
from ..proofs.companions import Reason, State, companion_url, read_reasons, sequence_of
from ..proofs.instants import read_instant
from ..proofs.json_reading import read_published
from ..proofs.refusals import BadStatusList, CannotRead
from ..proofs.registers import is_signed
from ..proofs.shape import WrongShape, check_shape
from ..proofs.status_lists import decode_bits, is_set
from ..refusals import NotTheirList, OlderThanPublished, SignsHere, TakesARevocationBack
from ..remembering import remember_later, remembered
from ..telling import tell_holders

# Two clocks may differ by that much.
_AHEAD = timedelta(minutes=10)
_FOR_EVER = (State.REVOKED, State.REPLACED)


@dataclass(frozen=True)
class SignedElsewhere:
    """A status list and the reasons beside it, as the member signed them, byte for byte."""

    signed_list: str
    companion: str


@dataclass(frozen=True)
class ListTaken:
    """The list at that address is that number now; what changed here with it, by reference; entries that nothing here explains."""

    address: str
    number: int
    changed: tuple[str, ...]
    strays: int


@dataclass(frozen=True)
class _Brought:
    """What was read of a list and its reasons, whose signatures hold."""

    listed: dict[str, Any]
    companion: dict[str, Any]
    bits: bytes
    reasons: tuple[Reason, ...]
    signed_at: datetime
    valid_until: datetime | None


@transaction.atomic
def take_lists_back(
    *,
    organisation: Organisation,
    lists: Sequence[SignedElsewhere],
    on: date,
    at: datetime,
    by: Actor,
    dry_run: bool = False,
) -> list[ListTaken]:
    """
    Serve newer lists of a member that signs them elsewhere since its keys were handed over, all or none; certificates and attestations here get
    the state that the lists say, and holders are told. A list that is the one served is passed over. ``at`` is the world's own instant.

    For who keeps the member's keys, and for who signs the register of issuers. A dry run does all of it and keeps nothing.

    :raises SignsHere: if its lists are signed in this house. :raises NotTheirList: for anything but its own lists with their reasons.
    :raises OlderThanPublished: if a list is not newer than the one that is served. :raises TakesARevocationBack: if something would come to life.
    """
    if not by.may(Permission.ISSUERS_SIGN):
        by.require(Permission.KEY_MAKE, on=organisation)
    _require_elsewhere(organisation, at=at)
    if not lists:
        raise BadInput([Problem(N_("Bring at least one status list with its reasons."), column="signed_list")])
    document = published(organisation.pk, organisation.reference) or {}
    done = []
    for each in lists:
        brought = _read(each, document, organisation, at=at)
        held = _hold(organisation, str(brought.listed["id"]))
        if held.signed_list != each.signed_list or held.signed_companion != each.companion:
            done.append(_take(held, each, brought, on=on, at=at, by=by))
    if dry_run:
        transaction.set_rollback(True)
    return done


def _require_elsewhere(organisation: Organisation, *, at: datetime) -> None:
    handed = SigningKey.objects.filter(organisation=organisation, handed_over_at__isnull=False)
    if not handed.exists() or usable_keys(organisation.pk, at=at).exists():
        raise SignsHere(
            N_("The lists of %(member)s are signed in this house. Nothing is brought from elsewhere."),
            member=organisation.reference,
        )


def _read(given: SignedElsewhere, document: dict[str, Any], organisation: Organisation, *, at: datetime) -> _Brought:
    did, refused = did_of(organisation.reference), {"member": organisation.reference}
    try:
        listed, companion = read_published(given.signed_list), read_published(given.companion)
        check_shape(listed, "status list")
        bits = decode_bits(listed["credentialSubject"]["encodedList"])
        told = {each.index: each for each in read_reasons(companion)}
    except (CannotRead, WrongShape, BadStatusList):
        raise NotTheirList(N_("This is no status list of %(member)s with the reasons beside it."), **refused) from None
    url = str(listed.get("id"))
    is_theirs = {listed.get("issuer"), companion.get("issuer")} == {did}
    belong = (companion.get("statusList"), companion.get("id")) == (url, companion_url(url))
    if not (is_theirs and belong) or any(index >= len(bits) * 8 or index < 0 for index in told):
        raise NotTheirList(N_("This is no status list of %(member)s with the reasons beside it."), **refused)
    if not is_signed(listed, alliance=document) or not is_signed(companion, alliance=document):
        raise NotTheirList(
            N_("It is not signed with a key that %(member)s had on that day, or was altered on the way."), **refused
        )
    signed_at, ends = read_instant(listed["validFrom"]), read_instant(listed.get("validUntil"))
    if signed_at is None or signed_at > at + _AHEAD or (ends is not None and ends <= at):
        raise NotTheirList(
            N_("The list of %(member)s is of a day that is still to come, or has ended already. Sign it again."),
            **refused,
        )
    unexplained = (index for index in range(len(bits) * 8) if is_set(bits, index) and index not in told)
    reasons = [*told.values(), *(Reason(index, State.REVOKED, signed_at.date()) for index in unexplained)]
    return _Brought(listed, companion, bits, tuple(reasons), signed_at, ends)


def _hold(organisation: Organisation, url: str) -> StatusList:
    place = status_list_of(url)
    rows = StatusList.objects.select_for_update(of=("self",)).select_related("organisation")
    held = rows.filter(organisation=organisation, number=place[1]).first() if place else None
    if held is None or status_list_url(organisation.reference, held.number) != url:
        raise NotTheirList(
            N_("This house publishes no list of %(member)s at %(address)s."),
            member=organisation.reference,
            address=url[:300],
        )
    return held


def _take(
    held: StatusList, given: SignedElsewhere, brought: _Brought, *, on: date, at: datetime, by: Actor
) -> ListTaken:
    address = status_list_url(held.organisation.reference, held.number)
    number = sequence_of(brought.companion)
    _require_newer(held, address, number)
    _require_nothing_back(held, address, brought)
    done = follow(held, brought.reasons, on=on, by=by, lift_others=True)
    held.bits, held.length, held.sequence = brought.bits, len(brought.bits) * 8, number
    held.signed_at, held.valid_until = brought.signed_at, brought.valid_until
    held.signed_list, held.signed_companion = given.signed_list, given.companion
    held.save()
    remember_later(held)
    log.record("credentials.list_taken_back", by=by, subject=held)
    changed = [each for each in done.things if isinstance(each, Credential)]
    for to in {CredentialStatus(each.status) for each in changed}:
        tell_holders([each for each in changed if each.status == to], to=to, at=at, by=by)
    return ListTaken(address, number, done.changed, done.strays)


def _require_newer(held: StatusList, address: str, number: int) -> None:
    seen = remembered(held.organisation.reference, held.number)
    known = max(held.sequence, seen.sequence if seen else 0)
    if number <= known:
        raise OlderThanPublished(
            N_("The list %(address)s was published as number %(known)s already; this one is number %(number)s. Bring the latest."),
            address=address, known=known, number=number,
        )  # fmt: skip


def _require_nothing_back(held: StatusList, address: str, brought: _Brought) -> None:
    """What is revoked or replaced in the list that is served must be so in the new one."""
    ours = read_reasons(read_published(held.signed_companion)) if held.signed_companion else []
    suspended = {each.index for each in ours if each.state == State.SUSPENDED}
    bits = bytes(held.bits)
    gone = {each.index for each in ours if each.state in _FOR_EVER}
    gone |= {index for index in range(len(bits) * 8) if is_set(bits, index)} - suspended
    for_ever = {each.index for each in brought.reasons if each.state in _FOR_EVER}
    if len(brought.bits) < len(bits) or gone - for_ever:
        raise TakesARevocationBack(
            N_("In the list %(address)s something stands again that was revoked or replaced. That cannot be."),
            address=address,
        )
