from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.agreements.models import AgreementParty
from corridor.rooms.agreements.queries import (
    agreements_answering,
    get_agreement,
    get_party,
    list_agreements,
    read_text,
)
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_agreement, make_draft_agreement
from tests.factories.conferences import make_announcement

from .signing import coordinator_of

pytestmark = pytest.mark.django_db
TODAY = date(2024, 2, 2)


@pytest.fixture
def agreement():
    return make_agreement(announcement=make_announcement())


def test_anyone_sees_that_there_is_one_with_its_parties_state_and_days(agreement):
    shown = get_agreement(reference=agreement.reference, by=VISITOR, on=TODAY)
    assert (shown.status_then, shown.standing_then) == ("in_force", "in_force")
    assert [party.organisation.reference for party in shown.parties.all()] == ["chongqing", "vientiane"]
    assert [text.title for text in shown.texts.all()] == ["Joint training in vehicle inspection", "联合培训协议"]
    assert [change.to_status for change in shown.changes.all()] == ["proposed", "signed", "in_force"]
    assert shown.announcement.reference == "ANN-2023-0001"


def test_its_parties_and_oversight_read_the_text(agreement):
    readers = [coordinator_of(agreement, "vientiane"), *map(make_actor, ("secretariat", "council", "auditor"))]
    for by in readers:
        read = read_text(reference=agreement.reference, by=by)
        assert read.texts[0].body.startswith("Article 1.")
        assert read.hash_matches
        assert read.differing == []


def test_nobody_else_reads_the_text(agreement):
    colombo = make_actor("coordinator", ("member", find_or_make_member("colombo").pk))
    for by in (VISITOR, colombo, make_actor("trainer"), make_actor("learner")):
        with pytest.raises(AccessDenied):
            read_text(reference=agreement.reference, by=by)


def test_a_reader_is_told_when_the_text_or_a_signature_is_another(agreement):
    agreement.texts.filter(language="en").update(body="Changed.")
    AgreementParty.objects.filter(agreement=agreement, position=2).update(signed_hash="1" * 64)
    read = read_text(reference=agreement.reference, by=make_actor("auditor"))
    assert not read.hash_matches
    assert read.differing == ["vientiane"]


def test_a_draft_is_there_for_its_parties_and_writers_alone():
    draft = make_draft_agreement("AGR-2024-0006")
    for by in (make_actor("secretariat"), make_actor("council"), coordinator_of(draft, "chongqing")):
        assert get_agreement(reference=draft.reference, by=by) == draft
    stranger = make_actor("coordinator", ("member", find_or_make_member("colombo").pk))
    for by in (VISITOR, stranger):
        assert not list_agreements(by=by, on=TODAY).exists()
        with pytest.raises(NotFound):
            get_agreement(reference=draft.reference, by=by)


def test_an_announcement_nobody_has_confirmed_does_not_show_through_its_agreement():
    agreement = make_agreement(announcement=make_announcement(confirmed_by=""))
    assert get_agreement(reference=agreement.reference, by=VISITOR).announcement is None
    assert get_agreement(reference=agreement.reference, by=make_actor("secretariat")).announcement is not None


def test_a_side_is_found_by_its_member(agreement):
    party = get_party(reference=agreement.reference, member="vientiane", by=VISITOR)
    assert party.agreement == agreement
    with pytest.raises(NotFound):
        get_party(reference=agreement.reference, member="colombo", by=VISITOR)


def test_the_list_filters_by_member_announcement_words_and_goes_on_after_a_reference(agreement):
    other = make_agreement("AGR-2023-0040", parties=["chongqing", "colombo"])

    def found(**asked):
        return [row.reference for row in list_agreements(by=VISITOR, on=TODAY, **asked)]

    assert found() == [agreement.reference, other.reference]
    assert found(member="colombo") == [other.reference]
    assert found(announcement="ANN-2023-0001") == [agreement.reference]
    assert found(words="联合") == found()
    assert found(after=agreement.reference) == [other.reference]
    assert [row.reference for row in agreements_answering(announcement="ANN-2023-0001", by=VISITOR, on=TODAY)] == [
        agreement.reference
    ]


def test_a_longer_list_takes_no_more_statements(agreement, django_assert_num_queries):
    def read():
        return [
            (
                row.standing_then,
                row.announcement and row.announcement.titles.all()[0].text,
                [text.title for text in row.texts.all()],
                [party.organisation.names.all()[0].name for party in row.parties.all()],
            )
            for row in list_agreements(by=VISITOR, on=TODAY)
        ]

    with django_assert_num_queries(6):
        read()
    for number in range(5):
        make_agreement(f"AGR-2023-01{number:02}", parties=["chongqing", "vientiane", "colombo", "mekong-fleet"])
    with django_assert_num_queries(6):
        assert len(read()) == 6
