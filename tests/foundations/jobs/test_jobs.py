from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from corridor.foundations.audit.models import Entry
from corridor.foundations.clock import real_now
from corridor.foundations.jobs.holding import (
    LEASE,
    MOST_ATTEMPTS,
    AlreadyUnderWay,
    HeldElsewhere,
    Hold,
    LeaseLost,
    NotUnderWay,
    cancel_job,
    start_job,
)
from corridor.foundations.jobs.looking import get_job, list_jobs
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.reaping import reap
from corridor.foundations.notices.reading import list_notices
from corridor.kernel.errors import AccessDenied, NotFound, WrongMoment
from tests.factories.actors import make_actor, make_user

from .work import Stumble, count_to_three, stumbles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job():
    return start_job(
        kind="counting",
        subject="COH-2023-041",
        task=count_to_three,
        total=3,
        by=make_actor("secretariat"),
        at=real_now(),
    )


@pytest.fixture(autouse=True)
def no_stumbles():
    stumbles.clear()
    yield
    stumbles.clear()


def work():
    """What a worker does until nothing is left."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


def later(**by):
    return lambda: real_now() + timedelta(**by)


def times_counted():
    return Entry.objects.filter(event="counted").count()


def test_a_job_is_given_to_the_queue_and_done(job):
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.attempts) == ("done", 3, 3, 1)
    assert job.ended_at is not None
    assert times_counted() == 1


def test_the_same_work_is_not_started_twice(job):
    with pytest.raises(AlreadyUnderWay):
        start_job(
            kind="counting", subject="COH-2023-041", task=count_to_three, by=make_actor("secretariat"), at=real_now()
        )
    work()
    start_job(kind="counting", subject="COH-2023-041", task=count_to_three, by=make_actor("secretariat"), at=real_now())


def test_the_work_of_a_killed_worker_is_taken_up_and_finished_once(job):
    # A worker claims the task, takes the lease, and is killed: nothing of it runs any more, and both rows say "running".
    DBTaskResult.objects.get().claim("killed")
    Hold(job_id=job.pk, clock=real_now).__enter__()
    work()
    assert times_counted() == 0
    assert reap(at=real_now()) == []

    after_the_lease = real_now() + LEASE + timedelta(seconds=1)
    assert reap(at=after_the_lease) == [job]
    assert reap(at=after_the_lease) == []
    work()
    job.refresh_from_db()
    assert (job.state, job.attempts, times_counted()) == ("done", 2, 1)
    assert reap(at=after_the_lease) == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_work_whose_worker_was_killed_before_it_took_the_lease_is_taken_up(job):
    DBTaskResult.objects.get().claim("killed")
    assert reap(at=real_now()) == [], "a worker may be about to take the lease"
    assert reap(at=real_now() + LEASE + timedelta(seconds=1)) == [job]
    work()
    assert (Job.objects.get().state, times_counted()) == ("done", 1)


def test_work_and_its_place_in_the_queue_are_written_in_one_transaction():
    """A server that is killed right after it has committed must not leave work that nobody takes up."""
    with transaction.atomic():
        start_job(kind="counting", subject="A", task=count_to_three, by=make_actor("secretariat"), at=real_now())
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)
    assert not Job.objects.exists() and not DBTaskResult.objects.exists()


def test_work_that_kills_every_worker_is_given_up_and_its_owner_told():
    mei = make_user("mei")
    by = make_actor("secretariat", user=mei)
    job = start_job(kind="counting", subject="A", task=count_to_three, total=3, by=by, at=real_now())
    at = real_now()
    for _attempt in range(MOST_ATTEMPTS):
        DBTaskResult.objects.get().claim("killed")
        Hold(job_id=job.pk, clock=lambda: at).__enter__()  # noqa: B023
        at += LEASE + timedelta(seconds=1)
        reap(at=at)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.ended_at) == ("failed", MOST_ATTEMPTS, at)
    assert list_notices(by=by).rows[0].notice.link == f"/jobs/{job.pk}/"
    work()
    assert times_counted() == 0


def test_a_worker_that_was_only_slow_stops_when_another_has_taken_over(job):
    slow = Hold(job_id=job.pk, clock=real_now).__enter__()
    with Hold(job_id=job.pk, clock=later(hours=1)), pytest.raises(LeaseLost):
        slow.advance(done=1)
    with pytest.raises(LeaseLost):
        slow.advance(done=2)
    assert Job.objects.get().state == "done"


def test_a_held_job_is_not_held_twice(job):
    with Hold(job_id=job.pk, clock=real_now), pytest.raises(HeldElsewhere):
        Hold(job_id=job.pk, clock=real_now).__enter__()


def test_after_a_stumble_the_work_waits_longer_each_time_and_is_tried_again(job):
    stumbles.append(OSError("the disk was full"))
    work()
    job.refresh_from_db()
    assert (job.state, job.message) == ("waiting", "OSError: the disk was full")
    assert reap(at=real_now()) == []
    assert reap(at=job.not_before) == [job]
    work()
    assert Job.objects.get().state == "done"


def test_after_the_last_attempt_the_job_has_failed(job):
    Job.objects.update(attempts=MOST_ATTEMPTS - 1)
    stumbles.append(Stumble("again"))
    work()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Stumble")
    assert reap(at=later(days=1)()) == []


def test_of_an_error_that_nobody_expected_only_its_kind_and_place_are_kept(job, caplog):
    """A database names the values in its complaint: “Key (full_name)=(…) already exists”."""
    stumbles.append(Stumble("Key (full_name)=(Nimali Perera) already exists"))
    work()
    job.refresh_from_db()
    kept = DBTaskResult.objects.get()
    assert job.message == "Stumble"
    assert "in count_to_three" in kept.traceback
    for text in (job.message, kept.traceback, kept.exception_class_path, caplog.text):
        assert "Nimali" not in text


def test_a_refusal_is_not_tried_again(job):
    stumbles.append(WrongMoment("The cohort is not assessed yet."))
    work()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "The cohort is not assessed yet.")


def test_one_sees_ones_own_jobs_and_the_auditor_all(job):
    assert get_job(key=str(job.pk), by=make_actor("secretariat")) == job
    assert list(list_jobs(by=make_actor("auditor"))) == [job]
    with pytest.raises(NotFound):
        get_job(key=str(job.pk), by=make_actor("trainer"))


def test_who_asked_is_told_when_it_fails(job):
    mei = make_user("mei")
    owned = start_job(
        kind="counting", subject="COH-2023-042", task=count_to_three, total=3,
        by=make_actor("secretariat", user=mei), at=real_now(),
    )  # fmt: skip
    with pytest.raises(WrongMoment), Hold(job_id=owned.pk, clock=real_now):
        raise WrongMoment("There is nothing to count.")
    assert list_notices(by=make_actor("secretariat", user=mei)).rows[0].notice.link == f"/jobs/{owned.pk}/"


def test_cancelled_work_stops_at_its_next_step_and_is_not_taken_up_again(job):
    with pytest.raises(LeaseLost), Hold(job_id=job.pk, clock=real_now) as held:
        held.advance(done=1)
        cancel_job(job=job, at=real_now(), by=make_actor("secretariat"))
        held.advance(done=2)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.CANCELLED, 1)
    with pytest.raises(HeldElsewhere), Hold(job_id=job.pk, clock=real_now):
        pass
    assert reap(at=real_now() + LEASE * 2) == []


def test_only_who_asked_or_may_stop_all_work_cancels(job):
    with pytest.raises(AccessDenied):
        cancel_job(job=job, at=real_now(), by=make_actor("trainer", user=make_user("khamla")))
    cancel_job(job=job, at=real_now(), by=make_actor("secretariat"))
    with pytest.raises(NotUnderWay):
        cancel_job(job=job, at=real_now(), by=make_actor("secretariat"))
