"""Editions: read by anyone once published, built and published by the secretariat, refused while a signature is missing."""

import hashlib
import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.indicators.actions import freeze_figures, sign_figures
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import Edition
from tests.factories.actors import make_user
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_members, make_signer
from tests.factories.members import make_alliance, make_seat


@pytest.fixture
def figures(db):
    make_alliance()
    make_members({"LA": 3})
    questions = [ask("members.active", on=REPORT_DAY, at=AT), ask("members.countries", on=REPORT_DAY, at=AT)]
    return freeze_figures(questions=questions, on=FREEZE_DAY, at=AT, by=NIGHTLY)


@pytest.fixture
def mei(client, db):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def build(mei, figures) -> None:
    mei.post("/reports/new/", {"reference": "2024", "title": "Annual report", "day": "2024-01-18"})
    places = {each.reference: number for number, each in enumerate(reversed(figures), start=1)}
    mei.post("/reports/2024/figures/", places)


def test_an_edition_is_built_signed_and_published(mei, figures):
    build(mei, figures)
    edition = Edition.objects.get()
    assert [each.figure.code for each in edition.places.order_by("position")] == ["members.countries", "members.active"]
    refused = mei.post("/reports/2024/publish/")
    assert refused.status_code == 409
    assert figures[0].reference in refused.content.decode()
    for name in ("mei", "somchai"):
        sign_figures(figures=figures, on=FREEZE_DAY, at=AT, by=make_signer(name))
    mei.post("/reports/2024/publish/")
    edition.refresh_from_db()
    assert (edition.status, len(edition.fingerprint)) == ("published", 64)


def test_a_draft_is_not_there_for_a_visitor_and_has_no_files(mei, figures, client):
    build(mei, figures)
    assert mei.get("/reports/2024/").status_code == 200
    assert mei.get("/reports/2024/edition.json").status_code == 404
    client.logout()
    assert client.get("/reports/2024/").status_code == 404


def test_a_visitor_reads_and_downloads_what_is_published(mei, figures, client):
    build(mei, figures)
    for name in ("mei", "somchai"):
        sign_figures(figures=figures, on=FREEZE_DAY, at=AT, by=make_signer(name))
    mei.post("/reports/2024/publish/")
    client.logout()
    fingerprint = Edition.objects.get().fingerprint
    assert fingerprint in client.get("/reports/2024/").content.decode()
    said = json.loads(client.get("/reports/2024/edition.json").content)
    assert said["fingerprint"] == fingerprint
    assert [each["value"] for each in said["figures"]] == [1, 3]
    files = {name: client.get(f"/reports/2024/edition.{name}").content for name in ("html", "pdf", "xlsx")}
    assert (files["pdf"][:5], files["xlsx"][:2]) == (b"%PDF-", b"PK")
    assert fingerprint.encode() in files["html"]
    again = client.get("/reports/2024/edition.xlsx").content
    assert hashlib.sha256(again).digest() == hashlib.sha256(files["xlsx"]).digest()
    assert client.get("/reports/2024/edition.exe").status_code == 404


def test_a_reference_that_is_taken_is_refused_where_the_sender_looks(mei, figures):
    build(mei, figures)
    again = mei.post("/reports/new/", {"reference": "2024", "title": "Another", "day": "2024-01-18"})
    assert again.status_code == 409
    assert "Another" in again.content.decode()
