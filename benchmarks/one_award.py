"""
A cohort awarded in a process of its own, so that its memory can be told: ``python -m benchmarks.one_award COHORT``.

The settings are the caller's; the cohort stands. Answers, as one line of JSON, how many seconds it took, in how many sets, how many are
signed and valid, and how much memory the process held at most.
"""

import json
import resource
import sys
import time

import django

django.setup()

from corridor.foundations.access import NIGHTLY  # noqa: E402 (they reach tables)
from corridor.foundations.jobs.holding import Hold  # noqa: E402
from corridor.journeys import award_credentials as awarding  # noqa: E402
from corridor.rooms.credentials.models import Credential  # noqa: E402
from corridor.rooms.credentials.proofs import data_integrity  # noqa: E402
from corridor.rooms.credentials.proofs.multikey import read_public  # noqa: E402
from corridor.rooms.members.models import Organisation  # noqa: E402
from corridor.rooms.training.models import Cohort  # noqa: E402
from tests.factories.credentials import AWARDED_ON, SIGNED_AT  # noqa: E402


def main() -> None:
    cohort = Cohort.objects.select_related("programme", "site").get(reference=sys.argv[1])
    issuer = Organisation.objects.get(reference="chongqing")
    begun = time.perf_counter()
    job = awarding.award_cohort(cohort=cohort, issuer=issuer, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY).job
    assert job is not None
    told: list[int] = []
    with Counted(told):
        awarding._sign_cohort.func(job_id=str(job.pk))
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert told == sorted(set(told)), "the progress went back"
    assert told[-1] == job.total
    sys.stdout.write(json.dumps({"seconds": took, "sets": len(told), "signed": _valid(), "peak": peak}) + "\n")


class Counted:
    """Writes down how far the job said it was, each time."""

    def __init__(self, told: list[int]) -> None:
        self.told, self.advance = told, Hold.advance

    def __enter__(self) -> None:
        def advance(hold: Hold, *, done: int) -> None:
            self.told.append(done)
            self.advance(hold, done=done)

        Hold.advance = advance  # type: ignore[assignment, method-assign]

    def __exit__(self, *_: object) -> None:
        Hold.advance = self.advance  # type: ignore[method-assign]


def _valid() -> int:
    """How many credentials hold by their own signature; every one is looked at."""
    found = 0
    rows = Credential.objects.filter(status="issued").values_list("document", "signing_key__public_multibase")
    for text, public in rows.iterator(chunk_size=200):
        document = json.loads(text)
        data_integrity.check(document, document["proof"][0], public=read_public(public))
        found += 1
    return found


if __name__ == "__main__":
    main()
