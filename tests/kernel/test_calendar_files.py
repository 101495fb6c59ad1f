"""A calendar file is read by programs that nobody here wrote: lines of 75 octets, UTC, keys that stay."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.calendar_files import LONGEST_LINE, CalendarDay, calendar_file, folded

AT = datetime(2024, 2, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def lines_of(content):
    """Unfolded, as a reader does it."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")


def made(*days):
    return calendar_file(days, name="What is due", home="corridor.example", language="en", at=AT)


def test_a_day_is_a_whole_day_with_a_stamp_in_utc():
    lines = lines_of(
        made(CalendarDay("OBL-1.2", date(2024, 2, 29), "Sends a list", "Under AGR-1", "https://a.example/x/"))
    )
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {
        "UID:OBL-1.2@corridor.example", "DTSTAMP:20240202T013000Z", "DTSTART;VALUE=DATE:20240229",
        "DTEND;VALUE=DATE:20240301", "SUMMARY:Sends a list", "URL:https://a.example/x/",
    } <= set(lines)  # fmt: skip


def test_what_would_end_a_value_is_written_so_that_it_does_not():
    lines = lines_of(made(CalendarDay("k", date(2024, 1, 1), "A, b; c\\d\r\nEND:VCALENDAR\x07")))
    assert "SUMMARY:A\\, b\\; c\\\\d\\nEND:VCALENDAR" in lines
    assert lines.count("END:VCALENDAR") == 1


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"])))
def test_lines_are_short_and_nothing_is_lost(text):
    parts = list(folded(text))
    assert all(len(part.encode()) <= LONGEST_LINE for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text
