"""``./run announcements silent``: who promised and fell silent, for scripts that remind them."""

import json
from datetime import date

import pytest

from corridor.commands.line import DONE, REFUSED, main
from tests.factories.conferences import make_announcement, make_conference

pytestmark = pytest.mark.django_db


def test_the_silent_are_listed_the_longest_first_and_the_end_says_so(capsys):
    make_announcement(title="Later", next_report_due_on=date(2024, 1, 31))
    first = make_announcement(title="Longest", next_report_due_on=date(2023, 12, 31))
    assert main(["announcements", "silent", "--on", "2024-02-02", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)["silent"]
    assert [(each["title"], each["days"]) for each in said] == [("Longest", 33), ("Later", 2)]
    assert said[0]["reference"] == first.reference
    assert main(["announcements", "silent", "--on", "2023-12-31"]) == DONE
    assert "0 silent on 2023-12-31." in capsys.readouterr().out


def test_it_is_narrowed_to_a_conference_that_there_is(capsys):
    make_announcement(next_report_due_on=date(2023, 12, 31))
    make_conference("CONF-2022", starts_on=date(2022, 12, 15))
    assert main(["announcements", "silent", "--on", "2024-02-02", "--conference", "CONF-2022"]) == DONE
    assert main(["announcements", "silent", "--conference", "CONF-1999"]) == REFUSED
    assert "There is no conference CONF-1999." in capsys.readouterr().err
