"""The later steps of a programme's story: cohorts, registers, decisions, certificates, people at work, figures."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.sentences import count_or_few, told

from .steps_before import Step, not_yet
from .story import ProgrammeStory

ONE_DAY = timedelta(days=1)


def taught(story: ProgrammeStory) -> Iterator[Step]:
    teaching = story.teaching
    if not teaching.cohorts:
        yield not_yet(
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
        yield not_yet(icon="calendar-check", title=_("Sessions"), text=_("No register has been signed."))
        return
    hours = story.minutes // 60
    text = ngettext(
        "%(hours)s hour was taught. A session counts when its register is signed.",
        "%(hours)s hours were taught. A session counts when its register is signed.",
        hours,
    ) % {"hours": number_text(hours)}
    if teaching.due:
        late = ngettext(
            "%(late)s register of an earlier day is not signed yet.",
            "%(late)s registers of earlier days are not signed yet.",
            teaching.due,
        )
        text = told("{hours} {late}", hours=text, late=late % {"late": number_text(teaching.due)})
    yield {
        "day": teaching.first_session_on, "when": _until(teaching.last_session_on), "icon": "calendar-check",
        "title": _("%(signed)s of %(all)s sessions held and signed")
        % {"signed": number_text(teaching.locked), "all": number_text(teaching.sessions)},
        "text": text, "done": teaching.locked, "whole": teaching.sessions,
        "state": "now" if teaching.running else "",
    }  # fmt: skip


def decided(story: ProgrammeStory) -> Iterator[Step]:
    deciding = story.deciding
    if deciding.decisions == 0:
        yield not_yet(icon="clipboard-check", title=_("Decisions"), text=_(
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


def certified(story: ProgrammeStory) -> Iterator[Step]:
    issuing, ends_before = story.issuing, story.teaching.ends_before
    if issuing.issued == 0:
        due = ends_before - ONE_DAY if ends_before and ends_before > story.on else None
        yield not_yet(icon="certificate", title=_("Certificates"), text=_(
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


def followed_up(story: ProgrammeStory) -> Iterator[Step]:
    asked = story.following_up
    if asked.eligible == 0 or asked.last_closes_on is None:
        yield not_yet(icon="briefcase", title=_("People at work"), text=_(
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


def counted(story: ProgrammeStory) -> Iterator[Step]:
    completed = story.teaching.completed
    if completed == 0:
        yield not_yet(
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


def _until(day: Any) -> str:
    return _("to %(day)s") % {"day": day_text(day)} if day else ""
