"""
What time it is. Only doors ask; everything below is told, as ``on=`` or ``at=``.

``EXAMPLE_DAY`` holds the day of the doors still while the time of day goes on, so that the example alliance stays in the week it tells of.
Sign-in, tokens, leases and the validity of status lists need the world's own clock: they ask ``real_now``.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def real_now() -> datetime:
    """The instant, in UTC, whatever the example says."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant for records, in UTC: the example's day with the present time of day where one is set."""
    instant = real_now()
    if settings.EXAMPLE_DAY is None:
        return instant
    # The time of day of the home place: late in the evening of UTC it is already the next day in Asia, and the example's day must not slip.
    here = instant.astimezone(ZoneInfo(settings.HOME_ZONE))
    held = datetime.combine(settings.EXAMPLE_DAY, here.time(), here.tzinfo)
    # Nor may it slip in the places between home and Greenwich, where a night at home still belongs to the day before (or after).
    at_greenwich = held.astimezone(UTC)
    return (
        at_greenwich
        if at_greenwich.date() == settings.EXAMPLE_DAY
        else at_greenwich + (held.utcoffset() or timedelta())
    )


def today(zone: str | None = None) -> date:
    """The day in that zone (a name of the IANA database), or in the alliance's home zone."""
    if settings.EXAMPLE_DAY is not None:
        return settings.EXAMPLE_DAY
    return real_now().astimezone(ZoneInfo(zone or settings.HOME_ZONE)).date()
