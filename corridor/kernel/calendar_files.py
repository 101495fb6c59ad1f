"""Days and times as a calendar file (RFC 5545): what calendar programs read from an address. Days need no zone; times are written in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from .periods import ONE_DAY

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Octets in a line, without its end; a longer one goes on in the next, after a space.
LONGEST_LINE = 75


@dataclass(frozen=True)
class CalendarDay:
    """Something on a day. ``key`` stays the same each time the file is written, so that a program moves it and does not add another."""

    key: str
    on: date
    title: str
    text: str = ""
    link: str = ""


@dataclass(frozen=True)
class CalendarSpan:
    """Something from an instant until another, at a place."""

    key: str
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str = ""
    link: str = ""
    place: str = ""


def calendar_file(
    days: Iterable[CalendarDay | CalendarSpan],
    *,
    name: str,
    home: str,
    language: str,
    at: datetime,
    of: str = "Obligations",
) -> bytes:
    """
    The whole file. ``home`` is the name of the house that the keys belong to; ``at`` the instant at which it is written; ``of`` says, for
    programs alone, what it is a calendar of.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Corridor//{of}//{language.upper()}", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
    ]  # fmt: skip
    stamp = _instant(at)
    for each in days:
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(each.key)}@{home}", f"DTSTAMP:{stamp}"]
        if isinstance(each, CalendarSpan):
            lines += [f"DTSTART:{_instant(each.starts_at)}", f"DTEND:{_instant(each.ends_at)}"]
            lines += [f"LOCATION:{_escaped(each.place)}"] if each.place else []
        else:
            lines += [f"DTSTART;VALUE=DATE:{each.on:%Y%m%d}", f"DTEND;VALUE=DATE:{each.on + ONE_DAY:%Y%m%d}"]
        lines += [f"SUMMARY:{_escaped(each.title)}"]
        lines += [f"DESCRIPTION:{_escaped(each.text)}"] if each.text else []
        lines += [f"URL:{each.link}"] if each.link else []
        lines += ["TRANSP:OPAQUE" if isinstance(each, CalendarSpan) else "TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; no letter is cut, whatever its script."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part


def _escaped(text: str) -> str:
    plain = "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or ord(letter) >= 32)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
