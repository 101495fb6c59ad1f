"""Where a site hangs in the chain."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.web.ui.days import number_text
from corridor.web.ui.sentences import count_or_few

from .story import SiteStory


def stations_of(story: SiteStory) -> dict[str, dict[str, str]]:
    reference = story.site.reference
    found = {"site": {"word": reference}}
    if story.programmes:
        agreements = {one.agreement_id for each in story.programmes for one in each.agreements_under.all()}
        announcements = {one.announcement_id for each in story.programmes for one in each.announcements_kept.all()}
        found["agreement"] = {
            "word": ngettext("%(count)s agreement", "%(count)s agreements", len(agreements))
            % {"count": len(agreements)},
            "url": "/agreements/",
        }
        if announcements:
            found["conference"] = {"word": _("see the ledger"), "url": "/announcements/"}
            found["announcement"] = {
                "word": ngettext("%(count)s record", "%(count)s records", len(announcements))
                % {"count": len(announcements)},
                "url": "/announcements/",
            }
        running = len(story.running)
        found["programme"] = {"word": _("%(count)s running") % {"count": running}, "url": "#programmes"}
    teaching = story.teaching
    if teaching.cohorts:
        found["cohort"] = {"word": number_text(teaching.cohorts), "url": "#cohorts" if story.cohorts else ""}
    if teaching.locked:
        found["session"] = {"word": number_text(teaching.locked)}
    if story.deciding.decisions != 0:
        found["decision"] = {"word": _number(story.deciding.decisions)}
    if story.issuing.issued != 0:
        found["credential"] = {"word": _number(story.issuing.issued)}
    if story.following_up.asked != 0:
        found["outcome"] = {"word": _("%(asked)s asked") % {"asked": _number(story.following_up.asked)}}
    if story.completed.value != 0:
        found["figure"] = {
            "word": str(story.completed.value), "url": f"/figures/training.persons_completed/?site={reference}"
        }  # fmt: skip
    return found


def _number(count: int | None) -> str:
    shown = count_or_few(count)
    return number_text(shown) if isinstance(shown, int) else str(shown)
