"""
What a row of evidence opens to: a name, a reference and where its record is read. One kind of record, one set of statements.

Persons appear by reference, never by name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from corridor.rooms.agreements.models import AgreementParty
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.credentials.models import Credential
from corridor.rooms.curricula.models import Unit
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.funding.models import Commitment, Movement
from corridor.rooms.members.models import AskedMember, Membership, MembershipChange, Organisation
from corridor.rooms.outcomes.models import FollowUp
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Listing, Site
from corridor.rooms.training.models import Enrolment, Stay, Trainer

OFFICIAL = "official"
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """Where a thing is read: a kind of page ("member", "agreement", "cohort" ...) and the reference in its address."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Card:
    """One record in a list: its kind and id, the reference people use, its names by language, and the page that shows it."""

    kind: str
    record_id: str
    reference: str
    link: Link | None
    names: Mapping[str, str] = field(default_factory=dict)
    source_mark: str = ""
    # The record is about a person who was erased: it counts, and says of nobody who they were.
    is_erased: bool = False


type Load = Callable[[Collection[str]], Iterable[Card]]


def cards_of(kind: str, record_ids: Collection[str]) -> dict[str, Card]:
    """The cards of these records by id, read 2,000 at a time. One that is not there any more (erased) is absent."""
    load = LOADERS[kind]
    return {card.record_id: card for some in batched(sorted(record_ids), AT_ONCE) for card in load(some)}


def official_names(organisation: Organisation) -> dict[str, str]:
    return {each.language: each.name for each in organisation.names.all() if each.kind == OFFICIAL}


def texts(rows: Any) -> dict[str, str]:
    return {each.language: each.text for each in rows.all()}


def _memberships(keys: Collection[str]) -> Iterable[Card]:
    for each in (
        Membership.objects.filter(pk__in=keys).select_related("organisation").prefetch_related("organisation__names")
    ):
        who = each.organisation
        yield Card(
            "membership",
            str(each.pk),
            who.reference,
            Link("member", who.reference),
            official_names(who),
            who.source_mark,
        )


def _membership_changes(keys: Collection[str]) -> Iterable[Card]:
    found = MembershipChange.objects.filter(pk__in=keys).select_related("membership__organisation")
    for each in found.prefetch_related("membership__organisation__names"):
        who = each.membership.organisation
        link = Link("member", who.reference)
        yield Card("membership_change", str(each.pk), who.reference, link, official_names(who), who.source_mark)


def _asked_members(keys: Collection[str]) -> Iterable[Card]:
    found = AskedMember.objects.filter(pk__in=keys).select_related("call", "organisation")
    for each in found.prefetch_related("organisation__names"):
        who = each.organisation
        yield Card(
            "asked_member", str(each.pk), each.call.reference, Link("member", who.reference), official_names(who)
        )


def _organisations(keys: Collection[str]) -> Iterable[Card]:
    for each in Organisation.objects.filter(pk__in=keys).prefetch_related("names"):
        link = Link("member", each.reference)
        yield Card("organisation", str(each.pk), each.reference, link, official_names(each), each.source_mark)


def _parties(keys: Collection[str]) -> Iterable[Card]:
    found = AgreementParty.objects.filter(pk__in=keys).select_related("agreement", "organisation")
    for each in found.prefetch_related("organisation__names"):
        agreement = each.agreement
        names = official_names(each.organisation)
        link = Link("agreement", agreement.reference)
        yield Card("agreement_party", str(each.pk), agreement.reference, link, names, agreement.source_mark)


def _announcements(keys: Collection[str]) -> Iterable[Card]:
    for each in Announcement.objects.filter(pk__in=keys).prefetch_related("titles"):
        link = Link("announcement", each.reference)
        yield Card("announcement", str(each.pk), each.reference, link, texts(each.titles), each.source_mark)


def _sites(keys: Collection[str]) -> Iterable[Card]:
    for each in Site.objects.filter(pk__in=keys).prefetch_related("names"):
        link = Link("site", each.reference)
        yield Card("site", str(each.pk), each.reference, link, texts(each.names), each.source_mark)


def _listings(keys: Collection[str]) -> Iterable[Card]:
    for each in Listing.objects.filter(pk__in=keys).select_related("site", "brand").prefetch_related("site__names"):
        reference, place = f"{each.site.reference} / {each.brand.code}", each.site
        link = Link("site", place.reference)
        yield Card("listing", str(each.pk), reference, link, texts(place.names), place.source_mark)


def _programmes(keys: Collection[str]) -> Iterable[Card]:
    for each in Programme.objects.filter(pk__in=keys).prefetch_related("titles"):
        link = Link("programme", each.reference)
        yield Card("programme", str(each.pk), each.reference, link, texts(each.titles), each.source_mark)


def _demands(keys: Collection[str]) -> Iterable[Card]:
    for each in DemandStatement.objects.filter(pk__in=keys):
        link = Link("demand_statement", each.reference)
        names = {"en": each.occupation_title}
        yield Card("demand_statement", str(each.pk), each.reference, link, names, each.source_mark)


def _commitments(keys: Collection[str]) -> Iterable[Card]:
    for each in Commitment.objects.filter(pk__in=keys):
        yield Card(
            "commitment",
            str(each.pk),
            each.reference,
            Link("commitment", each.reference),
            {"": each.what},
            each.source_mark,
        )


def _movements(keys: Collection[str]) -> Iterable[Card]:
    for each in Movement.objects.filter(pk__in=keys).select_related("commitment"):
        of = each.commitment
        yield Card("movement", str(each.pk), str(each), Link("commitment", of.reference), {"": of.what}, of.source_mark)


def _units(keys: Collection[str]) -> Iterable[Card]:
    found = Unit.objects.filter(pk__in=keys).select_related("version__curriculum").prefetch_related("titles")
    for each in found:
        curriculum = each.version.curriculum
        link = Link("curriculum", curriculum.reference)
        yield Card("unit", str(each.pk), each.code, link, texts(each.titles), curriculum.source_mark)


def _enrolments(keys: Collection[str]) -> Iterable[Card]:
    for each in Enrolment.objects.filter(pk__in=keys).select_related("cohort", "person"):
        reference = f"{each.cohort.reference}/{each.number}"
        link = Link("cohort", each.cohort.reference)
        gone = each.person.erased_at is not None
        yield Card("enrolment", str(each.pk), reference, link, {}, each.person.source_mark, gone)


def _credentials(keys: Collection[str]) -> Iterable[Card]:
    for each in Credential.objects.filter(pk__in=keys).select_related("cohort", "enrolment__person"):
        gone = each.enrolment.person.erased_at is not None
        yield Card("credential", str(each.pk), each.reference, Link("cohort", each.cohort.reference), is_erased=gone)


def _follow_ups(keys: Collection[str]) -> Iterable[Card]:
    for each in FollowUp.objects.filter(pk__in=keys).select_related("wave", "enrolment__cohort", "enrolment__person"):
        place = each.enrolment
        reference = f"{each.wave.reference}: {place.cohort.reference}/{place.number}"
        gone = place.person.erased_at is not None
        yield Card("follow_up", str(each.pk), reference, Link("cohort", place.cohort.reference), is_erased=gone)


def _trainers(keys: Collection[str]) -> Iterable[Card]:
    for each in Trainer.objects.filter(pk__in=keys).select_related("person"):
        gone = each.person.erased_at is not None
        link = None if gone else Link("trainer", each.person.reference)
        yield Card(
            "trainer", str(each.pk), each.person.reference, link, source_mark=each.person.source_mark, is_erased=gone
        )


def _stays(keys: Collection[str]) -> Iterable[Card]:
    for each in Stay.objects.filter(pk__in=keys).select_related("person"):
        gone = each.person.erased_at is not None
        reference = f"{each.person.reference} {each.starts_on}"
        yield Card("stay", str(each.pk), reference, None, source_mark=each.person.source_mark, is_erased=gone)


LOADERS: Mapping[str, Load] = {
    "agreement_party": _parties,
    "announcement": _announcements,
    "asked_member": _asked_members,
    "commitment": _commitments,
    "credential": _credentials,
    "demand_statement": _demands,
    "enrolment": _enrolments,
    "follow_up": _follow_ups,
    "listing": _listings,
    "membership": _memberships,
    "membership_change": _membership_changes,
    "movement": _movements,
    "organisation": _organisations,
    "programme": _programmes,
    "site": _sites,
    "stay": _stays,
    "trainer": _trainers,
    "unit": _units,
}
ABOUT_PERSONS = frozenset({"credential", "enrolment", "follow_up", "stay", "trainer"})
