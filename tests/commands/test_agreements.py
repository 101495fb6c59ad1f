"""``./run agreements pdf``: a file to print, or a reason why not."""

from datetime import date
from pathlib import Path

import pytest

from corridor.rooms.agreements.actions import renew_agreement
from corridor.rooms.sites.actions import name_agreement
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_agreement
from tests.factories.sites import make_site

from .run import run

pytestmark = pytest.mark.django_db


def test_an_agreement_is_written_as_a_file(capsys, tmp_path: Path):
    make_agreement("AGR-2023-0031")
    file = tmp_path / "agreement.pdf"
    ended = run(capsys, "agreements", "pdf", "AGR-2023-0031", "--out", file, "--language", "lo")
    assert ended.code == 0, ended
    assert file.read_bytes().startswith(b"%PDF-")
    assert str(file) in ended.out


def test_one_that_is_not_there_is_refused(capsys, tmp_path: Path):
    ended = run(capsys, "agreements", "pdf", "AGR-1999-0001", "--out", tmp_path / "agreement.pdf")
    assert (ended.code, "AGR-1999-0001" in ended.err) == (1, True)


def test_a_place_where_nothing_can_be_written_is_told(capsys, tmp_path: Path):
    make_agreement("AGR-2023-0031")
    ended = run(capsys, "agreements", "pdf", "AGR-2023-0031", "--out", tmp_path / "no" / "folder.pdf")
    assert ended.code == 1
    assert "cannot be written" in ended.err


def test_what_ends_with_nothing_after_it_is_listed_until_something_follows(capsys):
    agreement = make_agreement("AGR-2023-0031")
    make_agreement("AGR-2023-0032", ends_before=None)
    ended = run(capsys, "agreements", "renewals", "--on", "2026-01-01")
    assert (ended.code, ended.out) == (0, "2026-05-31  AGR-2023-0031  chongqing, vientiane\n")
    assert "nothing ends" in run(capsys, "agreements", "renewals", "--on", "2026-01-01", "--within", "30").out
    renew_agreement(
        agreement=agreement, starts_on=date(2026, 6, 1), ends_before=None, reason="It went well.", by=NIGHTLY
    )
    assert "nothing ends" in run(capsys, "agreements", "renewals", "--on", "2026-01-01").out
    assert run(capsys, "agreements", "renewals", "--within", "soon").code == 2


def test_what_came_in_by_sheets_activates_on_the_night(capsys):
    agreement = make_agreement("AGR-2023-0031")
    site = make_site(operating_from=date(2023, 9, 4))
    name_agreement(site=site, agreement=agreement, by=NIGHTLY)
    assert run(capsys, "agreements", "deliveries", "--on", "2023-09-03").out == "0 activated\n"
    assert run(capsys, "agreements", "deliveries").out == "AGR-2023-0031\n1 activated\n"
    agreement.refresh_from_db()
    assert agreement.status_on(date(2023, 9, 4)) == "activated"
