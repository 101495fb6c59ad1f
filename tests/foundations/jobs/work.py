"""Long work for tests: counts to three and writes down each step, unless it is told to stumble."""

from django.tasks import task

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import log
from corridor.foundations.clock import real_now
from corridor.foundations.jobs.holding import Hold


class Stumble(Exception):
    """Something outside broke."""


stumbles: list[Exception] = []


@task
def count_to_three(*, job_id: str) -> int:
    with Hold(job_id=job_id, clock=real_now) as held:
        if stumbles:
            raise stumbles.pop()
        for number in (1, 2, 3):
            held.advance(done=number)
        log.record("counted", by=NIGHTLY, subject=held.job)
    return 3
