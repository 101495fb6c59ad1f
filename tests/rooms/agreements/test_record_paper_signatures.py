from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied
from corridor.rooms.agreements.actions import AlreadySigned, NoScan, SignedTooEarly, record_paper_signatures
from corridor.rooms.agreements.drafts import PaperSignature
from corridor.rooms.agreements.models import AgreementParty
from corridor.rooms.agreements.refusals import PartyIsNotAMember
from corridor.rooms.members.refusals import DayToCome
from tests.factories.actors import make_actor
from tests.factories.agreements import make_proposed_agreement, make_scan
from tests.factories.members import make_member, make_organisation

from .signing import coordinator_of, sign

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON, AT = date(2023, 5, 18), datetime(2023, 5, 30, tzinfo=UTC)


def signatures(*agreements, scan=True, on=ON):
    page = make_scan() if scan else None
    return [
        PaperSignature(party, on, "President", page) for agreement in agreements for party in agreement.parties.all()
    ]


def test_signatures_in_ink_put_many_agreements_in_force_at_once(django_assert_max_num_queries):
    agreements = [make_proposed_agreement(f"AGR-2023-{number:04}") for number in range(1, 6)]
    given = signatures(*agreements)
    with django_assert_max_num_queries(27):
        signed = record_paper_signatures(signatures=given, at=AT, by=LI)
    assert {agreement.status for agreement in signed} == {"in_force"}
    assert {agreement.status_on(ON) for agreement in signed} == {"signed"}
    party = AgreementParty.objects.first()
    assert (party.signature, party.signed_as, party.signed_by, party.scan.reference) == (
        "paper", "President", "li-na", "scan-1",
    )  # fmt: skip
    assert Entry.objects.filter(event="agreements.signed_on_paper").count() == 10
    assert Entry.objects.filter(event="agreements.came_into_force").count() == 5


def test_one_signs_here_and_one_on_paper():
    agreement = make_proposed_agreement()
    sign(agreement, "vientiane")
    ink = [given for given in signatures(agreement) if given.party.organisation.reference == "chongqing"]
    assert record_paper_signatures(signatures=ink, at=AT, by=LI)[0].status == "in_force"


def test_without_a_scan_there_is_no_signature_on_paper():
    with pytest.raises(NoScan):
        record_paper_signatures(signatures=signatures(make_proposed_agreement(), scan=False), at=AT, by=LI)
    assert not AgreementParty.objects.filter(signed_on__isnull=False).exists()


def test_a_signature_is_recorded_once():
    agreement = make_proposed_agreement()
    sign(agreement, "vientiane")
    with pytest.raises(AlreadySigned):
        record_paper_signatures(signatures=signatures(agreement), at=AT, by=LI)
    assert AgreementParty.objects.filter(signed_on__isnull=False).count() == 1


def test_ink_is_not_older_than_the_text():
    agreement = make_proposed_agreement()
    with pytest.raises(SignedTooEarly):
        record_paper_signatures(signatures=signatures(agreement, on=date(2023, 1, 1)), at=AT, by=LI)


def test_a_coordinator_records_none_not_even_the_own():
    agreement = make_proposed_agreement()
    with pytest.raises(AccessDenied):
        record_paper_signatures(signatures=signatures(agreement), at=AT, by=coordinator_of(agreement, "chongqing"))


def test_ink_is_not_of_a_day_to_come():
    with pytest.raises(DayToCome):
        record_paper_signatures(signatures=signatures(make_proposed_agreement(), on=date(2023, 5, 31)), at=AT, by=LI)


def test_whoever_is_no_active_member_on_the_day_neither_proposes_nor_signs():
    left = make_member("left", later=[("suspended", date(2023, 4, 1))])
    agreement = make_proposed_agreement(parties=["chongqing", left])
    for put in (sign, lambda *_: record_paper_signatures(signatures=signatures(agreement), at=AT, by=LI)):
        with pytest.raises(PartyIsNotAMember):
            put(agreement, "left")
    with pytest.raises(PartyIsNotAMember):
        make_proposed_agreement("AGR-2023-0032", parties=["chongqing", left], proposed_on=date(2023, 4, 1))
    with pytest.raises(PartyIsNotAMember):
        make_proposed_agreement("AGR-2023-0033", parties=["chongqing", make_organisation("stranger")])
