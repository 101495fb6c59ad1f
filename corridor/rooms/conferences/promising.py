"""What an announcement promises, checked and made into rows: its wording, who stands behind it, its target."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .drafts import TargetDraft, WordingDraft
from .kinds import Said, StandsAs
from .models import Announcement, AnnouncementTarget, AnnouncementWording

LONGEST_WORDING, MOST_COUNTED = 5000, Decimal("999999999999.99")


def faults_of_wordings(wordings: Sequence[WordingDraft]) -> list[Problem]:
    faults = []
    for each in wordings:
        places: dict[str, object] = {"language": each.language, "most": LONGEST_WORDING}
        if not is_language(each.language):
            faults.append(
                Problem(N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."), places, column="language")
            )  # fmt: skip
        if not each.text.strip():
            faults.append(Problem(N_("Write what was said."), column="text"))
        if len(each.text) > LONGEST_WORDING:
            faults.append(Problem(N_("Write at most %(most)s characters."), places, column="text"))
    languages = [each.language for each in wordings]
    if len(set(languages)) < len(languages):
        faults.append(Problem(N_("Each language stands once."), column="language"))
    return faults


def faults_of_members(owner: Organisation, members: Mapping[Organisation, StandsAs]) -> list[Problem]:
    if owner in members:
        places: dict[str, object] = {"member": owner.reference}
        return [Problem(N_("%(member)s owns it already; name the others."), places, column="members")]
    return []


def faults_of_target(target: TargetDraft, *, announced_on: date) -> list[Problem]:
    faults = []
    if not 0 < target.number <= MOST_COUNTED:
        faults.append(Problem(N_("A target is a number above zero."), column="number"))
    elif target.number != target.number.quantize(Decimal("0.01")):
        faults.append(Problem(N_("A target has at most two places behind the point."), column="number"))
    if not target.unit.strip():
        faults.append(Problem(N_("Say what is counted, for example teachers or sites."), column="unit"))
    if target.reach_by <= announced_on:
        faults.append(Problem(N_("A target is reached after the day of the announcement."), column="reach_by"))
    return faults


def wording_of(announcement: Announcement, draft: WordingDraft) -> AnnouncementWording:
    return AnnouncementWording(
        announcement=announcement, language=draft.language, text=draft.text.strip(), said=Said(draft.said)
    )


def target_of(announcement: Announcement, draft: TargetDraft, *, on: date, by: Actor) -> AnnouncementTarget:
    return AnnouncementTarget(
        announcement=announcement, number=draft.number, unit=draft.unit.strip(), language=draft.language,
        indicator=draft.indicator, reach_by=draft.reach_by, set_on=on, reason=draft.reason.strip(),
        by_label=draft.made_by or by.label,
    )  # fmt: skip
