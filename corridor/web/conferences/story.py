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
from corridor.rooms.conferences.lifecycle import ENDED
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.training import queries as training
from corridor.web.agreements.downstream import Stations, stations_after
from corridor.web.ui.days import number_text
from corridor.web.ui.names import agreement_title, member_called, title_of
from corridor.web.ui.sentences import count_or_few

RECORD_PAGES = {
    "agreement": "/agreements/{}/", "programme": "/programmes/{}/", "site": "/sites/{}/", "curriculum": "/curricula/{}/",
    "demand": "/demand/{}/", "member": "/members/{}/",
}  # fmt: skip
ICONS = {
    "agreed": {"icon": "writing-sign"}, "in_preparation": {"icon": "tools"}, "running": {"icon": "player-play"},
    "done": {"icon": "check"}, "withdrawn": {"icon": "arrow-back-up"}, "announced": {"icon": "speakerphone"},
    "merged": {"icon": "arrow-merge"},
}  # fmt: skip


@dataclass(frozen=True)
class AnnouncementStory:
    """An announcement on a day, the agreements that answer it and the programmes that came of it."""

    announcement: Any
    merged: list[Any]
    agreements: list[Any]
    programmes: list[Any]
    after: Stations
    people: "People | None"
    on: date

    def standing(self) -> Any:
        """Where it leads, if it was merged by that day; else None."""
        return self.announcement.standing() if self.announcement.status_then == "merged" else None

    def sites(self) -> list[Any]:
        """Where its programmes are held, each site once, by reference."""
        found = {place.site.reference: place.site for each in self.programmes for place in each.places.all()}
        return [found[reference] for reference in sorted(found)]

    def reports(self) -> list[Any]:
        """All that was told by that day, here and under the numbers that lead here, in the order of days."""
        told = [each for one in (self.announcement, *self.merged) for each in one.reports.all()]
        return sorted((each for each in told if each.reported_on <= self.on), key=lambda each: each.reported_on)

    def target(self) -> dict[str, Any] | None:
        """What it promises to reach, how far the owner says it is, and the targets before."""
        found = [each for each in self.announcement.targets.all() if each.set_on <= self.on]
        if not found:
            return None
        reached = next((each for each in reversed(self.reports()) if each.reached is not None), None)
        last, done = found[-1], reached.reached if reached else None
        return {
            "target": last, "before": found[-2::-1], "reached": done, "reported_on": reached.reported_on if reached else None,
            "done": min(int(done), int(last.number)) if done is not None else 0, "whole": int(last.number),
            "is_late": last.reach_by < self.on and (done is None or done < last.number) and self.announcement.status_then not in ENDED,
        }  # fmt: skip

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
            {"day": report.reported_on, "icon": "message-report", "title": _("The owner reported"), "text": report.text,
             "links": _shown_by(report, said)}
            for report in self.reports()
        ]  # fmt: skip
        steps += [
            {"day": list(each.changes.all())[-1].effective_on, "icon": "arrow-merge",
             "title": _("%(announcement)s was merged with it") % {"announcement": each.reference}, "text": title_of(each).text,
             "links": [(each.reference, reverse("announcement", args=[each.reference]))]}
            for each in self.merged
            if each.status_on(self.on) == "merged"
        ]  # fmt: skip
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


@dataclass(frozen=True)
class People:
    """From the promise to people: what the programmes under it count, as this reader may be told."""

    cohorts: int
    learners: str
    completed: str
    url: str


def announcement_story(*, reference: str, on: date, by: Actor) -> AnnouncementStory:
    """:raises NotFound: if there is none of that number, or none for this actor."""
    said = queries.get_announcement(reference=reference, by=by, on=on)
    merged = queries.merged_into(announcement=said, by=by)
    numbers = [said.reference, *(each.reference for each in merged)]
    # A programme may keep both an announcement and one that was merged with it.
    found = {each.pk: each for one in numbers for each in programmes.list_programmes(announcement=one, by=by, on=on)}
    under = list(found.values())
    return AnnouncementStory(
        announcement=said,
        merged=merged,
        agreements=[each for one in numbers for each in agreements.agreements_answering(announcement=one, by=by, on=on)],
        programmes=under,
        after=stations_after(under, on=on, by=by),
        people=_people(under, on=on, by=by),
        on=on,
    )  # fmt: skip


def _people(under: list[Any], *, on: date, by: Actor) -> People | None:
    keys = [each.pk for each in under]
    taught = training.teaching_of(group=training.BY_PROGRAMME, keys=keys, on=on, by=by).values()
    cohorts = sum(each.cohorts for each in taught)
    if not cohorts:
        return None
    learners = [each.learners for each in taught]
    completed = [each.completed for each in taught]
    scope = f"?programme={under[0].reference}" if len(under) == 1 else ""
    return People(
        cohorts=cohorts,
        learners=_counted(learners),
        completed=_counted(completed),
        url=f"/figures/training.persons_completed/{scope}",
    )


def _counted(parts: list[int | None]) -> str:
    """Hidden where a part is: the rest would tell it."""
    return str(count_or_few(None if None in parts else sum(each or 0 for each in parts)))


def _shown_by(report: Any, said: Any) -> list[tuple[str, str]]:
    """What shows a report: files and records, by what they are called and where they are opened."""
    found = []
    for each in report.evidence.all():
        if each.document is not None:
            url = reverse("announcement-evidence", args=[report.announcement.reference, each.document.reference])
            found.append((each.document.title, url))
        else:
            found.append((each.reference, RECORD_PAGES[each.kind].format(each.reference)))
    if report.announcement_id != said.pk:
        found.append((report.announcement.reference, reverse("announcement", args=[report.announcement.reference])))
    return found


def _state(announcement: Any, status: str) -> str:
    return str(type(announcement.LIFE.first)(status).label)
