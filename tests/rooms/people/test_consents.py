"""Receipts of what a person agreed to: the sentence that was shown, when it was given, when it was taken back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.people.actions import (
    ConsentDraft,
    describe_purpose,
    give_consent,
    withdraw_consent,
    write_purpose_text,
)
from corridor.rooms.people.models import Need, Purpose, PurposeBasis, Taking
from corridor.rooms.people.queries import has_consent, list_consents, persons_who_agree
from corridor.rooms.people.refusals import ConsentNeeded, NotOpenToConsent
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DAY = date(2024, 2, 2)


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2024, 2, day, hour, tzinfo=UTC)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def khamla():
    return make_person("khamla")


@pytest.fixture
def purpose(secretariat):
    made = describe_purpose(code="follow_up", legal_basis=PurposeBasis.CONSENT, need=Need.OPTIONAL, by=secretariat)
    texts = {"en": ("Being asked later", "We may ask how you are doing."), "lo": ("ຖາມພາຍຫຼັງ", "ພວກເຮົາອາດຈະຖາມ.")}
    write_purpose_text(purpose=made, texts=texts, on=DAY, by=secretariat)
    return made


def mei():
    return make_actor("secretariat", user=make_user("mei"))


def own(person):
    return make_actor("learner", ("person", person.pk), person=person, label="khamla")


def draft(person, purpose, given_at=None, *, language="en", version=1, taking=Taking.SELF):
    text = purpose.texts.get(language=language, version=version)
    return ConsentDraft(person=person, text=text, given_at=given_at or at(2), taking=taking)


def agrees(person, day, by):
    return has_consent(person=person, purpose="follow_up", on=date(2024, 2, day), by=by)


def test_a_receipt_keeps_the_sentence_that_was_shown(khamla, purpose):
    given = give_consent(draft=draft(khamla, purpose, language="lo"), by=own(khamla))
    assert (given.text.language, given.text.version, given.taken_by) == ("lo", 1, "khamla")
    assert Entry.objects.filter(event="people.consent_given").count() == 1


def test_whether_it_holds_on_a_day_is_computed(khamla, purpose):
    by = own(khamla)
    assert not agrees(khamla, 2, by)
    give_consent(draft=draft(khamla, purpose, at(2)), by=by)
    withdraw_consent(person=khamla, purpose=purpose, at=at(5), by=by)
    assert [agrees(khamla, day, by) for day in (1, 2, 4, 5)] == [False, True, True, False]
    assert not khamla.consents.filter(withdrawn_at__isnull=True).exists()
    with pytest.raises(ConsentNeeded):
        withdraw_consent(person=khamla, purpose=purpose, at=at(6), by=by)


def test_a_newer_sentence_is_agreed_to_anew_and_the_older_receipt_stays(khamla, purpose, secretariat):
    by = own(khamla)
    give_consent(draft=draft(khamla, purpose, at(2)), by=by)
    assert (
        write_purpose_text(purpose=purpose, texts={"en": ("Later", "We will ask twice.")}, on=DAY, by=secretariat) == 2
    )
    [state] = list_consents(person=khamla, language="lo", on=DAY, by=by)
    assert (state.text.version, state.standing.text.version) == (2, 1)
    give_consent(draft=draft(khamla, purpose, at(3), version=2), by=by)
    assert khamla.consents.count() == 2
    with pytest.raises(WrongMoment):
        give_consent(draft=draft(khamla, purpose, at(1)), by=by)


def test_the_sentence_comes_in_the_readers_language_where_there_is_one(khamla, purpose):
    by = own(khamla)
    shown = [
        list_consents(person=khamla, language=language, on=DAY, by=by)[0].text.language
        for language in ("lo", "zh-hans")
    ]
    assert shown == ["lo", "en"]


def test_nobody_agrees_for_another_but_on_paper(khamla, purpose, secretariat):
    with pytest.raises(BadInput, match="Only khamla agrees here"):
        give_consent(draft=draft(khamla, purpose), by=mei())
    give_consent(draft=draft(khamla, purpose, taking=Taking.PAPER), by=mei())
    assert agrees(khamla, 2, secretariat)
    with pytest.raises(AccessDenied):
        give_consent(draft=draft(khamla, purpose), by=own(make_person("nimali")))
    with pytest.raises(AccessDenied):
        withdraw_consent(person=khamla, purpose=purpose, at=at(3), by=make_actor("auditor"))


def test_an_ended_purpose_is_asked_of_nobody(khamla, purpose, secretariat):
    describe_purpose(
        code="follow_up", legal_basis=PurposeBasis.CONSENT, need=Need.OPTIONAL, ended_on=DAY, by=secretariat
    )
    purpose = Purpose.objects.get(code="follow_up")
    with pytest.raises(NotOpenToConsent):
        give_consent(draft=draft(khamla, purpose), by=own(khamla))
    assert list_consents(person=khamla, language="en", on=DAY, by=own(khamla)) == []


def test_only_the_secretariat_describes_purposes(purpose):
    with pytest.raises(AccessDenied):
        write_purpose_text(purpose=purpose, texts={"en": ("A", "B")}, on=DAY, by=make_actor("site_manager"))


def test_many_are_asked_in_few_statements(khamla, purpose, django_assert_max_num_queries):
    give_consent(draft=draft(khamla, purpose), by=own(khamla))
    twin = make_person("twin")
    twin.merged_into, twin.merged_at = khamla, at(1)
    twin.save()
    keys = [khamla.pk, twin.pk, make_person("mei").pk]
    with django_assert_max_num_queries(6):
        agreed = persons_who_agree(persons=keys, purpose="follow_up", on=DAY, by=own(khamla))
    assert agreed == {khamla.pk, twin.pk}
