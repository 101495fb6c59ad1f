"""Languages and units of a trainer in one cell: "lo first; en cefr B2 certificate", "vehicle-inspection.2023.VI-01; ..."."""

from collections.abc import Iterable, Mapping

from corridor.foundations.sheets.cells.reading import CellReader, How, Mended
from corridor.foundations.sheets.cells.texts import text
from corridor.foundations.sheets.columns import Cell
from corridor.rooms.curricula.models import Unit

from ..models import LanguageScale, LanguageSource, Trainer
from ..trainer_drafts import Spoken

SEPARATOR = "; "
_LANGUAGES, _UNITS = text(300), text(2_000)


def spoken_in(cell: str) -> tuple[Spoken, ...] | None:
    """The languages that a cell tells of; None where it cannot be read."""
    found = []
    for said in filter(None, (part.split() for part in cell.split(";"))):
        tag, scale, level, source = [*said, "", "", ""][:4]
        if len(said) > 4 or (scale or "first") not in LanguageScale.values:
            return None
        if scale in {"", "first"} and level in LanguageSource.values:
            level, source = "", level
        if source and source not in LanguageSource.values:
            return None
        found.append(Spoken(tag, LanguageScale(scale or "first"), level, LanguageSource(source or "own_word")))
    return tuple(found)


def spoken_as_cell(languages: Iterable[Spoken]) -> str:
    return SEPARATOR.join(
        " ".join(filter(None, (each.language, str(each.scale), each.level, str(each.source))))
        for each in sorted(languages, key=lambda each: (each.language, each.scale))
    )


def _read_languages(cell: Cell, how: How) -> str:
    """In the order in which an export writes them; what cannot be read stays as it was written, and the kind says so."""
    written = _plain(_LANGUAGES.read(cell, how))
    spoken = spoken_in(written)
    return written if spoken is None else spoken_as_cell(spoken)


def _read_units(cell: Cell, how: How) -> str:
    return SEPARATOR.join(sorted(unit_names(_plain(_UNITS.read(cell, how)))))


def _plain(read: str | Mended) -> str:
    return str(read.value) if isinstance(read, Mended) else read


languages_cell = CellReader(_read_languages, empty="")
units_cell = CellReader(_read_units, empty="")


def units_as_cell(units: Iterable[Unit]) -> str:
    return SEPARATOR.join(
        sorted(f"{each.version.curriculum.reference}.{each.version.version}.{each.code}" for each in units)
    )


def unit_names(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def units_by_name(names: Iterable[str]) -> Mapping[str, Unit]:
    """The units of these names, "curriculum.version.code"; one statement. A version may hold dots itself."""
    wanted = set(names)
    curricula = {name.split(".")[0] for name in wanted}
    rows = Unit.objects.filter(version__curriculum__reference__in=curricula).select_related("version__curriculum")
    found = {units_as_cell([unit]): unit for unit in rows}
    return {name: found[name] for name in wanted if name in found}


def languages_of(trainer: Trainer) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(each.language, LanguageScale(each.scale), each.level, LanguageSource(each.source), each.claimed_on)
        for each in trainer.languages.all()
    )
