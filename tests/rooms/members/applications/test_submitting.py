"""An applicant begins, fills in bit by bit, hands in, and submits once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from corridor.foundations.access import VISITOR, Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_drafts import Contact
from corridor.rooms.members.application_refusals import Incomplete, NoSuchApplication, TooManyBegun
from corridor.rooms.members.models import (
    Application,
    DocumentAsked,
    FormPart,
    Membership,
    Organisation,
    OrganisationKind,
)
from corridor.rooms.members.refusals import MembershipUnderWay
from tests.factories.actors import make_actor
from tests.factories.applications import ANSWERS, AT, ON, PDF, begin, fill, make_form, submitted
from tests.factories.members import make_alliance, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def form():
    make_alliance()
    return make_form()


def who(application: Application) -> FormPart:
    return FormPart.objects.get(version=application.version, code="who")


def test_a_link_is_sent_and_only_its_fingerprint_kept(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application, secret, by = begin()
    assert application.reference == "APL-2024-0001"
    assert secret in mail.outbox[0].body
    assert secret not in application.secret_digest
    assert by.may(Permission.APPLICATION_FILL, on=application)


def test_a_forged_and_an_expired_link_are_unknown_alike():
    application, secret, _by = begin()
    for wrong, at in (
        (secret[:-1] + "x", AT),
        (secret, application.secret_expires_at + timedelta(seconds=1)),
        ("", AT),
    ):
        with pytest.raises(NoSuchApplication):
            actions.recognise_applicant(secret=wrong, at=at, by=VISITOR)


def test_a_link_sent_again_ends_the_old_one_and_a_stranger_learns_nothing(django_capture_on_commit_callbacks):
    application, secret, _by = begin()
    later = AT + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_link_again(reference=application.reference, email="else@vientiane.example", at=later, by=VISITOR)
        actions.send_link_again(reference="APL-2024-0999", email="khamla@savannakhet.example", at=later, by=VISITOR)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_link_again(
            reference=application.reference, email="Khamla@Savannakhet.example", at=later, by=VISITOR
        )
        actions.send_link_again(
            reference=application.reference, email="khamla@savannakhet.example", at=later, by=VISITOR
        )
    assert len(mail.outbox) == 1
    with pytest.raises(NoSuchApplication):
        actions.recognise_applicant(secret=secret, at=later, by=VISITOR)


def test_a_section_is_kept_as_far_as_it_goes():
    application, _secret, by = begin()
    actions.save_section(application=application, section=who(application), given={"city": ["Savannakhet"]}, by=by)
    record = queries.own_application(by=by, on=ON, language="en")
    assert {each.question.code for each in record.missing} == {"name", "country", "registered"}
    actions.save_section(application=application, section=who(application), given={}, by=by)
    assert "city" in {each.question.code for each in queries.own_application(by=by, on=ON, language="en").missing}


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        ("country", "ZZ"),
        ("learners", "many"),
        ("opened", "31/12/2020"),
        ("abroad", "maybe"),
        ("levels", "degree"),
        ("learners", "NaN"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_at_its_question(code: str, sent: str):
    application, _secret, by = begin()
    section = FormPart.objects.get(version=application.version, code=code).under
    assert section is not None
    with pytest.raises(BadInput) as refused:
        actions.save_section(application=application, section=section, given={code: [sent]}, by=by)
    assert [problem.column for problem in refused.value.problems] == [code]


def test_one_wrong_answer_keeps_no_other_from_being_saved_and_leaves_what_stood():
    application, _secret, by = begin()
    section = FormPart.objects.get(version=application.version, code="learners").under
    assert section is not None
    actions.save_section(application=application, section=section, given={"learners": ["900"]}, by=by)
    sent = {"learners": ["many"], "abroad": ["no"], "levels": ["diploma"]}
    with pytest.raises(BadInput) as refused:
        actions.save_section(application=application, section=section, given=sent, by=by)
    assert [problem.column for problem in refused.value.problems] == ["learners"]
    answers = application.answers.prefetch_related("choices__option")
    told = {each.question.code: each.text or [one.option.code for one in each.choices.all()] for each in answers}
    assert {code: said for code, said in told.items() if said} == {
        "learners": "900",
        "abroad": "no",
        "levels": ["diploma"],
    }


def test_nobody_fills_in_another_s_application():
    mine, _secret, _by = begin()
    _theirs, _secret, other = begin()
    with pytest.raises(AccessDenied):
        actions.save_section(application=mine, section=who(mine), given=ANSWERS, by=other)
    with pytest.raises(AccessDenied):
        actions.submit_application(application=mine, on=ON, at=AT, by=VISITOR)


def test_a_document_asked_for_twice_is_handed_in_once_and_replaced():
    application, _secret, by = begin()
    fill(application, by)
    record = queries.own_application(by=by, on=ON, language="en")
    assert [(each.title, len(each.wanted_by)) for each in record.documents] == [("Registration as a school", 2)]
    first = record.documents[0].document
    asked = DocumentAsked.objects.get()
    newer = Upload("new.pdf", PDF + b"%", "Registration as a school")
    actions.hand_in_document(application=application, asked=asked, upload=newer, on=ON, at=AT, by=by)
    latest = queries.own_application(by=by, on=ON, language="en").documents[0].document
    assert latest is not None
    assert latest.replaces == first


def test_a_file_that_is_not_what_its_name_says_is_refused():
    application, _secret, by = begin()
    wrong = Upload("registration.pdf", b"MZ not a paper", "Registration")
    with pytest.raises(BadInput):
        actions.hand_in_document(
            application=application, asked=DocumentAsked.objects.get(), upload=wrong, on=ON, at=AT, by=by
        )


def test_submitting_names_everything_that_is_missing():
    application, _secret, by = begin()
    with pytest.raises(Incomplete) as refused:
        actions.submit_application(application=application, on=ON, at=AT, by=by)
    assert [(each.file, each.column) for each in refused.value.problems] == [
        ("who", "name"), ("who", "country"), ("who", "city"), ("who", "registered"),
    ]  # fmt: skip
    assert not Organisation.objects.exists()


def test_submitting_makes_an_organisation_that_has_applied_and_a_receipt(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application, _secret, by = submitted()
    organisation = application.organisation
    assert organisation is not None
    assert organisation.reference == "savannakhet-technical-college"
    assert not organisation.is_confirmed()
    assert organisation.called("lo").name == ANSWERS["own-name"][0]
    assert Membership.objects.get(organisation=organisation).status == "applied"
    record = queries.own_application(by=by, on=ON, language="en")
    assert [each.kind for each in record.letters] == ["receipt"]
    assert [(each.title, each.condition.status) for each in record.conditions] == [
        ("Registered as a school", "handed_in"), ("Name a coordinator", "open"),
    ]  # fmt: skip
    assert "Savannakhet Technical College" in mail.outbox[-1].body


def test_an_application_is_submitted_once():
    application, _secret, by = submitted()
    with pytest.raises(WrongMoment):
        actions.submit_application(application=application, on=ON, at=AT, by=by)
    with pytest.raises(WrongMoment):
        actions.save_section(application=application, section=who(application), given=ANSWERS, by=by)
    assert Membership.objects.count() == 1


def test_a_former_member_comes_back_with_a_new_membership():
    former = make_member("savan", country="LA", later=[("withdrawn", ON - timedelta(days=200))])
    application, _secret, _by = submitted(former="savan")
    assert application.organisation == former
    assert sorted(Membership.objects.filter(organisation=former).values_list("status", flat=True)) == [
        "applied",
        "withdrawn",
    ]


def test_a_member_does_not_apply_again():
    make_member("savan", country="LA")
    application, _secret, by = begin(former="savan")
    fill(application, by)
    with pytest.raises(MembershipUnderWay):
        actions.submit_application(application=application, on=ON, at=AT, by=by)


def test_an_application_taken_back_ends_its_membership():
    application, _secret, by = submitted()
    actions.withdraw_application(application=application, on=ON, by=by)
    assert Membership.objects.get().status == "withdrawn"
    with pytest.raises(WrongMoment):
        actions.withdraw_application(application=application, on=ON, by=by)


def test_ten_an_hour_are_begun_from_one_address():
    for _number in range(10):
        begin(address="192.0.2.7")
    with pytest.raises(TooManyBegun):
        begin(address="192.0.2.7")
    begin(address="192.0.2.8")
    contact = Contact("Khamla Vongsa", "khamla@savannakhet.example", "en")
    later = AT + timedelta(hours=2)
    actions.start_application(
        kind=OrganisationKind.SCHOOL, contact=contact, at=later, on=ON, by=VISITOR, address="192.0.2.7"
    )
    assert not Application.objects.filter(started_from__contains="192").exists()


def test_a_contact_without_an_address_and_a_kind_without_a_form_are_refused():
    contact = Contact("", "nowhere", "xx")
    with pytest.raises(BadInput) as refused:
        actions.start_application(kind=OrganisationKind.SCHOOL, contact=contact, at=AT, on=ON, by=VISITOR)
    assert {each.column for each in refused.value.problems} == {"name", "email", "language"}
    good = replace(contact, name="Mei", email="mei@chongqing.example", language="zh-hans")
    with pytest.raises(NoSuchApplication):
        actions.start_application(kind=OrganisationKind.COMPANY, contact=good, at=AT, on=ON, by=VISITOR)


def test_an_application_keeps_the_version_with_which_it_was_begun():
    _application, _secret, by = begin()
    mei = make_actor("secretariat")
    draft = actions.draft_form(kind=OrganisationKind.SCHOOL, by=mei)
    actions.leave_out_part(part=FormPart.objects.get(version=draft, code="what"), by=mei)
    actions.publish_form(version=draft, on=ON, by=mei)
    assert [each.title for each in queries.own_application(by=by, on=ON, language="en").sections] == [
        "Who you are",
        "What you teach",
    ]
    newer, _secret, other = begin()
    assert newer.version.number == 2
    assert [each.title for each in queries.own_application(by=other, on=ON, language="en").sections] == ["Who you are"]


def test_an_organisation_called_like_a_page_gets_an_address_of_its_own():
    application, _secret, by = begin()
    fill(application, by, name=["New"])
    actions.submit_application(application=application, on=ON, at=AT, by=by)
    assert Organisation.objects.get().reference == "new-2"
