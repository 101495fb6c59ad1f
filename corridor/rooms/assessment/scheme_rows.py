"""What a scheme says while the rows of its unit come in: part by part, by the columns of the sheet."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from corridor.foundations.sheets.importing import Done, ImportKind, Shift, Verdict, written
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from .models import EvidenceNeed, Scheme, Weight
from .schemes import CriterionDraft, InstrumentDraft, SchemeDraft, draft_of

# The languages in which the sheet holds texts; texts in others stay as they are.
LANGUAGES = {"en": "en", "zh": "zh-Hans", "lo": "lo"}
FACTS = ("attempts_allowed", "signing", "judges", "appeal_days")
OF_INSTRUMENT = ("kind", "scale", "pass_mark", *(f"title_{name}" for name in LANGUAGES))
OF_CRITERION = ("weight", "evidence", *(f"text_{name}" for name in LANGUAGES))
# By how deep a part stands: the scheme, an instrument, a criterion.
COLUMNS = (FACTS, OF_INSTRUMENT, OF_CRITERION)
# () is the scheme itself, (2,) its second instrument, (2, 3) the third criterion of that.
Place = tuple[int, ...]

AT_FIRST: tuple[Mapping[str, Any], ...] = (
    {name: getattr(SchemeDraft, name) for name in FACTS},
    {"scale": None, "pass_mark": None} | {f"title_{name}": "" for name in LANGUAGES},
    {"weight": Weight.REQUIRED, "evidence": EvidenceNeed.NONE} | {f"text_{name}": "" for name in LANGUAGES},
)


class SchemeRows:
    """
    The draft of a unit as the rows of a sheet make it: begun from the draft that stands, else from what was published last, else from nothing.
    ``told`` are the rows that spoke first of each part; ``key`` is that of the draft, also of one that is still to begin.
    """

    def __init__(self, unit: Unit, scheme: Scheme | None, *, last_version: int, first: int = 0) -> None:
        draft = draft_of(scheme) if scheme is not None else SchemeDraft(unit=unit)
        self.unit, self.first, self.edition = unit, first, draft.edition
        is_draft = scheme is not None and draft.edition is not None
        self.key = scheme.pk if is_draft and scheme is not None else key_of_next(unit, last_version + 1)
        self.said: dict[Place, dict[str, Any]] = {}
        self.told: dict[Place, int] = {}
        self._numbered: set[Place] = set()
        self._others: dict[Place, dict[str, str]] = {}
        if scheme is not None:
            self.said[()] = {name: getattr(draft, name) for name in FACTS}
        for number, instrument in enumerate(draft.instruments, start=1):
            facts = {"kind": instrument.kind, "scale": instrument.scale, "pass_mark": instrument.pass_mark}
            self._keep((number,), facts, "title", instrument.titles)
            for place, each in enumerate(instrument.criteria, start=1):
                self._keep((number, place), {"weight": each.weight, "evidence": each.evidence}, "text", each.texts)

    def _keep(self, place: Place, facts: Mapping[str, Any], prefix: str, texts: Mapping[str, str]) -> None:
        held = {f"{prefix}_{name}": texts.get(tag, "") for name, tag in LANGUAGES.items()}
        self.said[place] = {**facts, **held}
        self._others[place] = {tag: text for tag, text in texts.items() if tag not in LANGUAGES.values()}

    def next_number(self, before: Place) -> int:
        """The number of the next part inside another. A row that is refused has taken its number too."""
        places = (place[-1] for place in {*self.said, *self._numbered} if place and place[:-1] == before)
        return max(places, default=0) + 1

    def number(self, place: Place) -> None:
        self._numbered.add(place)

    def draft(self) -> SchemeDraft:
        """All of it as the draft that is written."""
        return SchemeDraft(
            unit=self.unit, edition=self.edition, key=self.key,
            instruments=tuple(self.instrument(place) for place in self._inside(())),
            **self.said.get((), AT_FIRST[0]),
        )  # fmt: skip

    def instrument(self, place: Place) -> InstrumentDraft:
        said = self.said[place]
        criteria = tuple(
            CriterionDraft(
                texts=self._texts(each, "text"), weight=self.said[each]["weight"], evidence=self.said[each]["evidence"]
            )
            for each in self._inside(place)
        )
        return InstrumentDraft(
            kind=said["kind"], titles=self._texts(place, "title"), scale=said["scale"], pass_mark=said["pass_mark"],
            criteria=criteria,
        )  # fmt: skip

    def _texts(self, place: Place, prefix: str) -> dict[str, str]:
        texts = {tag: self.said[place][f"{prefix}_{name}"] for name, tag in LANGUAGES.items()}
        return {tag: text for tag, text in (texts | self._others.get(place, {})).items() if text}

    def _inside(self, before: Place) -> list[Place]:
        return sorted(place for place in self.said if place and place[:-1] == before)

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each criterion; an instrument without any has one of its own."""
        version = self.unit.version
        named = {"curriculum": version.curriculum.reference, "version": version.version, "unit": self.unit.code}
        for instrument in self._inside(()):
            for place in self._inside(instrument) or [instrument]:
                numbers = {"instrument": place[0], "criterion": place[1] if len(place) > 1 else None}
                yield named | numbers | self.said[()] | self.said[instrument] | self.said[place]

    def take_back(self, done: Done, kind: ImportKind) -> None:
        """Undo one row of an import; those after it have been undone. :raises BuiltOn: if what it wrote stands otherwise now."""
        place = place_in(done.reference)
        for shift in done.changes:
            if written(self.said.get(part_of(place, shift.column), {}).get(shift.column)) != shift.new:
                raise changed_again(done, shift.column)
        made = {part_of(place, shift.column) for shift in done.changes if _begins(shift)}
        if done.verdict == Verdict.CREATE:
            made.add(place)
        for part in sorted(made - {()}, reverse=True):
            if self._inside(part) or self.next_number(part[:-1]) != part[-1] + 1:
                raise changed_again(done, "criterion")
            del self.said[part]
        for shift in done.changes:
            if (part := part_of(place, shift.column)) in self.said and part not in made:
                self.said[part][shift.column] = kind.old_value(shift)


def key_of_next(unit: Unit, version: int) -> UUID:
    """The key of a draft that an import begins: the same at the dry run, at the writing, and when it is taken back."""
    return uuid5(unit.pk, f"scheme {version}")


def reference_of(unit: Unit, place: Place) -> str:
    """ "VI-02 2.3", as the checklist calls it."""
    return f"{unit.code} {'.'.join(map(str, place))}"


def place_in(reference: str) -> Place:
    return tuple(int(number) for number in reference.rpartition(" ")[2].split("."))


def part_of(place: Place, column: str) -> Place:
    """Of which part of a row a column speaks."""
    return place[: next(depth for depth, names in enumerate(COLUMNS) if column in names)]


def changed_again(done: Done, column: str) -> BuiltOn:
    return BuiltOn(
        N_("%(record)s was changed again since (%(column)s); the import cannot be taken back."), record=done.reference, column=column
    )  # fmt: skip


def _begins(shift: Shift) -> bool:
    """Whether the part was not there before: what these columns say is never empty in one that stands."""
    return shift.old == "" and shift.column in {"attempts_allowed", "kind", "weight"}
