"""A holder shows chosen parts for a purpose and a time; what was kept back is not in it, and nobody else makes, reads or ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.attempts import TooManyAttempts
from corridor.foundations.notices.models import Notice
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.credentials import actions, personal_data, queries
from corridor.rooms.credentials.actions import ShowingDraft
from corridor.rooms.credentials.actions import showing as showing_module
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.models import Credential, Looking, Showing, ShowingLook, ShownPart, ShownText
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.refusals import NotInForce, ShowingIsOver, TooManyShowings
from tests.factories.actors import VISITOR, make_actor
from tests.factories.assessment import make_assessor, make_decisions
from tests.factories.credentials import award
from tests.factories.training import make_cohort, make_enrolment

from .people import AT, counted, graduate, holder_of

pytestmark = pytest.mark.django_db
NAME_AND_UNITS = frozenset({ShownPart.NAME, ShownPart.RESULTS})
DRAFT = ShowingDraft("Application as an inspector", NAME_AND_UNITS, 7)


def show(credential, draft=DRAFT, at=AT):
    return actions.show_certificate(credential=credential, draft=draft, at=at, by=holder_of(credential))


def look(showing, at=AT):
    return actions.look_at(token=showing.token, at=at, by=VISITOR)


@pytest.mark.parametrize(
    ("parts", "claims"),
    [
        ([], set()), (["name"], {"name", "other_names"}), (["born_on"], {"birthdate"}), (["results"], {"results"}),
        (["evidence"], {"evidence"}), (["name", "evidence"], {"name", "other_names", "evidence"}),
    ],
    ids=["nothing", "name", "birth", "results", "evidence", "two"],
)  # fmt: skip
def test_only_the_chosen_parts_are_in_what_is_shown_and_it_is_genuine(parts, claims):
    credential = graduate()
    showing = show(credential, replace(DRAFT, parts=frozenset(map(ShownPart, parts))))
    (text,) = ShownText.objects.values_list("text", flat=True)
    said = set(open_selective(text).claims)
    hideable = {"name", "other_names", "birthdate", "results", "evidence"}
    assert said & hideable == claims & said and claims - said <= {"other_names"}
    (shown,) = look(showing).certificates
    assert shown.verdict.word == Word.VALID and shown.text == text
    assert (shown.born_on is not None) == ("born_on" in parts)
    assert bool(shown.verdict.said.units) == ("results" in parts)
    assert bool(shown.verdict.said.site_name) == ("evidence" in parts)


def test_the_units_that_are_shown_are_those_that_were_signed():
    credential = graduate()
    (shown,) = look(show(credential)).certificates
    whole = queries.verify(raw=credential.document, at=AT, by=VISITOR).said
    assert [each.name for each in shown.verdict.said.units] == [each.name for each in whole.units]
    assert shown.verdict.said.learner_names == whole.learner_names
    assert queries.verify(raw=shown.text, at=AT, by=VISITOR).word == Word.VALID


def test_with_the_transcript_the_other_certificates_are_shown_in_the_same_way():
    credential = graduate()
    second = _second_certificate_of(credential)
    parts = frozenset({ShownPart.RESULTS, ShownPart.TRANSCRIPT})
    shown = look(show(credential, replace(DRAFT, parts=parts))).certificates
    assert [each.verdict.said.id for each in shown] == [f"urn:uuid:{credential.pk}", f"urn:uuid:{second.pk}"]
    assert all(not each.verdict.said.learner_names and each.verdict.said.units for each in shown)


def _second_certificate_of(credential):
    cohort = make_cohort("COH-2023-042", status="assessed", learners=0)
    make_enrolment(cohort, person=credential.enrolment.person, number=1)
    make_decisions(cohort, assessor=make_assessor(cohort))
    award(cohort)
    return Credential.objects.get(cohort=cohort)


def test_nobody_but_the_holder_makes_reads_or_ends_it_however_wide_the_office():
    credential = graduate()
    showing, person = show(credential), credential.enrolment.person_id
    others = [make_actor("secretariat"), make_actor("override", ("person", person)), NIGHTLY, VISITOR]
    for by in [*others, make_actor("learner", ("person", credential.cohort.site_id))]:
        with pytest.raises(AccessDenied):
            actions.show_certificate(credential=credential, draft=DRAFT, at=AT, by=by)
        with pytest.raises(AccessDenied):
            actions.end_showing(showing=showing, at=AT, by=by)
        with pytest.raises(NotFound):
            queries.get_showing(key=showing.pk, by=by)
    assert queries.get_showing(key=showing.pk, by=holder_of(credential)) == showing


def test_it_ends_by_itself_or_by_its_holder_and_then_nothing_is_there():
    credential = graduate()
    first, second = show(credential), show(credential)
    look(first, at=AT + timedelta(days=7, seconds=-1))
    with pytest.raises(ShowingIsOver):
        look(first, at=AT + timedelta(days=7))
    actions.end_showing(showing=second, at=AT, by=holder_of(credential))
    assert not ShownText.objects.filter(showing=second).exists()
    for again in (lambda: look(second), lambda: actions.end_showing(showing=second, at=AT, by=holder_of(credential))):
        with pytest.raises(ShowingIsOver):
            again()
    with pytest.raises(NotFound):
        actions.look_at(token="0" * 32, at=AT, by=VISITOR)


def test_a_certificate_that_is_revoked_meanwhile_is_shown_as_revoked():
    credential = graduate()
    showing = show(credential)
    actions.revoke_credential(credential=credential, on=AT.date(), at=AT, by=NIGHTLY, why=Why.AWARDED_IN_ERROR)
    (shown,) = look(showing, at=AT + timedelta(hours=1)).certificates
    assert shown.verdict.word == Word.REVOKED and shown.verdict.named(CheckName.STATUS).result == Result.FAIL
    with pytest.raises(NotInForce):
        show(credential, at=AT + timedelta(hours=1))


@pytest.mark.parametrize(
    "wrong",
    [{"purpose": " "}, {"purpose": "x" * 121}, {"days": 0}, {"days": 366}],
    ids=["none", "long", "no day", "years"],
)
def test_bad_input_is_named(wrong):
    with pytest.raises(BadInput):
        show(graduate(), replace(DRAFT, **wrong))
    assert not Showing.objects.exists()


def test_thirty_at_once_are_enough():
    credential = graduate()
    Showing.objects.bulk_create(
        [
            Showing(credential=credential, token=f"{n:032}", purpose="x", made_at=AT, ends_at=AT + timedelta(days=1))
            for n in range(30)
        ]
    )
    with pytest.raises(TooManyShowings):
        show(credential)
    show(credential, at=AT + timedelta(days=2))


def test_who_looked_is_known_only_if_both_wish_it():
    credential = graduate(account="khamla")
    unasked, asked = show(credential), show(credential, replace(DRAFT, looking=Looking.ASKED))
    with pytest.raises(NotFound):
        actions.give_name(token=unasked.token, name="Nok", at=AT, by=VISITOR)
    look(unasked), look(asked)
    assert not ShowingLook.objects.exists()
    with pytest.raises(BadInput):
        actions.give_name(token=asked.token, name="  ", at=AT, by=VISITOR)
    actions.give_name(token=asked.token, name=" Nok,  Saigon Motors ", at=AT, by=VISITOR)
    (mine,) = [each for each in queries.own_showings(by=holder_of(credential)) if each.pk == asked.pk]
    assert [each.name for each in mine.looks.all()] == ["Nok, Saigon Motors"]
    told = Notice.objects.get(user=credential.enrolment.person.user)
    assert told.event == "credentials.looked" and told.about == credential.reference


def test_many_looks_in_an_hour_are_refused(monkeypatch, settings):
    settings.CACHES = counted("looks")
    monkeypatch.setattr(showing_module, "OPENED", replace(showing_module.OPENED, most=2))
    showing = show(graduate())
    look(showing), look(showing)
    with pytest.raises(TooManyAttempts):
        look(showing)


def test_texts_go_after_the_end_and_the_rest_ninety_days_later():
    credential = graduate()
    showing = show(credential, replace(DRAFT, looking=Looking.ASKED))
    actions.give_name(token=showing.token, name="Nok", at=AT, by=VISITOR)
    assert actions.forget_showings(at=AT + timedelta(days=6), by=NIGHTLY) == 0
    end = AT + timedelta(days=7)
    assert actions.forget_showings(at=end, by=NIGHTLY) == 1
    assert not ShownText.objects.exists() and ShowingLook.objects.exists()
    actions.forget_showings(at=end + timedelta(days=90), by=NIGHTLY)
    assert not Showing.objects.exists() and not ShowingLook.objects.exists()


@pytest.mark.parametrize("wish", list(SignedTexts))
def test_everything_that_was_shown_goes_with_its_holder(wish):
    credential = graduate()
    show(credential)
    keys = [credential.enrolment.person_id]
    (part,) = [each for each in personal_data.personal_data(keys) if each.code == "showings"]
    assert part.rows[0]["purpose"] == DRAFT.purpose
    personal_data.forget(keys, wish=wish, at=AT, by=NIGHTLY)
    assert not Showing.objects.exists() and not ShownText.objects.exists()
