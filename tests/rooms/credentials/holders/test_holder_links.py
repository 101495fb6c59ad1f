"""A holder without an account comes to the certificates by letter or on paper, once; and joins them to an account by an act of their own."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from pypdfium2 import PdfDocument

from corridor.foundations.access import NIGHTLY
from corridor.foundations.attempts import TooManyAttempts
from corridor.foundations.notices.models import Notice, Wishes
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.credentials import actions, personal_data, queries
from corridor.rooms.credentials.models import HolderLink, LinkWay
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.credentials.refusals import HolderLinkOver, NoAddress, NotTheirs, WrongHolderCode
from corridor.rooms.people.models import Person
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.people import make_person

from .people import ADDRESS, AT, counted, graduate

pytestmark = pytest.mark.django_db


def make(credential, way=LinkWay.MAIL, at=AT, by=NIGHTLY, **more):
    (made,) = actions.make_links(credentials=[credential], way=way, language="lo", at=at, by=by, **more)
    return made


def code_in(letter):
    return re.search(r"^\d{6}$", letter.body, re.M)[0]


def opened(credential, at=AT):
    return actions.open_link(secret=make(credential, LinkWay.PAPER, at=at).secret, code="", at=at, by=VISITOR)


def signed_in(name="noy"):
    return make_actor("visitor", user=make_user(name))


def test_a_letter_opens_them_once_with_the_code_that_its_page_sends(django_capture_on_commit_callbacks):
    credential = graduate()
    with django_capture_on_commit_callbacks(execute=True):
        made = make(credential)
        actions.send_holder_code(secret=made.secret, at=AT, by=VISITOR)
    letter, code = mail.outbox
    assert letter.to == code.to == [ADDRESS] and made.address in letter.body
    assert letter.extra_headers["Content-Language"] == "lo"
    assert credential.enrolment.person.names.first().full_name not in letter.body
    with pytest.raises(WrongHolderCode):
        actions.open_link(secret=made.secret, code="", at=AT, by=VISITOR)
    link = actions.open_link(secret=made.secret, code=f" {code_in(code)} ", at=AT, by=VISITOR)
    assert link.used_at == AT and link.email == "" == link.code_digest
    with pytest.raises(HolderLinkOver):
        actions.open_link(secret=made.secret, code=code_in(code), at=AT, by=VISITOR)
    _, holder = actions.come_back(key=link.pk, at=AT + timedelta(hours=11), by=VISITOR)
    assert list(queries.own_credentials(by=holder)) == [credential]
    assert queries.get_own(reference=credential.reference, by=holder) == credential
    with pytest.raises(HolderLinkOver):
        actions.come_back(key=link.pk, at=AT + timedelta(hours=12), by=VISITOR)


def test_whoever_came_by_a_link_reaches_nothing_of_others():
    mine, other = graduate(), graduate(reference="COH-2023-042", email="")
    _, holder = actions.come_back(key=opened(mine).pk, at=AT, by=VISITOR)
    with pytest.raises(NotFound):
        queries.get_own(reference=other.reference, by=holder)
    assert [each.reference for each in queries.own_credentials(by=holder)] == [mine.reference]


def test_wrong_codes_are_counted_and_old_ones_are_none(settings):
    settings.CACHES = counted("holder-codes")
    made = make(graduate())
    actions.send_holder_code(secret=made.secret, at=AT, by=VISITOR)
    with pytest.raises(WrongHolderCode, match="quarter"):
        actions.open_link(secret=made.secret, code="000000", at=AT + timedelta(minutes=15), by=VISITOR)
    for _ in range(5):
        with pytest.raises(WrongHolderCode, match="not the code"):
            actions.open_link(secret=made.secret, code="wrong", at=AT, by=VISITOR)
    with pytest.raises(TooManyAttempts):
        actions.open_link(secret=made.secret, code="wrong", at=AT, by=VISITOR)
    for _ in range(4):
        actions.send_holder_code(secret=made.secret, at=AT, by=VISITOR)
    with pytest.raises(TooManyAttempts):
        actions.send_holder_code(secret=made.secret, at=AT, by=VISITOR)


def test_a_sheet_opens_them_once_and_needs_no_code():
    credential = graduate(email="")
    made = make(credential, LinkWay.PAPER)
    with pytest.raises(WrongMoment):
        actions.send_holder_code(secret=made.secret, at=AT, by=VISITOR)
    actions.find_link(secret=made.secret, at=AT, by=VISITOR)
    actions.open_link(secret=made.secret, code="", at=AT, by=VISITOR)
    with pytest.raises(HolderLinkOver, match="works once"):
        actions.find_link(secret=made.secret, at=AT, by=VISITOR)
    with pytest.raises(NotFound):
        actions.find_link(secret="nothing", at=AT, by=VISITOR)


def test_a_new_link_ends_the_one_before_and_what_it_opened():
    credential = graduate()
    used = opened(credential)
    first = make(credential, LinkWay.PAPER)
    with pytest.raises(HolderLinkOver):
        actions.come_back(key=used.pk, at=AT, by=VISITOR)
    second = make(credential, LinkWay.PAPER)
    with pytest.raises(HolderLinkOver, match="withdrawn"):
        actions.open_link(secret=first.secret, code="", at=AT, by=VISITOR)
    with pytest.raises(HolderLinkOver, match="worked until"):
        actions.open_link(secret=second.secret, code="", at=AT + timedelta(days=30), by=VISITOR)
    actions.end_holder_link(credential=credential, at=AT, by=NIGHTLY)
    with pytest.raises(WrongMoment):
        actions.end_holder_link(credential=credential, at=AT, by=NIGHTLY)


def test_the_secretariat_and_the_site_hand_over_and_nobody_else():
    credential = graduate()
    for role, scope in (("secretariat", None), ("site_manager", ("site", credential.cohort.site_id))):
        make(credential, by=make_actor(role, scope))
    for role, scope in (
        ("council", None),
        ("coordinator", None),
        ("auditor", None),
        ("learner", ("person", credential.enrolment.person_id)),
    ):
        with pytest.raises(AccessDenied):
            make(credential, by=make_actor(role, scope))


def test_what_cannot_be_handed_over_is_named():
    credential = graduate(email="")
    with pytest.raises(NoAddress, match=credential.reference):
        make(credential)
    with pytest.raises(BadInput):
        actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="xx", at=AT, by=NIGHTLY)
    assert not HolderLink.objects.exists()
    make(credential, LinkWay.PAPER, dry_run=True)
    assert not HolderLink.objects.exists()


def test_a_holder_with_an_account_is_told_that_a_link_was_used():
    credential = graduate(account="khamla")
    opened(credential)
    assert Notice.objects.get(user=credential.enrolment.person.user).event == "credentials.opened"


def test_joining_is_confirmed_by_a_code_to_the_address_in_the_record(django_capture_on_commit_callbacks):
    credential = graduate()
    link, by = opened(credential), signed_in()
    with pytest.raises(AccessDenied):
        actions.send_joining_code(key=link.pk, at=AT, by=VISITOR)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.send_joining_code(key=link.pk, at=AT, by=by) == ADDRESS
    code = code_in(mail.outbox[-1])
    with pytest.raises(WrongHolderCode):
        actions.join_to_account(key=link.pk, code="000000", at=AT, by=by)
    with pytest.raises(WrongHolderCode):
        actions.join_to_account(key=link.pk, code=code, at=AT, by=signed_in("somebody-else"))
    actions.join_to_account(key=link.pk, code=code, at=AT, by=by)
    assert Person.objects.get(pk=credential.enrolment.person_id).user_id == by.user_id
    with pytest.raises(HolderLinkOver):
        actions.come_back(key=link.pk, at=AT, by=VISITOR)


def test_nobody_takes_over_what_is_somebody_elses(django_capture_on_commit_callbacks):
    theirs = graduate(account="khamla")
    with pytest.raises(NotTheirs):
        actions.send_joining_code(key=opened(theirs).pk, at=AT, by=signed_in())
    free, by = graduate(reference="COH-2023-042", email="noy@learner.example"), signed_in("with-a-record")
    link = opened(free)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_joining_code(key=link.pk, at=AT, by=by)
    # Meanwhile the account gets a record of its own.
    Person.objects.filter(pk=make_person("own").pk).update(user=by.user_id)
    with pytest.raises(NotTheirs):
        actions.join_to_account(key=link.pk, code=code_in(mail.outbox[-1]), at=AT, by=by)
    assert Person.objects.get(pk=free.enrolment.person_id).user_id is None


def test_without_an_address_nothing_is_joined():
    with pytest.raises(NoAddress):
        actions.send_joining_code(key=opened(graduate(email="")).pk, at=AT, by=signed_in())


def test_addresses_go_when_a_link_has_ended_and_with_the_holder():
    credential = graduate()
    make(credential)
    assert actions.forget_showings(at=AT + timedelta(days=29), by=NIGHTLY) == 0
    assert actions.forget_showings(at=AT + timedelta(days=30), by=NIGHTLY) == 1
    assert HolderLink.objects.get().email == ""
    link = opened(credential)
    keys = [credential.enrolment.person_id]
    told = {part.code: part for part in personal_data.personal_data(keys)}
    assert len(told["holder_links"].rows) == 2
    personal_data.forget(keys, wish=SignedTexts.KEEP, at=AT, by=NIGHTLY)
    with pytest.raises(HolderLinkOver):
        actions.come_back(key=link.pk, at=AT, by=VISITOR)


def test_the_sheet_holds_a_page_for_each_with_its_address():
    credential = graduate(email="")
    made = make(credential, LinkWay.PAPER)
    pdf = queries.holder_sheets(made=[made, made], on=AT.date(), by=NIGHTLY)
    pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(pdf)]
    assert len(pages) == 2 and credential.reference in pages[0]
    assert made.address.rpartition("/claim/")[0] in pages[0].replace("\r\n", "")


def test_a_sheet_is_in_the_language_that_the_holder_reads(settings):
    credential = graduate()
    assert queries.language_of_holder(credential=credential, by=NIGHTLY) == settings.LANGUAGE_CODE
    person = credential.enrolment.person
    person.user = make_user("noy")
    person.save()
    assert queries.language_of_holder(credential=credential, by=NIGHTLY) == settings.LANGUAGE_CODE
    Wishes.objects.create(user=person.user, language="lo", zone="Asia/Vientiane")
    assert queries.language_of_holder(credential=credential, by=NIGHTLY) == "lo"
