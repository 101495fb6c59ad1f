"""Opening records about members, promises, places and curricula: public facts, so anyone may."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.kernel.periods import Period, local_day
from corridor.rooms.agreements.models import AgreementParty
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import Unit
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import AskedMember, Membership, Organisation
from corridor.rooms.members.standing import home_zone
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Listing, Site

from .cards import Card, Link, official_names
from .sight import memberships_for
from .steps import Fact, Ground, Moved, Walked, moves, papers

KIND, COUNTRY, CITY, SOURCE, DAYS = _("Kind"), _("Country or region"), _("City"), _("Source"), _("Days")
STATE, AGREEMENT, SITE, ANNOUNCEMENT = _("State"), _("Agreement"), _("Site"), _("Announcement")


def _names_who(by: Actor) -> bool:
    return by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)


def _days(starts_on: date, ends_before: date | None) -> str:
    """The first and the last day inside, as ISO 8601 writes an interval."""
    last = Period(starts_on, ends_before).last_day
    return f"{starts_on.isoformat()}/{last.isoformat() if last else '..'}"


def _about(organisation: Organisation) -> tuple[Fact, ...]:
    facts = [
        Fact(KIND, organisation.get_kind_display()),
        Fact(COUNTRY, organisation.country, is_country=True),
        Fact(CITY, organisation.city),
    ]
    if organisation.source:
        facts.append(Fact(SOURCE, organisation.source))
    return tuple(facts)


def _steps(membership: Membership, organisation: Organisation, by: Actor) -> tuple[Moved, ...]:
    """Why a membership changed is for those who may see any state of it, as on the member's own page."""
    knows = by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE) or by.may(Permission.MEMBER_EDIT, on=organisation)
    steps = moves(membership, names_who=_names_who(by))
    return steps if knows else tuple(replace(step, reason="") for step in steps)


def membership(card: Card, by: Actor) -> Walked:
    found = Membership.objects.select_related("organisation").get(pk=card.record_id)
    return Walked(card, _about(found.organisation), _steps(found, found.organisation, by))


def membership_change(card: Card, by: Actor) -> Walked:
    found = Membership.objects.select_related("organisation").get(changes=card.record_id)
    return Walked(card, _about(found.organisation), _steps(found, found.organisation, by))


def asked_member(card: Card, by: Actor) -> Walked:  # noqa: ARG001 (who answered when is no secret)
    found = AskedMember.objects.select_related("organisation", "call").get(pk=card.record_id)
    answered_on = local_day(found.answered_at, home_zone()) if found.answered_at else None
    facts = (
        *_about(found.organisation),
        Fact(_("Data call"), found.call.reference),
        Fact(_("Deadline"), found.call.due_on),
        Fact(_("Answered on"), answered_on),
    )
    return Walked(card, facts)


def organisation(card: Card, by: Actor) -> Walked:
    found = Organisation.objects.get(pk=card.record_id)
    mark = found.get_founding_mark_display() if found.founding_mark else ""  # type: ignore[attr-defined]
    facts = (*_about(found), *((Fact(_("Founding member"), mark),) if mark else ()))
    memberships = memberships_for(by).filter(organisation=found).order_by("pk")
    changes = tuple(step for each in memberships for step in _steps(each, found, by))
    return Walked(card, facts, changes)


def agreement_party(card: Card, by: Actor) -> Walked:
    agreement = AgreementParty.objects.select_related("agreement__announcement").get(pk=card.record_id).agreement
    parties = agreement.parties.select_related("organisation", "scan").prefetch_related("organisation__names")
    facts = [
        Fact(DAYS, _days(agreement.starts_on, agreement.ends_before)),
        Fact(_("Fingerprint of the text"), agreement.canonical_hash),
    ]
    if agreement.announcement:
        reference = agreement.announcement.reference
        facts.append(Fact(ANNOUNCEMENT, reference, Link("announcement", reference)))
    grounds = tuple(
        Ground(
            "signature",
            _first(official_names(each.organisation)) or each.organisation.reference,
            each.signed_on,
            each.signature,
            each.signed_as,
            Link("member", each.organisation.reference),
            counts=each.is_signed(),
        )
        for each in parties
    )
    sees = by.may(Permission.DOCUMENT_VIEW) or by.may(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    return Walked(
        card,
        tuple(facts),
        moves(agreement, names_who=_names_who(by)),
        grounds,
        papers=papers((each.scan for each in parties), sees_restricted=sees),
    )


def announcement(card: Card, by: Actor) -> Walked:
    found = (
        Announcement.objects.select_related("conference", "owner")
        .prefetch_related("owner__names")
        .get(pk=card.record_id)
    )
    owner = found.owner
    facts = (
        Fact(_("Conference"), found.conference.reference, Link("conference", found.conference.reference)),
        Fact(_("Owner"), _first(official_names(owner)) or owner.reference, Link("member", owner.reference)),
        Fact(_("Announced on"), found.announced_on),
        Fact(_("Confirmed by a second person on"), found.confirmed_on),
        Fact(_("Next report due on"), found.next_report_due_on),
    )
    reports = found.reports.order_by("reported_on", "pk")
    grounds = tuple(Ground("report", each.text, each.reported_on) for each in reports)
    return Walked(card, facts, moves(found, names_who=_names_who(by)), grounds)


def site(card: Card, by: Actor) -> Walked:
    return _place(card, Site.objects.select_related("host").get(pk=card.record_id), by)


def listing(card: Card, by: Actor) -> Walked:
    found = Listing.objects.select_related("site__host").get(pk=card.record_id)
    return _place(card, found.site, by)


def _place(card: Card, place: Site, by: Actor) -> Walked:
    facts = (
        Fact(KIND, place.get_kind_display()),
        Fact(_("Host"), place.host.reference, Link("member", place.host.reference)),
        Fact(COUNTRY, place.country, is_country=True),
        Fact(CITY, place.city),
    )
    grounds = tuple(
        Ground(
            "listing",
            each.brand.name,
            each.starts_on,
            "accepted" if each.accepted_on else "",
            _days(each.starts_on, each.ends_before),
            record_id=str(each.pk),
        )
        for each in place.listings.select_related("brand").order_by("starts_on", "pk")
    )
    return Walked(card, facts, moves(place, names_who=_names_who(by)), grounds)


def programme(card: Card, by: Actor) -> Walked:
    found = Programme.objects.get(pk=card.record_id)
    facts = [Fact(KIND, found.get_kind_display())]
    facts += [
        Fact(AGREEMENT, each.agreement.reference, Link("agreement", each.agreement.reference))
        for each in found.agreements_under.select_related("agreement")
    ]
    facts += [
        Fact(ANNOUNCEMENT, each.announcement.reference, Link("announcement", each.announcement.reference))
        for each in found.announcements_kept.select_related("announcement")
    ]
    facts += [
        Fact(SITE, each.site.reference, Link("site", each.site.reference))
        for each in found.places.select_related("site").order_by("site__reference")
    ]
    grounds = tuple(
        Ground("member", each.organisation.reference, state=each.role, link=Link("member", each.organisation.reference))
        for each in found.members.select_related("organisation").order_by("role", "organisation__reference")
    )
    return Walked(card, tuple(facts), moves(found, names_who=_names_who(by)), grounds)


def demand_statement(card: Card, by: Actor) -> Walked:
    found = DemandStatement.objects.select_related("employer", "replaces").get(pk=card.record_id)
    facts = [
        Fact(_("Employer"), found.employer.reference, Link("member", found.employer.reference)),
        Fact(_("Posts"), found.posts),
        Fact(_("Occupation"), f"{found.occupation_code} {found.occupation_title}"),
        Fact(COUNTRY, found.country, is_country=True),
        Fact(_("Stated on"), found.stated_on),
        Fact(_("Needed by"), found.needed_by),
        Fact(_("How firmly"), found.get_strength_display()),
    ]
    if found.replaces:
        facts.append(Fact(_("Restates"), found.replaces.reference, Link("demand_statement", found.replaces.reference)))
    grounds = tuple(
        Ground(
            "unit",
            each.unit.code,
            record_id=str(each.unit_id),
            link=Link("curriculum", each.unit.version.curriculum.reference),
        )
        for each in found.units.select_related("unit__version__curriculum").order_by("unit__position")
    )
    return Walked(card, tuple(facts), moves(found, names_who=_names_who(by)), grounds)


def unit(card: Card, by: Actor) -> Walked:
    found = Unit.objects.select_related("version__curriculum", "version__level__framework").get(pk=card.record_id)
    version = found.version
    facts = [
        Fact(_("Curriculum"), str(version), Link("curriculum", version.curriculum.reference)),
        Fact(_("Requirement"), found.get_requirement_display()),  # type: ignore[attr-defined]
    ]
    if version.level:
        facts.append(Fact(_("Level"), f"{version.level.framework} · {version.level.code}"))
    claims: list[Any] = list(
        found.mapping_claims.select_related("foreign_unit", "claimant", "evidence").order_by("claimed_on", "pk")
    )
    grounds = tuple(
        Ground(
            "mapping_claim",
            f"{each.foreign_unit} {each.foreign_unit.title}" if each.foreign_unit else each.searched_country,
            each.claimed_on,
            each.relation,
            each.reviewed_by,
            Link("member", each.claimant.reference),
            counts=each.foreign_unit is not None and each.reviewed_on is not None and each.evidence is not None,
        )
        for each in claims
    )
    sees = by.may(Permission.DOCUMENT_VIEW)
    documents = papers((each.evidence for each in claims), sees_restricted=sees)
    return Walked(card, tuple(facts), moves(version, names_who=_names_who(by)), grounds, papers=documents)


def _first(names: dict[str, str]) -> str:
    return names.get("en") or next(iter(names.values()), "")
