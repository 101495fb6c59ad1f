"""A small curriculum: two units with hours and titles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from corridor.rooms.curricula.models import Curriculum, CurriculumVersion, FrameworkEdition, Level
from corridor.rooms.members.models import Organisation

from .members import make_member

PUBLISHED_ON = date(2022, 1, 1)
TWO_UNITS = ["VI-1", "VI-2"]


def make_level(*, framework: str = "ISCED", edition: str = "2011", code: str = "4", rank: int = 4) -> Level:
    found, _ = FrameworkEdition.objects.get_or_create(
        code=framework, edition=edition, defaults={"name": framework, "source": "Its publisher", "source_mark": "named"}
    )
    return Level.objects.get_or_create(framework=found, code=code, defaults={"rank": rank, "title": f"Level {code}"})[0]


def make_version(
    *,
    units: Sequence[str | dict[str, Any]] = TWO_UNITS,
    curriculum: str = "vehicle-inspection",
    version: str = "1.0",
    developer: Organisation | None = None,
    level: Level | None = None,
    titles: dict[str, str] | None = None,
    published_on: date | None = PUBLISHED_ON,
) -> CurriculumVersion:
    """
    A curriculum version with its units; a draft where ``published_on`` is None.

    Without a developer it is Chongqing, made a member where it is not one yet. A unit is its code, or
    {"code", "titles": {"en": ...}, "requirement": "elective", "hours": {"practice": 30}, "elements": [{"en": ...}]}.
    """
    developer = developer or Organisation.objects.filter(reference="chongqing").first() or make_member("chongqing")
    found, _ = Curriculum.objects.get_or_create(
        reference=curriculum, defaults={"developer": developer, "source_mark": "assumed"}
    )
    made = CurriculumVersion.objects.create(
        curriculum=found, version=version, level=level, status="published" if published_on else "draft"
    )
    if published_on:
        made.changes.create(
            from_status="draft", to_status="published", effective_on=published_on, by_label="secretariat"
        )
    for language, text in (titles or {"en": "Vehicle inspection"}).items():
        made.titles.create(language=language, text=text, text_state="reviewed")
    for position, given in enumerate(units, start=1):
        _make_unit(made, position, {"code": given} if isinstance(given, str) else given)
    return made


def _make_unit(version: CurriculumVersion, position: int, given: dict[str, Any]) -> None:
    unit = version.units.create(code=given["code"], position=position, requirement=given.get("requirement", "required"))
    for language, text in given.get("titles", {"en": f"Unit {given['code']}"}).items():
        unit.titles.create(language=language, text=text, text_state="reviewed")
    for kind, hours in given.get("hours", {"theory": 10, "practice": 30}).items():
        unit.hours.create(kind=kind, hours=hours)
    for place, texts in enumerate(given.get("elements", []), start=1):
        element = unit.elements.create(position=place)
        for language, text in texts.items():
            element.texts.create(language=language, text=text, text_state="reviewed")
