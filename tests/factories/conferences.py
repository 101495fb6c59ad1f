"""A conference in Chongqing and what was announced on its stage."""

from datetime import UTC, date, datetime
from typing import Any

from corridor.foundations.access import NIGHTLY, VISITOR, Actor
from corridor.foundations.accounts.models import User
from corridor.rooms.conferences import actions
from corridor.rooms.conferences.actions import ContributionDraft, DelegateDraft, Registered
from corridor.rooms.conferences.drafts import AnnouncementDraft, ConferenceDraft
from corridor.rooms.conferences.lifecycle import ContributionStatus
from corridor.rooms.conferences.models import Announcement, Conference, Contribution
from corridor.rooms.members.models import Organisation

from .actors import make_actor, make_user
from .members import make_member

HELD_ON = date(2023, 11, 23)
REPORT_DUE_ON = date(2024, 1, 31)
REGISTERED_AT = datetime(2024, 2, 2, 9, tzinfo=UTC)


def make_conference(
    reference: str = "CONF-2023", *, starts_on: date = HELD_ON, ends_before: date | None = None, is_held: bool = True
) -> Conference:
    """A conference of one day (unless ``ends_before`` says otherwise), held on its first day."""
    draft = ConferenceDraft(
        reference=reference, place="Chongqing", country="CN", starts_on=starts_on,
        ends_before=ends_before or date.fromordinal(starts_on.toordinal() + 1),
        zone="Asia/Shanghai", titles={"en": f"Annual conference {starts_on.year}", "zh-Hans": f"{starts_on.year}年年会"},
    )  # fmt: skip
    conference = actions.plan_conference(conference=draft, by=NIGHTLY)
    return actions.hold_conference(conference=conference, on=starts_on, by=NIGHTLY) if is_held else conference


def open_registration(
    conference: Conference,
    *,
    opens_on: date = date(2024, 1, 1),
    closes_before: date | None = None,
    places: int | None = None,
) -> None:
    actions.open_registration(
        conference=conference,
        opens_on=opens_on,
        closes_before=closes_before or conference.starts_on,
        places=places,
        by=NIGHTLY,
    )


def make_delegate(
    conference: Conference, email: str = "mei@example.org", *, at: datetime = REGISTERED_AT, **more: Any
) -> Registered:
    """Mei comes from a school that is no member, unless told otherwise."""
    given = {"name": "梅", "latin_name": "Mei", "language": "en", "comes_from": "A school", "country": "CN"} | more
    draft = DelegateDraft(email=email, **given)
    return actions.register_delegate(conference=conference, delegate=draft, on=at.date(), at=at, by=VISITOR)


def make_announcement(
    reference: str = "",
    *,
    conference: Conference | None = None,
    owner: Organisation | None = None,
    title: str = "Panda College",
    country: str = "LA",
    announced_on: date | None = None,
    next_report_due_on: date = REPORT_DUE_ON,
    made_by: str = "li-na",
    confirmed_by: str = "council",
    source_mark: str = "assumed",
) -> Announcement:
    """A confirmed announcement of Chongqing's; without a second person where ``confirmed_by`` is empty."""
    conference = conference or Conference.objects.first() or make_conference()
    day = announced_on or conference.starts_on
    draft = AnnouncementDraft(
        reference=reference, conference=conference, country=country, announced_on=day, titles={"en": title},
        owner=owner or Organisation.objects.filter(reference="chongqing").first() or make_member("chongqing"),
        next_report_due_on=next_report_due_on, made_by=made_by, confirmed_by=confirmed_by,
        confirmed_on=day if confirmed_by else None, source_mark=source_mark,
    )  # fmt: skip
    return actions.make_announcement(announcement=draft, by=NIGHTLY)


def make_contribution(
    conference: Conference, member: Organisation, *, status: str = "submitted", judge: Actor | None = None, **more: Any
) -> Contribution:
    """Khamla's on brakes, in Lao, as far as ``status``; judged by ``judge`` (an account of its own where none is given)."""
    days = {"opens_on": conference.starts_on.replace(month=1, day=1), "closes_before": conference.starts_on}
    actions.call_for_contributions(conference=conference, by=NIGHTLY, **days)
    on = conference.starts_on.replace(month=2, day=2)
    given = {"title": "ເບກ", "abstract": "How we teach brakes.", "language": "lo", "speakers": ["Khamla"]} | more
    made = actions.send_contribution(contribution=ContributionDraft(conference, member, **given), on=on, by=NIGHTLY)
    if status == "withdrawn":
        return actions.withdraw_contribution(contribution=made, on=on, by=NIGHTLY)
    if status != "submitted":
        judge = judge or make_actor(
            "council", user=User.objects.filter(username="the-chair").first() or make_user("the-chair")
        )
        actions.judge_contribution(contribution=made, score=4, note="", on=on, by=judge)
        actions.decide_on_contribution(
            contribution=made, to=ContributionStatus(status), on=on, by=NIGHTLY, reason="Said last year."
        )
        made.refresh_from_db()
    return made
