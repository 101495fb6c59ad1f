"""The first steps of a programme's story: announced, agreed, written, approved step by step, the places where it is held, demanded."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.web.templatetags.corridor_words import agreement_title, in_language, isolated, member_name, site_name
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import listed, member_called, title_of
from corridor.web.ui.sentences import told

from .story import ProgrammeStory

Step = dict[str, Any]
MOST_DEMANDS, MOST_SITES = 3, 3


def announced(story: ProgrammeStory) -> Iterator[Step]:
    if not story.announcements:
        yield not_yet(icon="speakerphone", title=_("Announcement"), text=_("It was not announced on a stage."))
    for announcement in story.announcements:
        yield _announced(announcement)


def _announced(announcement: Any) -> Step:
    conference, owner = announcement.conference, member_name(announcement.owner)
    if announcement.confirmed_on:
        text = told(
            _("“{title}”: promised by {owner}, confirmed by a second person on {day}."),
            title=in_language(title_of(announcement)), owner=owner, day=announcement.confirmed_on,
        )  # fmt: skip
    else:
        text = told(_("“{title}”: promised by {owner}."), title=in_language(title_of(announcement)), owner=owner)
    return {
        "day": announcement.announced_on, "when": conference.place, "icon": "speakerphone",
        "title": _("Announced on the stage"), "text": text,
        "links": [(announcement.reference, f"/announcements/{announcement.reference}/")],
    }  # fmt: skip


def agreed(story: ProgrammeStory) -> Iterator[Step]:
    for each in story.programme.agreements_under.all():
        yield _agreed(each.agreement, story)


def _agreed(agreement: Any, story: ProgrammeStory) -> Step:
    days = {
        change.to_status: change.effective_on for change in agreement.changes.all() if change.effective_on <= story.on
    }
    signed, in_force = days.get("signed"), days.get("in_force")
    parties = [member_called(each.organisation).text for each in agreement.parties.all()]
    first = signed or in_force
    if in_force:
        title = _("Agreement signed, in force since %(day)s") % {"day": day_text(in_force)}
    elif signed:
        title = _("Agreement signed")
    else:
        title = _("Agreement proposed, not signed by all")
    text = told(_("{title}. Between {parties}."), title=agreement_title(agreement), parties=listed(parties))
    if "activated" in days:
        text = told(
            _("{before} First delivery on {day}: it counts as activated since then."),
            before=text, day=days["activated"],
        )  # fmt: skip
    return {
        "day": first, "when": _parties(len(parties)), "icon": "writing-sign", "title": title, "text": text,
        "state": "" if first else "not",
        "links": [(agreement.reference, f"/agreements/{agreement.reference}/")],
    }  # fmt: skip


def _parties(count: int) -> str:
    return ngettext("%(count)s party", "%(count)s parties", count) % {"count": count}


def written(story: ProgrammeStory) -> Iterator[Step]:
    version = story.programme.curriculum_version
    if version is None:
        return
    published = next((each.effective_on for each in version.changes.all() if each.to_status == "published"), None)
    if published is None:
        return
    hours = story.hours()
    parts = listed(_("%(kind)s %(hours)s") % {"kind": word, "hours": number_text(sum_)} for word, sum_ in hours.items())
    count = len(story.units())
    title = ngettext(
        "Curriculum published: %(units)s unit, %(hours)s hours",
        "Curriculum published: %(units)s units, %(hours)s hours",
        count,
    ) % {"units": number_text(count), "hours": number_text(sum(hours.values()))}
    reference = version.curriculum.reference
    yield {
        "day": published, "when": _("version %(version)s") % {"version": version.version}, "icon": "book-2", "title": title,
        "text": parts, "links": [(f"{reference} {version.version}", reverse("curriculum", args=[reference, version.version]))],
    }  # fmt: skip


def approved(story: ProgrammeStory) -> Iterator[Step]:
    """Every step of approval that was taken, and those that are open."""
    reference = story.programme.reference
    link = (_("Steps of approval"), reverse("programme-steps", args=[reference]))
    for state in story.approval.states:
        for each in state.findings:
            text = each.reason or each.finding if story.approval.tells else ""
            is_returned = each.outcome == "returned"
            yield {
                "day": each.found_on, "when": state.step.label, "icon": "arrow-back-up" if is_returned else "checks",
                "title": _("Step of approval returned") if is_returned else _("Step of approval approved"),
                "text": told(_("By {who}. {text}"), who=isolated(each.found_by), text=isolated(text)), "links": [link],
            }  # fmt: skip
        if state.is_open:
            again = _("It was returned and comes again when it is mended.")
            yield not_yet(
                icon="checks", when=str(state.step.label), title=_("Step of approval"),
                text=again if state.is_returned else _("Nobody has approved this step."), links=[link],
            )  # fmt: skip


def moved(story: ProgrammeStory) -> Iterator[Step]:
    words = {
        "approved": (_("Programme approved"), "thumb-up"), "running": (_("Programme running"), "player-play"),
        "suspended": (_("Programme suspended"), "player-pause"), "completed": (_("Programme completed"), "flag-off"),
        "cancelled": (_("Programme cancelled"), "calendar-off"),
    }  # fmt: skip
    for change in story.programme.changes.all():
        if change.effective_on <= story.on and change.to_status in words:
            title, icon = words[change.to_status]
            yield {"day": change.effective_on, "icon": icon, "title": title, "text": change.reason}
    if story.programme.status_then == "proposed":
        yield not_yet(
            icon="thumb-up", title=_("Approval"), text=_("Once the agreement is signed and every step is approved.")
        )


def placed(story: ProgrammeStory) -> Iterator[Step]:
    if not story.sites:
        yield not_yet(icon="building", title=_("Site"), text=_("It is held at no site yet."))
    for site in story.sites[:MOST_SITES]:
        yield from _places(site, story)


def _places(site: Any, story: ProgrammeStory) -> Iterator[Step]:
    days = {change.to_status: change.effective_on for change in site.changes.all() if change.effective_on <= story.on}
    listings = sorted(site.listings.all(), key=lambda each: each.starts_on)
    links = [(site.reference, reverse("site", args=[site.reference]))]
    opened = days.get("unveiled") or next((each.starts_on for each in listings if each.starts_on <= story.on), None)
    brands = listed(each.brand.name for each in listings if each.starts_on <= story.on)
    text = told(_("Hosted by {host}; it stands under {brands}."), host=member_name(site.host), brands=brands)
    if not brands:
        text = told(_("Hosted by {host}."), host=member_name(site.host))
    title = told(_("The site is unveiled: {site}"), site=site_name(site)) if "unveiled" in days else told(
        _("The place opens: {site}"), site=site_name(site)
    )  # fmt: skip
    yield {
        "day": opened, "when": site.city, "icon": "building", "title": title, "text": text, "links": links,
        "state": "" if opened else "not",
    }  # fmt: skip
    accepted = days.get("accepted") or min(
        (each.accepted_on for each in listings if each.accepted_on and each.accepted_on <= story.on), default=None
    )
    if accepted:
        yield {
            "day": accepted, "when": site.city, "icon": "rosette-discount-check",
            "title": told(_("The site is accepted: {site}"), site=site_name(site)),
            "text": _("A panel looked at it against the criteria of its brand."), "links": links,
        }  # fmt: skip
    else:
        yield not_yet(
            icon="rosette-discount-check", when=site.city, title=told(_("Acceptance of {site}"), site=site_name(site)),
            text=_("No panel has accepted it under a brand."), links=links,
        )  # fmt: skip


def demanded(story: ProgrammeStory) -> Iterator[Step]:
    found = [each for each in story.demands if each.stated_on is not None]
    if not found:
        yield not_yet(
            icon="building-factory-2", title=_("Demand"),
            text=_("No employer has said yet how many people it needs, able to do what and by when."),
        )  # fmt: skip
    for demand in found[:MOST_DEMANDS]:
        yield {
            "day": demand.stated_on, "when": demand.get_strength_display(), "icon": "building-factory-2",
            "title": _("An employer said what it needs"),
            "text": told(
                ngettext(
                    "{employer} needs {posts} person as {occupation} by {day}.",
                    "{employer} needs {posts} persons as {occupation} by {day}.",
                    demand.posts,
                ),
                employer=member_name(demand.employer), posts=demand.posts, occupation=demand.occupation_title,
                day=demand.needed_by,
            ),
            "links": [(demand.reference, f"/demand/{demand.reference}/")],
        }  # fmt: skip


def not_yet(*, icon: str, title: str, text: str, when: str = "", links: Any = ()) -> Step:
    """A step that has not happened: it stands with the words “not yet”."""
    return {"day": None, "when": when, "icon": icon, "title": title, "text": text, "state": "not", "links": links}
