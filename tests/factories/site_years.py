"""A plan of a site for a year with lines, and what was spent; photos of the place."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from PIL import Image

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members.models import Organisation
from corridor.rooms.sites import actions
from corridor.rooms.sites.drafts_of_plans import (
    PhotoDraft,
    PhotoWords,
    PlanDraft,
    PlanLineDraft,
    SpendingDraft,
    Targets,
)
from corridor.rooms.sites.models import PlanLine, Site, SitePhoto, SiteShowing, Spending, YearPlan

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
TARGETS = Targets(sessions=100, learners=40, machine_hours=500)


def picture(size: tuple[int, int] = (40, 30), *, form: str = "JPEG", exif: bytes = b"") -> bytes:
    """A picture of one colour, with what a camera wrote beside it where that is given."""
    kept = BytesIO()
    Image.new("RGB", size, (90, 120, 80)).save(kept, form, **({"exif": exif} if exif else {}))
    return kept.getvalue()


def make_photo(site: Site, caption: str = "The hall", *, persons: str = "nobody", content: bytes = b"") -> SitePhoto:
    texts = {"en": PhotoWords(caption, f"{caption}, seen from the door")}
    upload = Upload("photo.jpg", content or picture(), caption, kind="photo")
    return actions.add_photos(photos=[PhotoDraft(site, persons, texts, upload=upload)], at=AT, by=NIGHTLY)[0]


def make_showing(
    site: Site, *, starts_on: date = date(2024, 1, 1), ends_before: date = date(2024, 4, 1)
) -> SiteShowing:
    return actions.show_site(
        site=site, starts_on=starts_on, ends_before=ends_before, reason="A visit of the ministry", by=NIGHTLY
    )


def make_plan(site: Site, year: int = 2023, targets: Targets = TARGETS) -> YearPlan:
    return actions.plan_years(plans=[PlanDraft(site, year, targets)], by=NIGHTLY)[0]


def make_line(
    plan: YearPlan,
    amount: str = "1000",
    currency: str = "CNY",
    *,
    kind: str = "upkeep",
    what: str = "Service of the lifts",
    paid_by: Organisation | None = None,
) -> PlanLine:
    draft = PlanLineDraft(plan, kind, what, Decimal(amount), currency, paid_by)
    return actions.add_plan_lines(lines=[draft], by=NIGHTLY)[0]


def make_spending(
    line: PlanLine, amount: str = "400", currency: str = "", *, on: date = date(2023, 6, 1), what: str = ""
) -> Spending:
    draft = SpendingDraft(line, on, Decimal(amount), currency or line.currency, what)
    return actions.write_spending(spendings=[draft], at=AT, by=NIGHTLY)[0]
