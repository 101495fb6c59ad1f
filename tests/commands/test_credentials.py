"""Award and revoke from the command line."""

import json

import pytest

from corridor.rooms.credentials.models import Credential
from tests.factories.credentials import make_assessed_cohort, make_credential, make_entitlement, make_key
from tests.factories.members import make_member

from .run import run

pytestmark = pytest.mark.django_db


def test_a_cohort_is_awarded_by_the_only_member_entitled(capsys):
    cohort = make_assessed_cohort(learners=2)
    dry = run(capsys, "credentials", "issue", cohort.reference, "--on", "2023-07-10", "--dry-run")
    assert dry.code == 0 and "would issue 2 awards" in dry.out and not Credential.objects.exists()
    ended = run(capsys, "credentials", "issue", cohort.reference, "--on", "2023-07-10", "--json")
    assert json.loads(ended.out) == {
        "cohort": cohort.reference, "issuer": "chongqing", "on": "2023-07-10", "awards": 2, "statements": 0, "nothing": 0,
        "waiting": 0, "dry_run": False,
    }  # fmt: skip
    again = run(capsys, "credentials", "issue", cohort.reference)
    assert again.code == 1 and "Certified" in again.err


def test_where_two_are_entitled_or_none_is_one_must_be_named(capsys):
    cohort = make_assessed_cohort(learners=1)
    colombo = make_member("colombo", country="LK")
    make_key(colombo)
    make_entitlement(cohort, issuer=colombo)
    ended = run(capsys, "credentials", "issue", cohort.reference)
    assert ended.code == 1 and "2 members are entitled" in ended.err
    assert run(capsys, "credentials", "issue", cohort.reference, "--issuer", "vientiane").code == 1
    assert run(capsys, "credentials", "issue", cohort.reference, "--issuer", "colombo").code == 0
    assert Credential.objects.get().issuer == colombo


def test_a_certificate_is_revoked_with_a_reason_of_the_list(capsys):
    credential = make_credential()
    assert run(capsys, "credentials", "revoke", credential.reference, "--why", "because").code == 2
    words = ("credentials", "revoke", credential.reference, "--why", "awarded-in-error")
    assert "would be revoked" in run(capsys, *words, "--dry-run").out
    assert Credential.objects.get().status == "issued"
    ended = run(capsys, *words)
    assert ended.code == 0 and f"{credential.reference} is revoked" in ended.out
    assert Credential.objects.get().status == "revoked"
    assert run(capsys, *words).code == 1
    assert run(capsys, "credentials", "revoke", "CRD-1999-0001", "--why", "misconduct").code == 1
