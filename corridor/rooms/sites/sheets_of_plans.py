"""The sheets in which a folder brings photos, the days on which visit pages are public, year plans, and what was spent."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from . import actions
from .drafts_of_plans import PhotoDraft, PhotoWords, PlanDraft, PlanLineDraft, SpendingDraft, Targets
from .models import CostKind, PersonsShown, PlanLine, Site, YearPlan

NO_PLAN = N_("There is no plan of %(cell)s.")
NO_LINE = N_("There is no line %(cell)s.")
OF_PLAN = (Column("site", read.reference(60)), Column("year", read.whole(1990, 2199)))


def take_photos(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """A row for each language of a photo; photos stand in the order of their first rows."""
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    found: dict[str, tuple[Site, Document, str, dict[str, PhotoWords]]] = {}
    for row in rows:
        site, document = findings.find(row, "site", sites), findings.find(row, "document", documents)
        if site and document:
            _site, _document, _persons, texts = found.setdefault(row["document"], (site, document, row["persons"], {}))
            texts[row["language"]] = PhotoWords(row["caption"], row["alternative"])
    findings.refuse_if_any()
    drafts = [PhotoDraft(site, persons, texts, document=document) for site, document, persons, texts in found.values()]
    with refusals_in(rows):
        actions.add_photos(photos=drafts, at=at, by=by)
    return len(rows)


def take_showings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    found = [(row, site) for row in rows if (site := findings.find(row, "site", sites))]
    findings.refuse_if_any()
    with refusals_in(rows):
        for row, site in found:
            actions.show_site(
                site=site, starts_on=row["starts_on"], ends_before=row["ends_on"] + ONE_DAY, reason=row["reason"], by=by
            )  # fmt: skip
    return len(rows)


def take_plans(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    drafts = [
        PlanDraft(site, row["year"], Targets(row["sessions"], row["learners"], row["machine_hours"]))
        for row in rows
        if (site := findings.find(row, "site", sites))
    ]
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.plan_years(plans=drafts, by=by))


def take_lines(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    payers = by_reference(Organisation.objects.all(), (row["paid_by"] for row in rows))
    plans = YearPlan.objects.filter(site__reference__in={row["site"] for row in rows}).select_related("site")
    known = {(each.site.reference, each.year): each for each in plans}
    drafts = []
    for row in rows:
        payer = findings.find(row, "paid_by", payers)
        plan = findings.find(row, "year", known, NO_PLAN, key=(row["site"], row["year"]))
        if plan:
            drafts.append(
                PlanLineDraft(
                    plan, row["kind"], row["what"], row["amount"], row["currency"], payer, row["number"]
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_plan_lines(lines=drafts, by=by))


def take_spending(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    lines = PlanLine.objects.filter(plan__site__reference__in={row["site"] for row in rows})
    known = {
        (each.plan.site.reference, each.plan.year, each.number): each for each in lines.select_related("plan__site")
    }
    drafts, struck = [], []
    for row in rows:
        document = findings.find(row, "document", documents)
        line = findings.find(row, "number", known, NO_LINE, key=(row["site"], row["year"], row["number"]))
        if line:
            drafts.append(
                SpendingDraft(line, row["spent_on"], row["amount"], row["currency"], row["what"], document=document)
            )
            struck.append((row["struck_on"], row["struck_because"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        made = actions.write_spending(spendings=drafts, at=at, by=by)
        for spending, (on, reason) in zip(made, struck, strict=True):
            if on is not None:
                actions.strike_spending(spending=spending, reason=reason, on=on, by=by)
    return len(rows)


PLANS: tuple[SheetKind, ...] = (
    SheetKind(
        name="site_photos",
        pattern="site_photos.*",
        columns=(
            Column("site", read.reference(60)),
            Column("document", read.reference(60)),
            Column(
                "persons", read.choice(PersonsShown), about="nobody: can be recognised; agreed: everybody who can be"
            ),
            Column("language", read.language),
            Column("caption", read.text(200)),
            Column("alternative", read.text(300), about="what it shows, for whoever does not see it"),
        ),
        take=take_photos,
        optional=True,
        unique=("document", "language"),
    ),
    SheetKind(
        name="site_showings",
        pattern="site_showings.*",
        columns=(
            Column("site", read.reference(60)),
            Column("starts_on", read.day),
            Column("ends_on", read.day),
            Column("reason", read.text(300)),
        ),
        take=take_showings,
        optional=True,
        unique=("site", "starts_on"),
    ),
    SheetKind(
        name="site_year_plans",
        pattern="site_year_plans.*",
        columns=(
            *OF_PLAN,
            Column("sessions", read.whole(0, 10_000_000), required=False),
            Column("learners", read.whole(0, 10_000_000), required=False),
            Column("machine_hours", read.whole(0, 10_000_000), required=False, about="of all machines with a meter"),
        ),
        take=take_plans,
        optional=True,
        unique=("site", "year"),
    ),
    SheetKind(
        name="site_plan_lines",
        pattern="site_plan_lines.*",
        columns=(
            *OF_PLAN,
            Column("number", read.whole(1, 999)),
            Column("kind", read.choice(CostKind)),
            Column("what", read.text(200)),
            Column("amount", read.decimal(3, 0)),
            Column("currency", read.text(3)),
            Column("paid_by", read.reference(60), required=False),
        ),
        take=take_lines,
        optional=True,
        unique=("site", "year", "number"),
    ),
    SheetKind(
        name="site_spending",
        pattern="site_spending.*",
        columns=(
            *OF_PLAN,
            Column("number", read.whole(1, 999)),
            Column("spent_on", read.day),
            Column("amount", read.decimal(3, 0)),
            Column("currency", read.text(3)),
            Column("what", read.text(200), required=False),
            Column("document", read.reference(60), required=False),
            Column("struck_on", read.day, required=False),
            Column("struck_because", read.text(300), required=False),
        ),
        take=take_spending,
        optional=True,
    ),
)
