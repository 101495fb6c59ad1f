"""Where a programme hangs in the chain: a word and a way for each station that it has reached."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.web.ui.days import number_text
from corridor.web.ui.sentences import count_or_few

from .story import ProgrammeStory


def stations_of(story: ProgrammeStory) -> dict[str, dict[str, str]]:
    programme, teaching = story.programme, story.teaching
    found: dict[str, dict[str, str]] = {"programme": {"word": programme.reference}}
    for announcement in story.announcements[:1]:
        conference = announcement.conference
        found["conference"] = {"word": str(conference.starts_on.year), "url": f"/conferences/{conference.reference}/"}
        found["announcement"] = {"word": announcement.reference, "url": f"/announcements/{announcement.reference}/"}
    found["agreement"] = {
        "word": programme.agreement.reference, "url": f"/agreements/{programme.agreement.reference}/"
    }  # fmt: skip
    if story.sites:
        first = story.sites[0]
        word = first.city if len(story.sites) == 1 else _count(len(story.sites))
        found["site"] = {"word": word, "url": reverse("site", args=[first.reference])}
    if teaching.cohorts:
        found["cohort"] = {
            "word": _("%(running)s of %(all)s") % {"running": teaching.running, "all": teaching.cohorts},
            "url": "#cohorts" if story.cohorts else "",
        }
    if teaching.locked:
        found["session"] = {
            "word": _("%(signed)s of %(all)s")
            % {"signed": number_text(teaching.locked), "all": number_text(teaching.sessions)}
        }
    if story.deciding.decisions != 0:
        units = len(story.units())
        found["decision"] = {
            "word": ngettext("%(done)s of %(all)s unit", "%(done)s of %(all)s units", units)
            % {"done": story.deciding.units, "all": units}
        }
    if story.issuing.issued != 0:
        found["credential"] = {"word": str(count_or_few(story.issuing.issued))}
    if story.following_up.asked != 0:
        found["outcome"] = {"word": _("%(asked)s asked") % {"asked": count_or_few(story.following_up.asked)}}
    if teaching.completed != 0:
        found["figure"] = {
            "word": str(count_or_few(teaching.completed)),
            "url": f"/figures/training.completions/?programme={programme.reference}",
        }
    return found


def _count(sites: int) -> str:
    return ngettext("%(count)s site", "%(count)s sites", sites) % {"count": sites}
