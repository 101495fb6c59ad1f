"""What the rows of these sheets name."""

from collections.abc import Sequence

from corridor.foundations.sheets.kinds import Row

from ..models import CurriculumVersion, Unit


def versions_of(rows: Sequence[Row]) -> dict[tuple[str, str], CurriculumVersion]:
    """The versions that the columns ``curriculum`` and ``version`` name, by both; for the sheets of later rooms too."""
    wanted = {row["curriculum"] for row in rows if row["curriculum"]}
    found = CurriculumVersion.objects.select_related("curriculum").filter(curriculum__reference__in=wanted)
    return {(each.curriculum.reference, each.version): each for each in found}


def units_of(rows: Sequence[Row]) -> dict[tuple[str, str, str], Unit]:
    wanted = {row["curriculum"] for row in rows}
    found = Unit.objects.select_related("version__curriculum").filter(version__curriculum__reference__in=wanted)
    return {(each.version.curriculum.reference, each.version.version, each.code): each for each in found}
