import json
from datetime import timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import log
from corridor.foundations.audit.models import Entry
from corridor.foundations.clock import real_now
from corridor.foundations.jobs.holding import Hold, start_job
from corridor.foundations.jobs.models import Job
from tests.factories.members import make_organisation
from tests.foundations.jobs.work import count_to_three

from .run import run


@pytest.mark.django_db
def test_the_chain_is_sealed_and_walked(capsys):
    log.record("something", by=NIGHTLY, subject=make_organisation())
    ended = run(capsys, "audit", "check", "--json")
    assert ended.code == 0
    said = json.loads(ended.out)
    assert (said["holds"], said["sealed"], said["unsealed"]) == (True, 1, 0)


@pytest.mark.django_db
def test_a_broken_chain_is_found(capsys):
    for _ in range(3):
        log.record("something", by=NIGHTLY, subject=make_organisation(f"org-{_}"))
    run(capsys, "audit", "check")
    Entry.objects.filter(place=2).update(by="somebody-else")
    ended = run(capsys, "audit", "check")
    assert (ended.code, ended.out) == (1, "The chain is broken at entry 2 of 3.\n")


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits_takes_up_what_was_left_and_seals(capsys):
    job = start_job(kind="counting", subject="COH-1", task=count_to_three, total=3, by=NIGHTLY, at=real_now())
    Hold(job_id=job.pk, clock=lambda: real_now() - timedelta(hours=1)).__enter__()
    assert run(capsys, "worker", "--once").code == 0
    assert Job.objects.get(pk=job.pk).state == "done"
    assert run(capsys, "worker", "--once").code == 0
    assert not Entry.objects.filter(place__isnull=True).exists()


@pytest.mark.django_db
def test_a_healthy_installation_says_so(capsys, settings, tmp_path):
    settings.VAR_DIR = settings.DOCUMENTS_DIR = tmp_path
    ended = run(capsys, "check", "--json")
    wrong = json.loads(ended.out)["wrong"]
    assert {name: wrong[name] for name in ("settings", "storage", "audit", "code")} == {
        "settings": [], "storage": [], "audit": [], "code": [],
    }  # fmt: skip


@pytest.mark.django_db
def test_a_production_that_is_not_fit_is_told_why(capsys, settings):
    settings.ENVIRONMENT = "production"
    settings.SECRET_KEY = settings.DEVELOPMENT_SECRET
    ended = run(capsys, "check")
    assert ended.code == 1
    assert "SECRET_KEY" in ended.out


@pytest.mark.django_db
def test_nothing_is_served_from_a_production_that_is_not_fit(capsys, settings):
    settings.ENVIRONMENT, settings.DEBUG = "production", True
    for verb in ("serve", "worker"):
        ended = run(capsys, verb)
        assert ended.code == 1
        assert "DEBUG" in ended.err
