"""Days as a calendar file (RFC 5545): what calendar programs read from an address. Whole days alone, which need no zone."""

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


def calendar_file(days: Iterable[CalendarDay], *, name: str, home: str, language: str, at: datetime) -> bytes:
    """The whole file. ``home`` is the name of the house that the keys belong to; ``at`` the instant at which it is written."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Corridor//Obligations//{language.upper()}", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
    ]  # fmt: skip
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for each in days:
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(each.key)}@{home}", f"DTSTAMP:{stamp}"]
        lines += [f"DTSTART;VALUE=DATE:{each.on:%Y%m%d}", f"DTEND;VALUE=DATE:{each.on + ONE_DAY:%Y%m%d}"]
        lines += [f"SUMMARY:{_escaped(each.title)}"]
        lines += [f"DESCRIPTION:{_escaped(each.text)}"] if each.text else []
        lines += [f"URL:{each.link}"] if each.link else []
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


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
