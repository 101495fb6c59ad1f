"""Signing keys, and many certificates, from the command line."""

import json

import pytest

from corridor.rooms.credentials.models import Credential, SigningKey
from tests.factories.credentials import award, make_assessed_cohort, make_assessors_licence, make_credential

from .run import run

pytestmark = pytest.mark.django_db


def test_a_key_is_rotated_once_and_listed(capsys):
    make_credential()
    ended = run(capsys, "keys", "rotate", "chongqing", "key-2023")
    assert ended.code == 0 and "key-2023 has ended and stays published" in ended.out
    assert run(capsys, "keys", "rotate", "chongqing", "key-2023").code == 1
    assert run(capsys, "keys", "rotate", "chongqing", "key-1999").code == 1
    listed = json.loads(run(capsys, "keys", "list", "--json").out)
    assert listed[0]["key"] == "key-2023" and len(listed) == 2
    assert all("private" not in name for each in listed for name in each)


def test_a_distrusted_key_names_what_is_to_be_issued_anew_and_issues_it(capsys):
    credential = make_credential()
    licence = make_assessors_licence(credential)
    words = ("keys", "compromised", "chongqing", "key-2023", "--since", "2023-07-01")
    dry = run(capsys, *words, "--dry-run")
    assert "would be trusted" in dry.out and SigningKey.objects.get().compromised_from is None
    assert run(capsys, *words[:-1], "lately").code == 1
    said = json.loads(run(capsys, *words, "--reissue", "--json").out)
    assert said["affected"] == [credential.reference] and list(said["reissued"]) == [credential.reference]
    assert said["attestations"] == [licence.reference] and len(said["given_again"]) == 1
    assert Credential.objects.filter(status="issued").count() == 1


def test_nothing_is_resealed_or_caught_up_where_nothing_is_behind(capsys):
    make_credential()
    assert json.loads(run(capsys, "keys", "reseal", "--json").out) == {"resealed": 0}
    assert "0 lists are brought" in run(capsys, "keys", "catch-up").out


def test_many_certificates_change_at_once_or_none_does(capsys):
    award(make_assessed_cohort(learners=2))
    references = sorted(Credential.objects.values_list("reference", flat=True))
    words = ("credentials", "change", *references, "--step", "suspend", "--why", "under-review")
    assert "2 would change." in run(capsys, *words, "--dry-run").out
    assert "issued -> suspended; its holder has no account" in run(capsys, *words).out
    assert run(capsys, *words).code == 1
    assert set(Credential.objects.values_list("status", flat=True)) == {"suspended"}
