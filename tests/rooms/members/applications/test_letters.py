"""Letters that could not be sent are tried again, by one sender at a time; those that fail for good are told to the secretariat."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.mailing import MOST_ATTEMPTS, send_letter, send_letters_due
from corridor.rooms.members.models import Application, Letter
from tests.factories.actors import make_actor, make_user
from tests.factories.applications import AT, make_form, submitted
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def form():
    make_alliance()
    return make_form()


@pytest.fixture
def no_server(monkeypatch):
    """The world has no mail server until ``back`` is called."""

    def fails(self, fail_silently=False):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailMessage, "send", fails)
    return monkeypatch


@pytest.fixture
def mei():
    return make_actor("secretariat", user=make_user("mei"))


def written(capture) -> Letter:
    with capture(execute=True):
        application, _secret, _by = submitted()
    mail.outbox.clear()
    return application.letters.get()


def later(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(held_until=AT - timedelta(seconds=1))


def test_a_letter_leaves_at_once_and_never_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application, _secret, _by = submitted()
    letter = application.letters.get()
    assert (letter.mail, letter.attempts) == ("sent", 1)
    assert [each.subject for each in mail.outbox].count(letter.subject) == 1
    assert send_letters_due(at=AT, by=NIGHTLY) == 0 and not send_letter(letter.pk, at=AT)


def test_one_that_could_not_be_sent_goes_when_the_server_is_back(no_server, django_capture_on_commit_callbacks):
    letter = written(django_capture_on_commit_callbacks)
    assert (letter.mail, letter.attempts) == ("waiting", 1)
    assert letter.held_until > AT
    no_server.undo()
    assert send_letters_due(at=AT, by=NIGHTLY) == 0, "it waits its time"
    later(letter)
    assert send_letters_due(at=AT, by=NIGHTLY) == 1
    letter.refresh_from_db()
    assert (letter.mail, letter.held_until, len(mail.outbox)) == ("sent", None, 1)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<letter-{letter.pk}@")


def test_a_sender_that_died_leaves_it_to_the_next(no_server, django_capture_on_commit_callbacks):
    letter = written(django_capture_on_commit_callbacks)
    no_server.undo()
    Letter.objects.filter(pk=letter.pk).update(mail="sending", held_until=AT + timedelta(minutes=5))
    assert send_letters_due(at=AT, by=NIGHTLY) == 0
    later(letter)
    assert send_letters_due(at=AT, by=NIGHTLY) == 1


def test_after_five_times_it_stands_with_the_secretariat_which_sends_it_again(
    no_server, mei, django_capture_on_commit_callbacks
):
    letter = written(django_capture_on_commit_callbacks)
    for attempt in range(2, MOST_ATTEMPTS + 1):
        later(letter)
        send_letters_due(at=AT, by=NIGHTLY)
        letter.refresh_from_db()
        assert (letter.attempts, letter.mail) == (attempt, "waiting" if attempt < MOST_ATTEMPTS else "failed")
    assert [each.pk for each in queries.letters_not_sent(by=mei)] == [letter.pk]
    assert queries.letters_not_sent(by=make_actor("council", user=make_user("nimali"))) == []
    no_server.undo()
    assert send_letters_due(at=AT, by=NIGHTLY) == 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_letter_again(letter=letter, at=AT, by=mei)
    letter.refresh_from_db()
    assert (letter.mail, len(mail.outbox), queries.letters_not_sent(by=mei)) == ("sent", 1, [])
    with pytest.raises(WrongMoment):
        actions.send_letter_again(letter=letter, at=AT, by=mei)


def test_an_address_that_is_none_is_not_tried_again_and_may_be_settled(mei, django_capture_on_commit_callbacks):
    letter = written(django_capture_on_commit_callbacks)
    Application.objects.filter(pk=letter.application_id).update(contact_email="a\nb@example.la")
    Letter.objects.filter(pk=letter.pk).update(mail="waiting", held_until=None)
    assert send_letters_due(at=AT, by=NIGHTLY) == 0
    letter.refresh_from_db()
    assert letter.mail == "failed"
    with pytest.raises(AccessDenied):
        actions.settle_letter(letter=letter, by=make_actor("council", user=make_user("nimali")))
    actions.settle_letter(letter=letter, by=mei)
    assert queries.letters_not_sent(by=mei) == []


def test_what_an_erasure_took_is_not_sent(no_server, django_capture_on_commit_callbacks):
    letter = written(django_capture_on_commit_callbacks)
    no_server.undo()
    Application.objects.filter(pk=letter.application_id).update(contact_email="")
    later(letter)
    assert send_letters_due(at=AT, by=NIGHTLY) == 0
    letter.refresh_from_db()
    assert (letter.mail, mail.outbox) == ("not_wanted", [])
