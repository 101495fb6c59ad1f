"""Erasing a person: nothing says who they were, and every figure that counted them still holds."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage

from corridor.foundations.audit.models import Entry
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.erase_person import erase_person, preview_erasure
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.kernel.periods import Period
from corridor.kernel.personal_data import OnErasure
from corridor.rooms.assessment.models import Decision
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.credentials.queries import get_credential_by_token, verify
from corridor.rooms.indicators.actions.freezing import freeze_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.queries import open_figure, recount_figure
from corridor.rooms.people.actions import Facts, change_own_name, confirm_certificate_name, describe_person
from corridor.rooms.people.actions.holds import lift_hold, place_hold
from corridor.rooms.people.actions.requests import Correction, ask_correction, ask_erasure
from corridor.rooms.people.drafts import NameForm, NameOfPerson
from corridor.rooms.people.fields import fields_edited
from corridor.rooms.people.models import Erasure, Part, PersonName, RightsRequest
from corridor.rooms.people.rights_refusals import ErasedAlready, NotConfirmed, OnHold
from corridor.rooms.training.models import Attendance, Enrolment
from tests.factories.actors import NIGHTLY, VISITOR, make_actor, make_user
from tests.factories.credentials import make_credential

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
ON = date(2024, 2, 2)
YEAR = Period(date(2023, 1, 1), date(2024, 1, 1))


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def credential():
    return make_credential()


@pytest.fixture
def person(credential):
    person = credential.enrolment.person
    person.born_on, person.residence_country, person.user = date(1999, 4, 5), "LA", make_user("khamla")
    person.save()
    Decision.objects.filter(enrolment__person=person).update(evidence_note="Khamla knows the brake test by heart.")
    return person


def erase(person, by, *, wish=SignedTexts.FORGET, **more):
    said = {"confirmed": person.reference, "reason": "Asked by the person"} | more
    return erase_person(person=person, at=AT, by=by, signed_texts=wish, **said)


def frozen(by, *, code="credentials.issued"):
    return freeze_figure(question=ask(code, period=YEAR, at=AT), on=ON, at=AT, by=by)


def own(person):
    return make_actor("learner", ("person", person.pk), user=person.user, person=person)


def test_nothing_says_any_more_who_it_was(person, secretariat):
    gone = erase(person, secretariat)
    assert (gone.born_on, gone.residence_country, gone.sex, gone.user_id) == (None, "", "unknown", None)
    assert gone.display_name("en") == "Erased person"
    assert not PersonName.objects.filter(person=person).exists()
    assert set(Decision.objects.filter(enrolment__person=person).values_list("evidence_note", flat=True)) == {""}
    assert Erasure.objects.get(person=person).reason == "Asked by the person"


def test_places_and_marks_stay(person, secretariat):
    before = (Enrolment.objects.count(), Attendance.objects.count(), Decision.objects.count())
    erase(person, secretariat)
    assert (Enrolment.objects.count(), Attendance.objects.count(), Decision.objects.count()) == before


def test_the_account_is_closed_and_its_name_says_nothing(person, secretariat):
    account = person.user
    erase(person, secretariat)
    account.refresh_from_db()
    assert not account.is_active
    assert "khamla" not in account.username
    assert not account.has_usable_password()


def test_a_frozen_figure_still_gives_its_fingerprint_and_its_rows_say_erased(person, secretariat):
    figure = frozen(secretariat)
    before = (figure.value, figure.evidence_hash, figure.content_hash)
    erase(person, secretariat)
    again = recount_figure(reference=figure.reference, at=AT, by=secretariat)
    assert again.is_intact
    assert again.is_same
    figure.refresh_from_db()
    assert (figure.value, figure.evidence_hash, figure.content_hash) == before
    opened = open_figure(code="credentials.issued", period=YEAR, at=AT, by=secretariat, fresh=True)
    assert [row.is_erased for row in opened.rows] == [True]


def test_a_figure_by_sex_and_age_still_recounts_the_same(person, secretariat):
    figure = frozen(secretariat, code="credentials.recognised_share")
    erase(person, secretariat)
    assert recount_figure(reference=figure.reference, at=AT, by=secretariat).is_same


def test_the_signed_text_is_taken_down_and_its_fingerprint_stays(credential, person, secretariat):
    erase(person, secretariat)
    kept = Credential.objects.get(pk=credential.pk)
    assert kept.document == ""
    assert len(kept.document_sha256) == 64
    with pytest.raises(NotFound):
        get_credential_by_token(token=kept.token, by=VISITOR)


def test_a_copy_that_the_holder_keeps_still_verifies(credential, person, secretariat):
    copy = credential.document
    before = verify(raw=copy, at=AT, by=VISITOR).word
    erase(person, secretariat)
    assert verify(raw=copy, at=AT, by=VISITOR).word == before


def test_whoever_wishes_it_keeps_the_signed_text_up(credential, person, secretariat):
    erase(person, secretariat, wish=SignedTexts.KEEP)
    assert get_credential_by_token(token=credential.token, by=VISITOR).document == credential.document


def test_while_a_reason_of_law_stands_nothing_goes(person, secretariat):
    hold = place_hold(person=person, reason="Court case 12/2024", on=date(2024, 1, 1), by=secretariat)
    with pytest.raises(OnHold):
        erase(person, secretariat)
    lift_hold(hold=hold, on=ON, by=secretariat)
    assert erase(person, secretariat).erased_at == AT


def test_the_preview_says_what_goes_what_stays_and_behind_which_figures(person, secretariat):
    figure = frozen(secretariat)
    found = preview_erasure(person=person, at=AT, by=secretariat)
    assert "names" in [part.code for part in found.becoming(OnErasure.GOES)]
    assert "enrolments" in [part.code for part in found.becoming(OnErasure.STAYS)]
    assert found.figures == (figure.reference,)
    person.refresh_from_db()
    assert person.erased_at is None


def test_it_is_said_twice_with_a_reason_and_done_once(person, secretariat):
    with pytest.raises(NotConfirmed):
        erase(person, secretariat, confirmed="somebody")
    with pytest.raises(BadInput):
        erase(person, secretariat, reason=" ")
    erase(person, secretariat)
    with pytest.raises(ErasedAlready):
        erase(person, secretariat)


@pytest.mark.parametrize("role", ["council", "auditor"])
def test_nobody_but_the_secretariat_erases(person, role):
    with pytest.raises(AccessDenied):
        erase(person, make_actor(role))


def test_the_request_is_answered_and_its_words_and_files_go(person, secretariat, django_capture_on_commit_callbacks):
    paper = Upload("passport.txt", b"Khamla, born 1999\n", "My passport")
    wrong = Correction(Part.BORN_ON, "1999-05-04", "My passport says so.", paper)
    ask_correction(person=person, correction=wrong, on=ON, at=AT, by=own(person))
    stored = Document.objects.get(title="My passport").stored_as
    asked = ask_erasure(person=person, words="I moved away.", on=ON, at=AT, by=own(person))
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, secretariat)
    asked.refresh_from_db()
    assert (asked.status, asked.words) == ("done", "")
    assert set(RightsRequest.objects.values_list("should_be", "words", "evidence")) == {("", "", None)}
    assert not Document.objects.filter(title="My passport").exists()
    assert not default_storage.exists(stored)


def test_the_log_of_it_all_holds_no_personal_value(person, secretariat):
    names = list(PersonName.objects.filter(person=person).values_list("full_name", flat=True))
    erase(person, secretariat)
    told = "\n".join(f"{each.event} {each.by} {each.subject}" for each in Entry.objects.all())
    assert "people.erased" in told
    assert not any(value in told for value in [*names, "1999-04-05", "brake test"])


def test_the_night_erases_as_the_secretariat_does(person):
    assert erase(person, NIGHTLY).erased_at == AT


def test_nothing_is_written_of_an_erased_person_any_more(person, secretariat):
    gone = erase(person, secretariat)
    name = NameOfPerson(NameForm.OWN, "lo", "ຄຳລາ")
    for act in (
        lambda: change_own_name(person=gone, name=name, on=ON, by=secretariat),
        lambda: confirm_certificate_name(
            person=gone, language="lo", full_name="ຄຳລາ", attested_by="The office", on=ON, at=AT, by=secretariat
        ),
        lambda: describe_person(person=gone, facts=replace(Facts.of(gone), honorific="Dr"), on=ON, by=secretariat),
    ):
        with pytest.raises(ErasedAlready):
            act()
    assert fields_edited(gone, by=secretariat) == frozenset()
