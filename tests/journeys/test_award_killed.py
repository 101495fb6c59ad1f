"""A worker or a process that is killed while it signs a cohort leaves whole credentials, and nobody gets two."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corridor.foundations.access import NIGHTLY
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.reaping import reap
from corridor.foundations.jobs.working import take_up
from corridor.journeys.award_credentials import _sign_cohort, sign_next
from corridor.rooms.credentials.actions import sign_drafts
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.proofs.verdicts import Word
from tests.factories.credentials import SIGNED_AT, make_assessed_cohort

from .test_award_credentials import order, words

pytestmark = pytest.mark.django_db(transaction=True)


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a killed process."""


def test_a_worker_killed_half_way_leaves_whole_sets_and_another_signs_the_rest():
    cohort = make_assessed_cohort(learners=60)
    job = order(cohort).job
    assert job.total == 60 and Credential.objects.filter(status="draft", document="").count() == 60
    with pytest.raises(PowerCut), take_up(job.pk) as held:
        sign_next(cohort=cohort, at=SIGNED_AT, by=NIGHTLY)
        held.advance(done=50)
        with transaction.atomic():
            assert len(sign_drafts(cohort=cohort, at=SIGNED_AT, by=NIGHTLY, limit=5)) == 5
            raise PowerCut
    first = dict(Credential.objects.filter(status="issued").values_list("reference", "document"))
    assert len(first) == 50 and Credential.objects.filter(status="draft", document="").count() == 10
    # What a killed process leaves: a task that seems to run, and a lease that runs out.
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Job.objects.update(state="running", held_until=timezone.now() - timedelta(minutes=1))
    assert [each.pk for each in reap(at=timezone.now())] == [job.pk]
    call_command("db_worker", queue_name="*", batch=True, reload=False, startup_delay=False, verbosity=0)
    job.refresh_from_db()
    cohort.refresh_from_db()
    assert (job.state, job.done, cohort.status) == ("done", 60, "certified")
    assert Credential.objects.count() == 60 == Credential.objects.values("enrolment").distinct().count()
    assert first.items() <= dict(Credential.objects.values_list("reference", "document")).items()
    assert words() == {Word.VALID}


def test_a_process_killed_while_it_signs_leaves_whole_credentials_and_nobody_gets_two():
    """kill -9 of a real process, in the middle of a set."""
    cohort = make_assessed_cohort(learners=120)
    job = order(cohort).job
    connection.close()  # or both would speak through one
    child = os.fork()
    if child == 0:
        _sign_cohort.func(job_id=str(job.pk))
        os._exit(0)
    signed = Credential.objects.filter(status="issued")
    for _ in range(2_000):
        if signed.exists():
            break
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    first = dict(signed.values_list("reference", "document"))
    assert 0 < len(first) < 120 and len(first) % 50 == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Job.objects.update(state="running", held_until=timezone.now() - timedelta(minutes=1))
    assert [each.pk for each in reap(at=timezone.now())] == [job.pk]
    _sign_cohort.func(job_id=str(job.pk))
    assert (
        Credential.objects.count() == signed.count() == 120 == Credential.objects.values("enrolment").distinct().count()
    )
    assert first.items() <= dict(signed.values_list("reference", "document")).items()
    assert {len(each.changes.all()) for each in signed.prefetch_related("changes")} == {1}
    assert words() == {Word.VALID}
