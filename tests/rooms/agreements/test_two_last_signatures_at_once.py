"""Both parties press the button in the same moment: it comes into force once, and no signature is lost."""

import re
import threading
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.actions import AlreadySigned
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.rooms.agreements.models import Agreement, Signature
from corridor.rooms.agreements.refusals import LinkUsed
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_proposed_agreement

from .signing import SIGNING_ON, coordinator_of, sign

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


AT = datetime(2023, 5, 18, 6, tzinfo=UTC)


def make_way_by_link(agreement, member):
    """What a signer of that member does at the end of its link."""
    party = agreement.parties.get(organisation__reference=member)
    draft = SignerDraft("President", email="president@college.example")
    signer = actions.name_signer(party=party, draft=draft, at=AT, by=NIGHTLY)
    secret = actions.make_link(signer=signer, at=AT, by=NIGHTLY).secret
    actions.send_code(secret=secret, at=AT, by=VISITOR)
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE).group(1)

    def sign_by_it():
        actions.sign_by_link(
            secret=secret, signed_hash=agreement.canonical_hash, name="Khamla Vongsa", code=code, on=SIGNING_ON, at=AT,
            by=VISITOR,
        )  # fmt: skip

    return sign_by_it


@pytest.mark.django_db(transaction=True)
def test_the_last_two_at_once_here_and_by_a_link_put_it_in_force_exactly_once():
    agreement = make_proposed_agreement(parties=MEMBERS)
    by = {member: coordinator_of(agreement, member) for member in MEMBERS}
    for member in MEMBERS[:2]:
        sign(agreement, member, by=by[member])
    by_link = make_way_by_link(agreement, "colombo")
    assert at_once(by_link, lambda: sign(agreement, "mekong-fleet", by=by["mekong-fleet"])) == []
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.status == "in_force"
    assert list(agreement.changes.order_by("recorded_at", "pk").values_list("to_status", flat=True)) == [
        "proposed", "signed", "in_force",
    ]  # fmt: skip
    assert Signature.objects.count() == len(MEMBERS)


@pytest.mark.django_db(transaction=True)
def test_one_link_used_twice_at_once_signs_once():
    agreement = make_proposed_agreement(parties=MEMBERS[:2])
    by_link = make_way_by_link(agreement, "chongqing")
    refused = at_once(by_link, by_link)
    assert [type(refusal) for refusal in refused] == [LinkUsed]
    assert Signature.objects.count() == 1
