"""Links and offers for holders from the command line."""

import json
import re

import pytest
from django.core import mail

from corridor.rooms.credentials.models import HolderLink, WalletOffer
from tests.rooms.credentials.holders.people import ADDRESS, graduate

from .run import run

pytestmark = pytest.mark.django_db


def test_sheets_are_written_for_all_or_for_none(capsys, tmp_path):
    credential, out = graduate(email=""), tmp_path / "sheets.pdf"
    words = ("credentials", "link", credential.reference)
    assert run(capsys, *words, "--way", "paper").code == 1
    assert run(capsys, *words, "CRD-1999-0001", "--way", "paper", "--out", str(out)).code == 1
    assert "would be made" in run(capsys, *words, "--way", "paper", "--out", str(out), "--dry-run").out
    assert not HolderLink.objects.exists() and not out.exists()
    ended = run(capsys, *words, "--way", "paper", "--out", str(out), "--json")
    assert ended.code == 0 and json.loads(ended.out)["links"][0]["certificate"] == credential.reference
    assert out.read_bytes().startswith(b"%PDF") and "/claim/" not in ended.out
    assert run(capsys, *words, "--way", "paper", "--out", str(out)).code == 1


def test_letters_go_to_the_address_in_the_record(capsys, django_capture_on_commit_callbacks):
    credential = graduate()
    with django_capture_on_commit_callbacks(execute=True):
        ended = run(capsys, "credentials", "link", credential.reference, "--language", "lo")
    assert ended.code == 0 and [each.to for each in mail.outbox] == [[ADDRESS]]
    nobody = graduate(email="", reference="COH-2023-042")
    refused = run(capsys, "credentials", "link", credential.reference, nobody.reference)
    assert refused.code == 1 and nobody.reference in refused.err and HolderLink.objects.count() == 1


def test_an_offer_says_the_address_here_and_the_code_to_the_holder_alone(capsys, django_capture_on_commit_callbacks):
    credential = graduate()
    words = ("credentials", "offer", credential.reference)
    assert "would be offered" in run(capsys, *words, "--dry-run").out
    assert not WalletOffer.objects.exists() and not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        ended = run(capsys, *words)
    code = re.search(r"^\d{6}$", mail.outbox[0].body, re.M)[0]
    assert ended.code == 0 and "openid-credential-offer://" in ended.out and code not in ended.out
    refused = run(capsys, "credentials", "offer", graduate(email="", reference="COH-2023-042").reference)
    assert refused.code == 1 and "no e-mail address" in refused.err
