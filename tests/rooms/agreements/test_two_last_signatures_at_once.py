"""Both parties press the button in the same moment: it comes into force once, and no signature is lost."""

import threading

import pytest
from django.db import connection

from corridor.kernel.errors import Refusal
from corridor.rooms.agreements.actions import AlreadySigned
from corridor.rooms.agreements.models import Agreement
from tests.factories.agreements import make_proposed_agreement

from .signing import coordinator_of, sign

MEMBERS = ["chongqing", "vientiane", "colombo", "mekong-fleet"]


def at_once(*tasks):
    """Run each in a thread of its own, from one starting line; return what each refused with."""
    line, refused = threading.Barrier(len(tasks)), []

    def run(task):
        try:
            line.wait()
            task()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_all_last_signatures_at_once_put_it_in_force_exactly_once():
    agreement = make_proposed_agreement(parties=MEMBERS)
    by = {member: coordinator_of(agreement, member) for member in MEMBERS}
    refused = at_once(*[lambda member=member: sign(agreement, member, by=by[member]) for member in MEMBERS])
    assert refused == []
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.status == "in_force"
    assert agreement.parties.filter(signed_on__isnull=False).count() == len(MEMBERS)
    assert list(agreement.changes.order_by("recorded_at", "pk").values_list("to_status", flat=True)) == [
        "proposed", "signed", "in_force",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_one_member_signing_twice_at_once_signs_once():
    agreement = make_proposed_agreement(parties=MEMBERS[:2])
    by = coordinator_of(agreement, "chongqing")
    refused = at_once(lambda: sign(agreement, "chongqing", by=by), lambda: sign(agreement, "chongqing", by=by))
    assert [type(refusal) for refusal in refused] == [AlreadySigned]
    assert agreement.parties.filter(signed_on__isnull=False).count() == 1
