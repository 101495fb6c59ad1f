"""Every text that certificates of a cohort would say, in each language that there is, with its state: before anything is signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.rooms.credentials.composition import title_in
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.further_languages import reviewed_titles
from corridor.rooms.credentials.kinds import RULES
from corridor.rooms.credentials.models import CredentialKind, RecognitionStatement
from corridor.rooms.credentials.recognition import recognition_sentences, statements_on
from corridor.rooms.credentials.signed_texts import WITH_LEVEL, counting_as, described
from corridor.rooms.curricula.models import Criterion, CriterionText, Unit, UnitTitle
from corridor.rooms.curricula.written import Text, TextState
from corridor.rooms.training.models import Cohort

TITLE, CRITERIA, LEVEL, AUTHORITY, DESCRIPTION, COUNTS_AS = (
    "title", "criteria", "level", "authority", "description", "counts_as"
)  # fmt: skip
# What is told of a text whose parts are in several states: the least of them.
_LEAST_FIRST = (TextState.DRAFT, TextState.STALE, TextState.REVIEWED)


@dataclass(frozen=True)
class SaidIn:
    """A text in one language with its state: draft, reviewed or stale."""

    language: str
    text: str
    text_state: str


@dataclass(frozen=True)
class TextPreview:
    """
    What would be said of one thing in each language that there is: ``what`` is empty for the whole, else a unit's code, a kind of certificate or
    a country; ``part`` is what of it (title, criteria, level, authority, description, counts_as).
    """

    what: str
    texts: tuple[SaidIn, ...]
    part: str = TITLE

    @property
    def kind(self) -> object:
        """The word for the kind of certificate of which it tells."""
        return CredentialKind(self.what).label if self.part in {DESCRIPTION, COUNTS_AS} else ""


def texts_of(cohort: Cohort, drafts: Sequence[CredentialDraft], *, on: date) -> tuple[TextPreview, ...]:
    """Titles first; then by part. Only what is reviewed is signed beside the English."""
    units = sorted({each.unit.pk: each.unit for draft in drafts for each in draft.decisions}.values(), key=_position)
    titles: dict[UUID, list[UnitTitle]] = {}
    for each in UnitTitle.objects.filter(unit__in=units):
        titles.setdefault(each.unit_id, []).append(each)
    kinds = dict.fromkeys(each.kind for each in drafts)
    statements = statements_on({(cohort.programme_id, kind.value) for kind in kinds}, on)
    version, level = cohort.curriculum_version, cohort.curriculum_version.level
    found = [
        TextPreview("", _said(version.titles.all())),
        *(TextPreview(unit.code, _said(titles.get(unit.pk, []))) for unit in units),
        *_criteria(units),
    ]
    if level is not None and WITH_LEVEL.intersection(kinds):
        in_english = SaidIn("en", level.framework.name, TextState.REVIEWED)
        found.append(TextPreview("", (in_english, *_said(level.framework.names.all())), LEVEL))
    for rows in statements.values():
        found += [_authority(each) for each in rows if each.authority]
    reviewed, titles_of_whole = reviewed_titles(version), {each.language: each.text for each in version.titles.all()}
    for kind in kinds:
        places = {"version": version.version, "units": "…", "hours": "…"}
        english = RULES[kind].described.format(title=title_in(titles_of_whole) or str(version), **places)
        further = {"en": english} | described(kind.value, reviewed, **places)
        found.append(TextPreview(kind.value, _ours(further), DESCRIPTION))
        rows = statements.get((cohort.programme_id, kind.value), [])
        counts = {"en": recognition_sentences(rows)} | counting_as(rows) if rows else {}
        found.append(TextPreview(kind.value, _ours(counts), COUNTS_AS))
    return tuple(dict.fromkeys(each for each in found if each.texts or each.part == TITLE))


def _position(unit: Unit) -> int:
    return unit.position


def _said(rows: Iterable[Text]) -> tuple[SaidIn, ...]:
    ordered = sorted(rows, key=lambda row: row.language)
    return tuple(SaidIn(each.language, each.text, each.text_state) for each in ordered)


def _ours(texts: dict[str, str]) -> tuple[SaidIn, ...]:
    """Sentences of the house are reviewed where the house has them."""
    return tuple(SaidIn(language, text, TextState.REVIEWED) for language, text in sorted(texts.items()))


def _authority(statement: RecognitionStatement) -> TextPreview:
    english = SaidIn("en", statement.authority, TextState.REVIEWED)
    return TextPreview(statement.country, (english, *_said(statement.authority_names.all())), AUTHORITY)


def _criteria(units: Sequence[Unit]) -> list[TextPreview]:
    """One text for each unit and language, in the least state of its criteria; one that lacks some is no more than a draft."""
    counted: dict[UUID, int] = {}
    for key in Criterion.objects.filter(element__unit__in=units).values_list("element__unit", flat=True):
        counted[key] = counted.get(key, 0) + 1
    told: dict[UUID, dict[str, list[CriterionText]]] = {}
    rows = CriterionText.objects.filter(criterion__element__unit__in=units).select_related("criterion__element")
    for row in rows.order_by("criterion__element__position", "criterion__position"):
        told.setdefault(row.criterion.element.unit_id, {}).setdefault(row.language, []).append(row)
    found = []
    for unit in units:
        texts = []
        for language, lines in sorted(told.get(unit.pk, {}).items()):
            states = {line.text_state for line in lines}
            states |= {TextState.DRAFT.value} if len(lines) < counted[unit.pk] else set()
            state = next(each for each in _LEAST_FIRST if each.value in states)
            texts.append(SaidIn(language, "; ".join(line.text for line in lines), state.value))
        found.append(TextPreview(unit.code, tuple(texts), CRITERIA))
    return found
