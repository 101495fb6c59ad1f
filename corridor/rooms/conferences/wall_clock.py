"""The clock on the wall of a place, and the instants it shows: put on, it leaves an hour out; put back, it shows one twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_


def instant_of(local: datetime, zone: str, *, column: str = "", is_second: bool = False) -> datetime:
    """
    The instant at which the clock of that zone shows ``local`` (a time without zone). An hour that comes twice is the first of the two,
    unless ``is_second``.

    :raises BadInput: for a time that the clock jumps over.
    """
    here = ZoneInfo(zone)
    instant = local.replace(tzinfo=here, fold=int(is_second)).astimezone(UTC)
    if instant.astimezone(here).replace(tzinfo=None) != local.replace(fold=0):
        places: dict[str, object] = {"time": f"{local:%Y-%m-%d %H:%M}", "zone": zone}
        raise BadInput(
            [
                Problem(
                    N_("The clocks are put on then: there is no %(time)s in %(zone)s. Choose another time."),
                    places,
                    column=column,
                )
            ]
        )
    return instant


def shown_at(instant: datetime, zone: str) -> datetime:
    """What the clock of that zone shows."""
    return instant.astimezone(ZoneInfo(zone))
