"""Every way an agreement can be read. That there is one is public; its text is for its parties and for oversight."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.conferences.models import Announcement

from ..canonical import canonical_form, hash_still_matches, parties_that_differ
from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementChange, AgreementParty, AgreementText
from ..standing import EXPIRING, LAPSED, with_standing_on


def list_agreements(
    *,
    by: Actor,
    on: date,
    states: Collection[str] = (),
    member: str = "",
    announcement: str = "",
    words: str = "",
    after: str = "",
) -> QuerySet[Agreement]:
    """
    Agreements by reference, as they stood on that day: each with ``status_then`` and ``standing_then`` (also "expiring", "lapsed").

    ``states`` are looked for in ``standing_then``; an expiring one is in force still.
    ``member`` and ``announcement`` are references; ``words`` are looked for in titles;
    ``after`` is the last reference read. Titles, the announcement and parties with their names come with the rows: six statements.
    """
    found = _whole(with_standing_on(Agreement.objects.visible_to(by).without_amendments(), on), by)
    if states:
        found = found.filter(Q(standing_then__in=states) | Q(standing_then=EXPIRING, status_then__in=states))
    if member:
        found = found.filter(pk__in=AgreementParty.objects.filter(organisation__reference=member).values("agreement"))
    if announcement:
        found = found.filter(announcement__reference=announcement)
    if words:
        found = found.filter(pk__in=AgreementText.objects.filter(title__icontains=words).values("agreement"))
    if after:
        found = found.filter(reference__gt=after)
    return found.order_by("reference")


def get_agreement(*, reference: str, by: Actor, on: date | None = None) -> Agreement:
    """
    One agreement with titles, parties and their signatures, scans, announcement, and its changes in the order of days.

    Its texts come without their bodies; see read_text. With ``on`` it has ``status_then`` and ``standing_then``.
    """
    found: QuerySet[Any] = Agreement.objects.visible_to(by)
    if on is not None:
        found = with_standing_on(found, on)
    changes = Prefetch("changes", AgreementChange.objects.order_by("effective_on", "recorded_at", "pk"))
    row = _whole(found, by).prefetch_related(changes).filter(reference=reference).first()
    if row is None:
        raise NotFound(N_("There is no agreement %(reference)s."), reference=reference)
    return row


def count_agreements(*, by: Actor, on: date) -> dict[str, int]:
    """
    How many agreements stood in each state on that day; expiring ones count in force (or activated) too and stand beside, "all" is
    the sum of the states and "running" those in force or activated and not lapsed.
    """
    counts = {"all": 0, "running": 0}
    found = with_standing_on(Agreement.objects.visible_to(by).without_amendments(), on)
    for state, standing in found.order_by().values_list("status_then", "standing_then"):
        counts["all"] += 1
        if standing == LAPSED:
            counts[LAPSED] = counts.get(LAPSED, 0) + 1
            continue
        counts[state] = counts.get(state, 0) + 1
        counts["running"] += state in {AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value}
        if standing == EXPIRING:
            counts[EXPIRING] = counts.get(EXPIRING, 0) + 1
    return counts


def get_party(*, reference: str, member: str, by: Actor) -> AgreementParty:
    """The side of one member (by its reference), to be signed or shown; its agreement comes with it."""
    agreement = get_agreement(reference=reference, by=by)
    party = agreement.parties.select_related("organisation").filter(organisation__reference=member).first()
    if party is None:
        raise NotFound(
            N_("%(member)s is not a party to %(reference)s."), member=member, reference=reference,
        )  # fmt: skip
    party.agreement = agreement
    return party


@dataclass(frozen=True)
class AgreementReading:
    """What a party reads before it signs: the texts, the fingerprint, and whether they still belong together."""

    agreement: Agreement
    texts: list[AgreementText]
    canonical: bytes
    hash_matches: bool
    differing: list[str]  # references of parties that signed another text


def read_text(*, reference: str, by: Actor) -> AgreementReading:
    """:raises AccessDenied: for anyone but its parties and oversight. :raises NotFound: if there is none for this actor."""
    agreement = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    whole = Agreement.objects.select_related("announcement").prefetch_related("texts", "parties__organisation")
    whole_one = whole.get(pk=agreement.pk)
    return AgreementReading(
        agreement=agreement,
        texts=sorted(whole_one.texts.all(), key=lambda text: text.language),
        canonical=canonical_form(whole_one),
        hash_matches=hash_still_matches(whole_one),
        differing=parties_that_differ(whole_one),
    )


def agreements_to_sign(*, by: Actor) -> QuerySet[AgreementParty]:
    """For a desk: the sides that this actor may sign and has not, the longest proposed first; each with its agreement and titles."""
    members = by.ids_with(Permission.AGREEMENT_SIGN, "member")
    waiting = AgreementParty.objects.filter(
        organisation__in=members, signed_on__isnull=True, agreement__status=AgreementStatus.PROPOSED
    )
    titles = Prefetch("agreement__texts", AgreementText.objects.defer("body"))
    return (
        waiting.select_related("agreement", "organisation")
        .prefetch_related(titles, "organisation__names", "agreement__parties__organisation__names")
        .order_by("agreement__reference", "position")
    )


def open_scan(*, reference: str, member: str, by: Actor) -> tuple[Document, bytes]:
    """
    The scan of a member's signature on paper: for the parties and oversight, as the text is.

    :raises NotFound: if there is no such side, or it was not signed on paper. :raises AccessDenied: for anyone else.
    :raises DamagedDocument: if the bytes are not those that were stored.
    """
    party = get_party(reference=reference, member=member, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=party.agreement)
    if party.scan is None:
        raise NotFound(
            N_("%(member)s did not sign %(reference)s on paper."), member=member, reference=reference,
        )  # fmt: skip
    return party.scan, bytes_of(party.scan)


def agreements_answering(*, announcement: str, by: Actor, on: date) -> QuerySet[Agreement]:
    """What was agreed in answer to that announcement (its reference)."""
    return list_agreements(by=by, on=on, announcement=announcement)


def _whole(found: QuerySet[Any], by: Actor) -> QuerySet[Any]:
    """With what belongs on every list. An announcement that this actor may not see yet is None."""
    parties = AgreementParty.objects.select_related("organisation", "scan").prefetch_related("organisation__names")
    return found.prefetch_related(
        Prefetch(
            "announcement", Announcement.objects.visible_to(by).select_related("conference").prefetch_related("titles")
        ),
        Prefetch("texts", AgreementText.objects.defer("body").order_by("language")),
        Prefetch("parties", parties.order_by("position", "organisation__reference")),
    )
