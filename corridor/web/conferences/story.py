"""What an announcement's page puts together: how it came about, and what other rooms say came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.silence import ENDED
from corridor.rooms.programmes import queries as programmes
from corridor.web.agreements.downstream import Stations, stations_after
from corridor.web.ui.days import number_text
from corridor.web.ui.names import agreement_title, member_called, title_of

ICONS = {
    "agreed": {"icon": "writing-sign"}, "in_preparation": {"icon": "tools"}, "running": {"icon": "player-play"},
    "done": {"icon": "check"}, "withdrawn": {"icon": "arrow-back-up"}, "announced": {"icon": "speakerphone"},
}  # fmt: skip


@dataclass(frozen=True)
class AnnouncementStory:
    """An announcement on a day, the agreements that answer it and the programmes that came of it."""

    announcement: Any
    agreements: list[Any]
    programmes: list[Any]
    after: Stations
    on: date

    def rail(self) -> dict[str, dict[str, str]]:
        conference = self.announcement.conference
        found = {
            "conference": {"word": str(conference.starts_on.year), "url": reverse("conference", args=[conference.reference])},
            "announcement": {"word": self.announcement.reference},
        }  # fmt: skip
        if self.agreements:
            count = len(self.agreements)
            words = ngettext("%(count)s agreement", "%(count)s agreements", count) % {"count": number_text(count)}
            found["agreement"] = {"word": words, "url": reverse("agreement", args=[self.agreements[0].reference])}
        return found | self.after

    def steps(self) -> list[dict[str, Any]]:
        """For the tag ``story``: what happened in the order of days, then what is due."""
        said = self.announcement
        steps = [
            {"day": said.announced_on, "when": said.conference.place, "icon": "speakerphone",
             "title": _("Announced at “%(conference)s”") % {"conference": title_of(said.conference).text},
             "text": _("Owned by %(member)s.") % {"member": member_called(said.owner).text},
             "links": [(said.conference.reference, reverse("conference", args=[said.conference.reference]))]}
        ]  # fmt: skip
        if said.confirmed_by:
            steps.append(
                {"day": said.confirmed_on, "icon": "checks", "title": _("Confirmed by a second person"),
                 "text": _("Since then it stands on the public ledger.")}
            )  # fmt: skip
        steps += [
            {"day": change.effective_on, **ICONS[change.to_status],
             "title": _("It became “%(state)s”") % {"state": _state(said, change.to_status)}, "text": change.reason}
            for change in said.changes.all()
            if change.effective_on <= self.on
        ]  # fmt: skip
        steps += [
            {"day": report.reported_on, "icon": "message-report", "title": _("The owner reported"), "text": report.text}
            for report in said.reports.all()
            if report.reported_on <= self.on
        ]
        steps += [
            {"day": agreement.starts_on, "icon": "writing-sign", "title": agreement_title(agreement).text,
             "text": _("The agreement that answers it; its first day."),
             "links": [(agreement.reference, reverse("agreement", args=[agreement.reference]))]}
            for agreement in self.agreements
            if agreement.starts_on <= self.on
        ]  # fmt: skip
        steps.sort(key=lambda step: step["day"])
        return [*steps, *self._ahead()]

    def _ahead(self) -> list[dict[str, Any]]:
        said = self.announcement
        if said.status_then in ENDED:
            return []
        if said.silent_then:
            return [
                {"day": said.due_then, "icon": "volume-off", "state": "not", "title": _("A report was due, and none came"),
                 "text": _("The ledger says “silent” by itself until the owner reports.")}
            ]  # fmt: skip
        return [{"day": said.due_then, "icon": "message-report", "state": "not", "title": _("The next report is due")}]


def announcement_story(*, reference: str, on: date, by: Actor) -> AnnouncementStory:
    """:raises NotFound: if there is none of that number, or none for this actor."""
    under = list(programmes.list_programmes(announcement=reference, by=by, on=on))
    return AnnouncementStory(
        announcement=queries.get_announcement(reference=reference, by=by, on=on),
        agreements=list(agreements.agreements_answering(announcement=reference, by=by, on=on)),
        programmes=under,
        after=stations_after(under, on=on, by=by),
        on=on,
    )


def _state(announcement: Any, status: str) -> str:
    return str(type(announcement.LIFE.first)(status).label)
