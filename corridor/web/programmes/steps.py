"""The steps of a programme's story, in the order of the chain; what has not happened yet says so, and when it is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.web.templatetags.corridor_words import agreement_title, in_language, member_name, site_name
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import listed, member_called, title_of
from corridor.web.ui.sentences import count_or_few, told

from .reviews import review_due, reviewed
from .story import ProgrammeStory

Step = dict[str, Any]
ONE_DAY = timedelta(days=1)
MOST_DEMANDS, MOST_SITES = 3, 3


def steps_of(story: ProgrammeStory) -> list[Step]:
    past = [
        *_announced(story),
        *_demanded(story),
        *_agreed(story),
        *_written(story),
        *_approved(story),
        *_places(story),
        *reviewed(story),
    ]
    past.sort(key=lambda step: step["day"])
    since = [
        *_taught(story),
        *_decided(story),
        *_certified(story),
        *_followed_up(story),
        *_counted(story),
        *review_due(story),
    ]
    # What has not happened stands below "Today", whatever its place in the chain.
    return sorted([*past, *since], key=lambda step: step.get("state") == "not")


def _announced(story: ProgrammeStory) -> Iterator[Step]:
    announcement = story.programme.announcement
    if announcement is None:
        return
    conference, owner = announcement.conference, member_name(announcement.owner)
    if announcement.confirmed_on:
        text = told(
            _("“{title}”: promised by {owner}, confirmed by a second person on {day}."),
            title=in_language(title_of(announcement)), owner=owner, day=announcement.confirmed_on,
        )  # fmt: skip
    else:
        text = told(_("“{title}”: promised by {owner}."), title=in_language(title_of(announcement)), owner=owner)
    yield {
        "day": announcement.announced_on, "when": conference.place, "icon": "speakerphone",
        "title": _("Announced on the stage"), "text": text,
        "links": [(announcement.reference, f"/announcements/{announcement.reference}/")],
    }  # fmt: skip


def _demanded(story: ProgrammeStory) -> Iterator[Step]:
    for demand in story.demands[:MOST_DEMANDS]:
        if demand.stated_on is None:
            continue
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


def _agreed(story: ProgrammeStory) -> Iterator[Step]:
    agreement = story.programme.agreement
    days = {change.to_status: change.effective_on for change in agreement.changes.all()}
    signed, in_force = days.get("signed"), days.get("in_force")
    parties = [member_called(each.organisation).text for each in agreement.parties.all()]
    first = signed or in_force or agreement.starts_on
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
    yield {
        "day": first, "when": _parties(len(parties)), "icon": "writing-sign", "title": title, "text": text,
        "links": [(agreement.reference, f"/agreements/{agreement.reference}/")],
    }  # fmt: skip


def _parties(count: int) -> str:
    return ngettext("%(count)s party", "%(count)s parties", count) % {"count": count}


def _written(story: ProgrammeStory) -> Iterator[Step]:
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


def _approved(story: ProgrammeStory) -> Iterator[Step]:
    words = {
        "approved": (_("Programme approved"), "thumb-up"), "running": (_("Programme running"), "player-play"),
        "suspended": (_("Programme suspended"), "player-pause"), "completed": (_("Programme completed"), "flag-off"),
        "cancelled": (_("Programme cancelled"), "calendar-off"),
    }  # fmt: skip
    for change in story.programme.changes.all():
        if change.effective_on <= story.on and change.to_status in words:
            title, icon = words[change.to_status]
            yield {"day": change.effective_on, "icon": icon, "title": title, "text": change.reason}


def _places(story: ProgrammeStory) -> Iterator[Step]:
    for site in story.sites[:MOST_SITES]:
        listings = sorted(site.listings.all(), key=lambda each: each.starts_on)
        if not listings:
            continue
        brands = listed(each.brand.name for each in listings)
        yield {
            "day": listings[0].starts_on, "when": site.city, "icon": "building",
            "title": told(_("The place opens: {site}"), site=site_name(site)),
            "text": told(_("Hosted by {host}; it stands under {brands}."), host=member_name(site.host), brands=brands),
            "links": [(site.reference, reverse("site", args=[site.reference]))],
        }  # fmt: skip


def _taught(story: ProgrammeStory) -> Iterator[Step]:
    teaching = story.teaching
    if not teaching.cohorts:
        yield _not_yet(
            icon="users",
            title=_("Learners"),
            text=_("No cohort has been opened. It will answer a dated demand statement."),
        )
        return
    links = [(each.reference, reverse("cohort", args=[each.reference])) for each in story.cohorts[:3]]
    title = ngettext("%(count)s cohort opened", "%(count)s cohorts opened", teaching.cohorts)
    yield {
        "day": teaching.first_on, "when": _("first day"), "icon": "users",
        "title": title % {"count": number_text(teaching.cohorts)},
        "text": told(
            _("{learners} places were taken up; {learning} are learning now, {completed} have completed."),
            learners=count_or_few(teaching.learners), learning=count_or_few(teaching.learning),
            completed=count_or_few(teaching.completed),
        ),
        "links": links, "state": "" if teaching.first_on and teaching.first_on <= story.on else "not",
    }  # fmt: skip
    if not teaching.locked:
        yield _not_yet(icon="calendar-check", title=_("Sessions"), text=_("No register has been signed."))
        return
    text = _("A session counts when its register is signed.")
    if teaching.due:
        late = ngettext(
            "%(late)s register of an earlier day is not signed yet.",
            "%(late)s registers of earlier days are not signed yet.",
            teaching.due,
        )
        text = late % {"late": number_text(teaching.due)}
    yield {
        "day": teaching.first_session_on, "when": _until(teaching.last_session_on), "icon": "calendar-check",
        "title": _("%(signed)s of %(all)s sessions held and signed")
        % {"signed": number_text(teaching.locked), "all": number_text(teaching.sessions)},
        "text": text, "done": teaching.locked, "whole": teaching.sessions,
        "state": "now" if teaching.running else "",
    }  # fmt: skip


def _decided(story: ProgrammeStory) -> Iterator[Step]:
    deciding = story.deciding
    if deciding.decisions == 0:
        yield _not_yet(icon="clipboard-check", title=_("Decisions"), text=_(
                "Each learner is decided about in each unit, by an assessor who does not teach them."
            )
        )  # fmt: skip
        return
    units = len(story.units())
    yield {
        "day": deciding.first_on, "when": _until(deciding.last_on), "icon": "clipboard-check",
        "title": ngettext("Decided in %(done)s of %(all)s unit", "Decided in %(done)s of %(all)s units", units)
        % {"done": deciding.units, "all": units},
        "text": told(
            _("{decisions} final decisions about {learners} learners, {competent} of them “competent”."),
            decisions=count_or_few(deciding.decisions), learners=count_or_few(deciding.learners),
            competent=count_or_few(deciding.competent),
        ),
        "state": "now" if story.teaching.running else "",
    }  # fmt: skip


def _certified(story: ProgrammeStory) -> Iterator[Step]:
    issuing, ends_before = story.issuing, story.teaching.ends_before
    if issuing.issued == 0:
        due = ends_before - ONE_DAY if ends_before and ends_before > story.on else None
        yield _not_yet(icon="certificate", title=_("Certificates"), text=_(
                "One for each learner: an award where all required units are competent, otherwise a statement of the competent ones."
            ),
            when=_("after %(day)s, the last day of a cohort") % {"day": day_text(due)} if due else "",
        )  # fmt: skip
        return
    yield {
        "day": issuing.first_on, "when": _until(issuing.last_on), "icon": "certificate",
        "title": told(_("{count} certificates issued"), count=count_or_few(issuing.issued)),
        # Where one of the two is too small to be shown, both are hidden: the larger one is not "few".
        "text": "" if issuing.awards is None or issuing.statements is None else told(
            _("{awards} awards for all required units, {statements} statements of units."),
            awards=issuing.awards, statements=issuing.statements,
        ),
        "links": [(_("Verify one"), "/verify/")],
    }  # fmt: skip


def _followed_up(story: ProgrammeStory) -> Iterator[Step]:
    asked = story.following_up
    if asked.eligible == 0 or asked.last_closes_on is None:
        yield _not_yet(icon="briefcase", title=_("People at work"), text=_(
                "Everybody who completed is asked some months later. Then this page says how many were asked, reached and answered."
            ),
        )  # fmt: skip
        return
    yield {
        "day": asked.last_closes_on, "when": _("after %(months)s months") % {"months": asked.months}, "icon": "phone-check",
        "title": _("Graduates asked about work"),
        "text": told(
            _("{asked} of {eligible} were asked, {reached} reached, {answered} answered. The share at work stands with its bounds."),
            asked=count_or_few(asked.asked), eligible=count_or_few(asked.eligible), reached=count_or_few(asked.reached),
            answered=count_or_few(asked.answered),
        ),
        "links": [(_("At work, as a figure"), f"/figures/outcomes.employed_any/?programme={story.programme.reference}")],
        "state": "" if asked.last_closes_on <= story.on else "not",
    }  # fmt: skip


def _counted(story: ProgrammeStory) -> Iterator[Step]:
    completed = story.teaching.completed
    if completed == 0:
        yield _not_yet(
            icon="chart-bar",
            title=_("Figures"),
            text=_("Nobody has completed yet, so no figure counts this programme's learners."),
        )
        return
    reference = story.programme.reference
    yield {
        "day": story.teaching.last_session_on or story.on, "when": _("opens to the records"), "icon": "chart-bar",
        "title": told(_("Counted: {count} completions"), count=count_or_few(completed)),
        "text": _("Each number opens down to what is behind it: cohorts, registers, decisions."),
        "links": [
            (_("Completions"), f"/figures/training.completions/?programme={reference}"),
            (_("Persons who completed"), f"/figures/training.persons_completed/?programme={reference}"),
        ],
    }  # fmt: skip


def _not_yet(*, icon: str, title: str, text: str, when: str = "") -> Step:
    return {"day": None, "when": when, "icon": icon, "title": title, "text": text, "state": "not"}


def _until(day: Any) -> str:
    return _("to %(day)s") % {"day": day_text(day)} if day else ""
