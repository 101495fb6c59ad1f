"""Times of day as offices write them: 08:30, 8.30, 8h30, or a spreadsheet's own time. The clean value is "08:30"."""

import re
from datetime import datetime, time, timedelta

from corridor.kernel.wording import N_

from ..columns import Cell
from .cleaning import bare
from .reading import CannotRead, CellReader, How

_TIME = re.compile(r"(\d{1,2})\s?[:.h：时]\s?(\d{2})(?:[:.]\d{2})?\s?(?:分)?")


def _read(cell: Cell, how: How) -> str:  # noqa: ARG001
    if isinstance(cell, datetime | time):
        return f"{cell.hour:02}:{cell.minute:02}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        if 0 <= minutes < 24 * 60:
            return f"{minutes // 60:02}:{minutes % 60:02}"
    written = bare(cell)
    found = _TIME.fullmatch(written)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise CannotRead(
            "time",
            N_("“%(cell)s” is no time of day."),
            cell=written,
            fix=N_("Write it like 08:30, from 00:00 to 23:59."),
        )
    return f"{int(found[1]):02}:{found[2]}"


time_of_day = CellReader(_read, empty="")
