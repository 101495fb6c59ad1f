"""Status lists: places drawn at random, bits set, and the two documents signed again in the same transaction."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from corridor.rooms.members.models import Organisation

from .addresses import credential_id, did_of, status_list_url
from .keys import key_in_use, signer
from .lifecycle import CredentialStatus
from .models import Attestation, Credential, StatusList, StrayEntry
from .proofs.companions import Reason, State, sign_companion
from .proofs.data_integrity import as_text
from .proofs.status_lists import SMALLEST, sign_status_list
from .remembering import remember_later, require_newest

# A fuller list would leave few places to draw from, and a drawn place would begin to tell who came last.
_FULLEST = SMALLEST // 2
_STATES = {
    CredentialStatus.SUSPENDED: State.SUSPENDED,
    CredentialStatus.REVOKED: State.REVOKED,
    CredentialStatus.REPLACED: State.REPLACED,
}


def draw_places(issuer: Organisation, *, count: int) -> list[tuple[StatusList, int]]:
    """
    Free places for new credentials, at random. The caller holds an open transaction.

    The member's row is held until the commit, so that two who award at once never draw the same place or make the same list.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    drawn: list[tuple[StatusList, int]] = []
    listed = StatusList.objects.filter(organisation=issuer).order_by("number").last()
    while len(drawn) < count:
        taken = _taken(listed) if listed else set()
        # Where a published list was taken over, nobody knows which of its places are given out: the next one begins.
        if listed is None or len(taken) >= _FULLEST or listed.stray_entries.exists():
            number = listed.number + 1 if listed else 1
            listed = StatusList.objects.create(
                organisation=issuer, number=number, length=SMALLEST, bits=bytes(SMALLEST // 8)
            )
            taken = set()
        wanted = min(count - len(drawn), _FULLEST - len(taken))
        while wanted:
            place = secrets.randbelow(listed.length)
            if place not in taken:
                taken.add(place)
                drawn.append((listed, place))
                wanted -= 1
    return drawn


def sign_lists(lists: Iterable[StatusList], *, at: datetime, is_last: bool = False) -> None:
    """
    Set the bits as the credentials stand now, and sign list and reasons. The caller holds an open transaction.

    ``at`` is the world's own instant: readers judge by it how old the list is.

    With ``is_last`` they have no end: the key is handed over, and nobody here signs them again.

    :raises OlderThanPublished: if a list was published with a higher number than the records know.
    """
    ends = None if is_last else valid_until(at)
    keys = {each.pk for each in lists}
    held = StatusList.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("organisation")
    for listed in held.order_by("pk"):
        require_newest(listed)
        reference = listed.organisation.reference
        key = signer(key_in_use(listed.organisation, at=at), reference=reference)
        url, reasons = status_list_url(reference, listed.number), _reasons(listed)
        bits = bytearray(listed.length // 8)
        for reason in reasons:
            bits[reason.index // 8] |= 0x80 >> reason.index % 8
        signed = sign_status_list(
            url=url, issuer=did_of(reference), indices=[reason.index for reason in reasons], key=key, created=at,
            length=listed.length, valid_until=ends,
        )  # fmt: skip
        listed.sequence += 1
        companion = sign_companion(
            list_url=url, issuer=did_of(reference), reasons=reasons, key=key, created=at, sequence=listed.sequence,
            valid_until=ends,
        )  # fmt: skip
        listed.bits, listed.signed_at, listed.valid_until = bytes(bits), at, ends
        listed.signed_list, listed.signed_companion = as_text(signed), as_text(companion)
        listed.save(update_fields=["bits", "signed_at", "valid_until", "sequence", "signed_list", "signed_companion"])
        remember_later(listed)


def valid_until(at: datetime) -> datetime | None:
    """Until when what is signed at that instant may be relied on. The example's day stands still, so nobody could sign its lists again."""
    if not settings.STATUS_LIST_DAYS or settings.EXAMPLE_DAY is not None:
        return None
    return at + timedelta(days=settings.STATUS_LIST_DAYS)


def lists_due(*, at: datetime) -> QuerySet[StatusList]:
    """Published lists of which half the time is over, or that were signed before they had an end."""
    ends = valid_until(at)
    if ends is None:
        return StatusList.objects.none()
    half = at + (ends - at) / 2
    due = StatusList.objects.exclude(signed_list="").filter(Q(valid_until__isnull=True) | Q(valid_until__lt=half))
    return due.order_by(F("valid_until").asc(nulls_first=True), "pk")


def _taken(listed: StatusList) -> set[int]:
    credentials = Credential.objects.filter(status_list=listed).values_list("status_index", flat=True)
    return {*credentials, *Attestation.objects.filter(status_list=listed).values_list("status_index", flat=True)}


def _strays(listed: StatusList) -> list[Reason]:
    return [
        Reason(
            index=each.index, state=State(each.meaning), since=each.since, why=each.why, replaced_by=each.replaced_by
        )
        for each in StrayEntry.objects.filter(status_list=listed)
    ]


def _reasons(listed: StatusList) -> list[Reason]:
    reasons = []
    rows = Credential.objects.filter(status_list=listed, status__in=_STATES).prefetch_related("changes")
    for credential in rows.select_related("replaced_by"):
        last = max(credential.changes.all(), key=lambda each: (each.effective_on, each.recorded_at, each.pk))
        successor = getattr(credential, "replaced_by", None)
        reasons.append(
            Reason(
                index=credential.status_index,
                state=_STATES[CredentialStatus(credential.status)],
                since=last.effective_on,
                why=last.reason,
                replaced_by=credential_id(successor.pk) if successor else "",
            )
        )
    reasons += _attested(listed)
    known = {reason.index for reason in reasons}
    return reasons + [each for each in _strays(listed) if each.index not in known]


def _attested(listed: StatusList) -> list[Reason]:
    reasons = []
    for each in Attestation.objects.filter(status_list=listed, status__in=_STATES).prefetch_related("changes"):
        last = max(each.changes.all(), key=lambda change: (change.effective_on, change.recorded_at, change.pk))
        state = _STATES[CredentialStatus(each.status)]
        reasons.append(Reason(index=each.status_index, state=state, since=last.effective_on, why=last.reason))
    return reasons
