"""What makes a scheme none: too many attempts, an instrument without words, a written test without marks."""

from collections.abc import Mapping

from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .models import InstrumentKind
from .schemes import InstrumentDraft, SchemeDraft

MOST_ATTEMPTS, MOST_APPEAL_DAYS = 20, 365


def problems_of(draft: SchemeDraft) -> list[Problem]:
    """What is wrong with a draft, if anything."""
    found = []
    if not 1 <= draft.attempts_allowed <= MOST_ATTEMPTS:
        found.append(Problem(N_("Allow 1 to %(most)s attempts."), {"most": MOST_ATTEMPTS}, column="attempts_allowed"))
    if not 1 <= draft.appeal_days <= MOST_APPEAL_DAYS:
        text = N_("Leave 1 to %(most)s days for an appeal.")
        found.append(Problem(text, {"most": MOST_APPEAL_DAYS}, column="appeal_days"))
    for position, each in enumerate(draft.instruments, start=1):
        found += problems_of_instrument(each, position)
    return found


def problems_of_instrument(draft: InstrumentDraft, position: int) -> list[Problem]:
    """What is wrong with one instrument of a draft and its criteria, if anything."""
    found = _problems_of_texts(draft.titles, str(position), "title") + _problems_of_marks(draft, position)
    for place, criterion in enumerate(draft.criteria, start=1):
        found += _problems_of_texts(criterion.texts, f"{position}.{place}", "text")
    return found


def _problems_of_marks(draft: InstrumentDraft, position: int) -> list[Problem]:
    place = {"place": position}
    if draft.kind != InstrumentKind.WRITTEN:
        if draft.scale is None and draft.pass_mark is None:
            return []
        return [Problem(N_("Instrument %(place)s is no written test; it has no marks."), place, column="scale")]
    if draft.scale is None or draft.pass_mark is None or not 0 < draft.pass_mark <= draft.scale:
        text = N_("Instrument %(place)s is a written test: give its highest mark, and from which mark it is passed.")
        return [Problem(text, place, column="pass_mark")]
    if draft.criteria:
        text = N_("Instrument %(place)s is a written test; it is passed by its mark and has no criteria.")
        return [Problem(text, place, column="text")]
    return []


def _problems_of_texts(texts: Mapping[str, str], place: str, column: str) -> list[Problem]:
    if not any(text.strip() for text in texts.values()):
        return [Problem(N_("Say in words what %(place)s is."), {"place": place}, column=column)]
    wrong = [language for language, text in texts.items() if not is_language(language) or not text.strip()]
    text = N_("“%(language)s” is no language, or nothing is said in it; write a tag of BCP 47, like lo or zh-Hans.")
    return [Problem(text, {"language": language}, column=column) for language in wrong]
