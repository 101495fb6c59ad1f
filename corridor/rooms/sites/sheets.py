"""The sheets of the sites' room, in the order in which they load."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor, Role
from corridor.foundations.accounts.models import User
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.curricula.models import Curriculum
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.members.sheets import ACCOUNT_COLUMNS

from . import actions
from .drafts import AccreditationDraft, EquipmentDraft, ListingDraft, SiteDraft, SiteStep
from .lifecycle import EquipmentStatus, SiteStatus
from .models import Brand, Condition, Site, SiteKind
from .sheets_of_needs import NEEDS
from .sheets_of_plans import PLANS
from .sheets_of_reviews import REVIEWS
from .sheets_of_upkeep import UPKEEP


def take_brands(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    with refusals_in(rows):
        return len(actions.make_brands(brands={row["code"]: row["name"] for row in rows}, by=by))


def take_sites(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    hosts = by_reference(Organisation.objects.all(), (row["host"] for row in rows))
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    drafts = []
    for row in rows:
        host, agreement = findings.find(row, "host", hosts), findings.find(row, "agreement", agreements)
        if host:
            drafts.append(
                SiteDraft(
                    reference=row["reference"], kind=row["kind"], host=host, country=row["country"], city=row["city"],
                    zone=row["zone"], latitude=row["latitude"], longitude=row["longitude"], names=row.family("name_"),
                    source_mark=row["source_mark"], source=row["source"], agreement=agreement,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.register_sites(sites=drafts, by=by))


def take_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    steps = []
    for row in rows:
        site = findings.find(row, "site", sites)
        if site:
            steps.append(SiteStep(site, row["to_status"], row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.move_sites(steps=steps, by=by)
    return len(steps)


def take_listings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``ends_on`` is the last day inside."""
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    brands = by_reference(Brand.objects.all(), (row["brand"] for row in rows), field="code")
    drafts = []
    for row in rows:
        site, brand = findings.find(row, "site", sites), findings.find(row, "brand", brands)
        if site and brand:
            ends_before = row["ends_on"] + ONE_DAY if row["ends_on"] else None
            drafts.append(ListingDraft(site, brand, row["starts_on"], ends_before, row["accepted_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.list_sites_under_brands(listings=drafts, by=by))


def take_managers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The rows of the sheet of accounts that make somebody a site's manager; members.sheets has made the accounts."""
    findings = Findings()
    managing = [row for row in rows if row["role"] == Role.SITE_MANAGER]
    sites = by_reference(Site.objects.all(), (row["scope"] for row in managing))
    users = by_reference(User.objects.all(), (row["username"] for row in managing), field="username")
    posts = []
    for row in managing:
        if row["scope_kind"] != "site" or not row["scope"]:
            findings.add(row, "scope", N_("A site manager manages one site; name it."))
            continue
        site, user = findings.find(row, "scope", sites), findings.find(row, "username", users)
        if site and user:
            posts.append((site, user, row["held_from"]))
    findings.refuse_if_any()
    with refusals_in(managing):
        return len(actions.appoint_managers(posts=posts, by=by))


def take_accreditations(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """``ends_on`` is the last day inside."""
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    curricula = by_reference(Curriculum.objects.all(), (name for row in rows for name in row["curricula"]))
    drafts = []
    for row in rows:
        site = findings.find(row, "site", sites)
        if site:
            ends_before = row["ends_on"] + ONE_DAY if row["ends_on"] else None
            covers = findings.find_each(row, "curricula", curricula)
            drafts.append(
                AccreditationDraft(
                    site, row["accredited_by"], row["accredited_for"], row["starts_on"], ends_before, row["number"],
                    curricula=covers,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.accredit_sites(accreditations=drafts, at=at, by=by))


def take_equipment(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    whose = ("owner", "donor", "running_costs_by")
    named = by_reference(Organisation.objects.all(), (row[column] for row in rows for column in whose))
    drafts = []
    for row in rows:
        owners: dict[str, Any] = {column: findings.find(row, column, named) for column in whose}
        site, document = findings.find(row, "site", sites), findings.find(row, "document", documents)
        if site:
            drafts.append(
                EquipmentDraft(
                    site=site, kind=row["kind"], inventory_number=row["inventory_number"], count=row["count"],
                    acquired_on=row["acquired_on"], document=document, status=row["status"], since=row["since"],
                    reason=row["reason"], value=row["value"], currency=row["currency"], serial=row["serial"],
                    condition=row["condition"] or "", calibration_months=row["calibration_months"],
                    mended_by=row["mended_by"], **owners,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_equipment(equipment=drafts, at=at, by=by))


SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="brands",
        pattern="brands.*",
        columns=(Column("code", read.reference(40)), Column("name", read.text(120))),
        take=take_brands,
        unique=("code",),
    ),
    SheetKind(
        name="sites",
        pattern="sites.*",
        columns=(
            Column("reference", read.reference(60)),
            Column("kind", read.choice(SiteKind)),
            Column("host", read.reference(60)),
            Column("country", read.country),
            Column("city", read.text(80)),
            Column("zone", read.zone),
            Column("latitude", read.decimal(5, -90, 90)),
            Column("longitude", read.decimal(5, -180, 180)),
            Column("source_mark", read.choice(SourceMark)),
            Column("source", read.text(300), required=False),
            Column("agreement", read.reference(20), required=False),
        ),
        take=take_sites,
        extra=languages("name"),
        extra_reader=read.text(200),
        unique=("reference",),
    ),
    SheetKind(
        name="site_changes",
        pattern="site_changes.*",
        columns=(
            Column("site", read.reference(60)),
            Column("to_status", read.choice(SiteStatus)),
            Column("effective_on", read.day),
            Column("reason", read.text(300), required=False),
        ),
        take=take_changes,
    ),
    SheetKind(
        name="listings",
        pattern="listings.*",
        columns=(
            Column("site", read.reference(60)),
            Column("brand", read.reference(40)),
            Column("starts_on", read.day),
            Column("ends_on", read.day, required=False),
            Column("accepted_on", read.day, required=False),
        ),
        take=take_listings,
    ),
    SheetKind(
        name="accreditations",
        pattern="accreditations.*",
        columns=(
            Column("site", read.reference(60)),
            Column("accredited_by", read.text(200)),
            Column("accredited_for", read.text(300)),
            Column("number", read.text(80), required=False),
            Column("starts_on", read.day),
            Column("ends_on", read.day, required=False),
            Column("curricula", read.many(read.reference(60)), required=False, about="empty: all that is taught there"),
        ),
        take=take_accreditations,
        optional=True,
    ),
    SheetKind(
        name="equipment",
        pattern="equipment.*",
        columns=(
            Column("site", read.reference(60)),
            Column("kind", read.text(150)),
            Column("inventory_number", read.text(60)),
            Column("count", read.whole(1, 1_000_000)),
            Column("acquired_on", read.day, required=False),
            Column("status", read.choice(EquipmentStatus)),
            Column("since", read.day, required=False, about="Empty where it has worked since it came."),
            Column("reason", read.text(300), required=False),
            Column("document", read.reference(60), required=False),
            Column("owner", read.reference(60), required=False),
            Column("donor", read.reference(60), required=False),
            Column("value", read.decimal(3, 0), required=False),
            Column("currency", read.text(3), required=False),
            Column("serial", read.text(80), required=False),
            Column("condition", read.choice(Condition), required=False),
            Column("calibration_months", read.whole(1, 240), required=False),
            Column("running_costs_by", read.reference(60), required=False),
            Column("mended_by", read.text(200), required=False),
        ),
        take=take_equipment,
        optional=True,
        unique=("site", "inventory_number"),
    ),
    *REVIEWS,
    *UPKEEP,
    NEEDS,
    *PLANS,
    SheetKind(name="site_managers", pattern="accounts.*", columns=ACCOUNT_COLUMNS, take=take_managers),
)
