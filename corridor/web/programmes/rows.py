"""A list of programmes with what other rooms say of each: the curriculum, what it counts as, who learns in it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridor.foundations.access import Actor
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import Teaching


@dataclass(frozen=True)
class ProgrammeRow:
    """``version`` is the curriculum version that the reader may see, or None; ``recognitions`` say what its award counts as on the day."""

    programme: Any
    version: Any
    recognitions: list[Any]
    teaching: Teaching

    @property
    def languages(self) -> list[str]:
        """The languages in which its curriculum is written (BCP 47)."""
        return sorted(title.language for title in self.version.titles.all()) if self.version else []

    @property
    def countries(self) -> list[str]:
        return sorted({place.site.country for place in self.programme.places.all()})


def programme_rows(found: Iterable[Any], *, on: date, by: Actor) -> list[ProgrammeRow]:
    programmes = list(found)
    keys = [programme.pk for programme in programmes]
    versions = {version.pk: version for version in curricula.list_versions(by=by)}
    recognitions: dict[Any, list[Any]] = {}
    for each in credentials.list_recognitions(by=by, on=on):
        if each.credential_kind == "award":
            recognitions.setdefault(each.programme_id, []).append(each)
    taught = training.teaching_of(group=training.BY_PROGRAMME, keys=keys, on=on, by=by)
    return [
        ProgrammeRow(
            each, versions.get(each.curriculum_version_id), recognitions.get(each.pk, []), taught[each.pk]
        )
        for each in programmes
    ]  # fmt: skip
