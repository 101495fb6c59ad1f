"""An event is told at once in the product; by mail as each account wishes, in its language, with nothing personal."""

import socket
import threading
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from corridor.foundations.notices.events import Event
from corridor.foundations.notices.models import MailState, Notice, Rhythm
from corridor.foundations.notices.reading import count_unread, list_notices, mark_read
from corridor.foundations.notices.sending import send_due
from corridor.foundations.notices.telling import tell
from corridor.foundations.notices.wishing import WishesDraft, mute_by_key, muting_key, usual_wishes, wish, wishes_of
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from tests.factories.actors import NIGHTLY, VISITOR, make_actor, make_user

# A Friday in Vientiane: 10:00 there.
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def khamla():
    user = make_user("khamla")
    EmailAddress.objects.create(user=user, email="khamla@lgtvc.example", verified=True, primary=True)
    return make_actor("coordinator", user=user)


@pytest.fixture
def smtp(settings):
    """A mail server of one process: what it took, as (address, letter)."""
    taken: list[tuple[str, str]] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _address = server.accept()
            except OSError:
                return
            with line, line.makefile("rwb", 0) as talk:
                talk.write(b"220 ready\r\n")
                to = ""
                for word in talk:
                    if word.upper().startswith(b"RCPT"):
                        to = word.decode().split("<")[1].split(">")[0]
                    if word.upper().startswith(b"DATA"):
                        talk.write(b"354 go on\r\n")
                        body = b"".join(iter(talk.readline, b".\r\n"))
                        taken.append((to, body.decode()))
                    talk.write(b"250 well\r\n")

    threading.Thread(target=serve, daemon=True).start()
    host, port = server.getsockname()
    options = {"host": host, "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield taken
    server.close()


def told(*whom, event=Event.JOB_FAILED, about="COH-2023-041", at=AT, by=NIGHTLY, **more) -> int:
    return tell(event, to=[each.user_id for each in whom], about=about, link="/jobs/", at=at, by=by, **more)


def wishing(by, **more):
    usual = {"rhythm": Rhythm.AT_ONCE, "language": "en", "zone": "Asia/Vientiane"}
    return wish(draft=WishesDraft(**{**usual, **more}), by=by)


def test_a_notice_stands_in_the_product_at_once(khamla):
    assert told(khamla) == 1
    (row,) = list_notices(by=khamla).rows
    assert row.text == "Long work that you asked for has failed: COH-2023-041. Its page says why."
    assert count_unread(by=khamla) == 1 and count_unread(by=VISITOR) == 0
    assert mark_read(at=AT, by=khamla, key=row.notice.pk) == 1
    assert count_unread(by=khamla) == 0


def test_nobody_reads_or_marks_the_notices_of_another(khamla):
    told(khamla)
    mei = make_actor("coordinator", user=make_user("mei"))
    assert list_notices(by=mei).rows == []
    assert mark_read(at=AT, by=mei, key=Notice.objects.get().pk) == 0
    with pytest.raises(AccessDenied):
        list_notices(by=VISITOR)


def test_who_acted_is_not_told_of_the_own_act(khamla):
    assert told(khamla, by=khamla) == 0


def test_a_reminder_under_one_key_is_told_once(khamla):
    assert told(khamla, once="COH-2023-041/60") == 1
    assert told(khamla, once="COH-2023-041/60") == 0
    assert told(khamla, once="COH-2023-041/14") == 1


def test_pages_go_on_where_the_last_ended(khamla):
    for number in range(5):
        told(khamla, about=f"COH-{number}")
    first = list_notices(by=khamla, limit=3)
    rest = list_notices(by=khamla, limit=3, before=first.next_before)
    assert [row.notice.about for row in first.rows + rest.rows] == ["COH-4", "COH-3", "COH-2", "COH-1", "COH-0"]
    assert rest.next_before is None


def test_one_letter_holds_what_is_new_and_leads_back(khamla):
    wishing(khamla)
    told(khamla)
    told(khamla, event=Event.IMPORT_ENDED, about="IMP-7")
    send_due(at=AT)
    (letter,) = mail.outbox
    assert letter.to == ["khamla@lgtvc.example"] and "2 notices" in letter.subject
    assert "https://alliance.example/jobs/" in letter.body and "/notices/mute/" in letter.body
    send_due(at=AT + timedelta(days=1))
    assert len(mail.outbox) == 1, "nothing leaves twice"


def test_who_never_chose_gets_a_letter_the_next_morning_of_the_home_zone(khamla, settings):
    assert usual_wishes(khamla.user_id).zone == settings.HOME_ZONE == "Asia/Shanghai"
    told(khamla)
    send_due(at=datetime(2024, 2, 2, 23, 59, tzinfo=UTC))
    assert mail.outbox == []
    send_due(at=datetime(2024, 2, 3, 0, 0, tzinfo=UTC))
    assert len(mail.outbox) == 1


def test_the_letter_of_the_week_leaves_on_monday_morning(khamla):
    wishing(khamla, rhythm=Rhythm.WEEKLY)
    told(khamla)
    send_due(at=datetime(2024, 2, 4, 23, 0, tzinfo=UTC))
    assert mail.outbox == []
    send_due(at=datetime(2024, 2, 5, 1, 0, tzinfo=UTC))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("first", "last", "is_quiet"),
    [
        (time(9), time(11), True),
        (time(22), time(7), False),
        (time(22), time(10, 30), True),
        (time(10), time(10), False),
    ],
)
def test_nothing_leaves_in_quiet_hours(khamla, first, last, is_quiet):
    wishing(khamla, quiet_from=first, quiet_until=last)
    told(khamla)
    send_due(at=AT)
    assert (mail.outbox == []) == is_quiet


def test_the_letter_speaks_the_language_that_was_chosen(khamla):
    wishing(khamla, language="zh-hans")
    told(khamla)
    send_due(at=AT)
    assert mail.outbox[0].extra_headers["Content-Language"] == "zh-Hans"


def test_a_muted_event_stands_in_the_product_and_does_not_travel(khamla):
    wishing(khamla, muted=frozenset({Event.JOB_FAILED}))
    told(khamla)
    send_due(at=AT)
    assert mail.outbox == [] and count_unread(by=khamla) == 1


def test_the_link_of_a_letter_mutes_without_signing_in(khamla):
    told(khamla)
    key = muting_key(khamla.user_id, Event.JOB_FAILED)
    assert mute_by_key(key=key, by=VISITOR) == Event.JOB_FAILED
    assert mute_by_key(key=key, by=VISITOR) == Event.JOB_FAILED
    assert Notice.objects.get().mail == MailState.NOT_WANTED


@pytest.mark.parametrize(
    "key",
    ["", "forged", f"{uuid4()}.jobs.failed:sig", muting_key(uuid4(), "jobs.failed")],
    ids=["empty", "forged", "with another seal", "of nobody"],
)
def test_a_forged_link_mutes_nothing(key: str):
    with pytest.raises(NotFound):
        mute_by_key(key=key, by=VISITOR)


def test_without_a_confirmed_address_no_letter_leaves():
    mei = make_actor("coordinator", user=make_user("mei"))
    EmailAddress.objects.create(user_id=mei.user_id, email="mei@somewhere.example", verified=False)
    told(mei)
    send_due(at=AT + timedelta(days=2))
    assert mail.outbox == [] and Notice.objects.get().mail == MailState.NOT_WANTED


def test_a_letter_that_fails_is_tried_again(khamla, settings):
    wishing(khamla)
    told(khamla)
    settings.MAILERS = {"default": {"BACKEND": "tests.foundations.notices.deaf.DeafBackend"}}
    assert [letter.is_sent for letter in send_due(at=AT)] == [False]
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    assert send_due(at=AT + timedelta(minutes=1)) == []
    assert [letter.is_sent for letter in send_due(at=AT + timedelta(hours=1))] == [True]


def test_a_letter_that_always_fails_ends_after_the_fifth_attempt(khamla, settings):
    wishing(khamla)
    told(khamla)
    settings.MAILERS = {"default": {"BACKEND": "tests.foundations.notices.deaf.DeafBackend"}}
    for day in range(7):
        send_due(at=AT + timedelta(days=day))
    failed = Notice.objects.get(event=Event.JOB_FAILED)
    assert failed.mail == MailState.FAILED and failed.attempts == 5


def test_who_gets_no_letter_is_told_in_the_product_once_a_day(khamla, settings):
    wishing(khamla)
    told(khamla)
    settings.MAILERS = {"default": {"BACKEND": "tests.foundations.notices.deaf.DeafBackend"}}
    for day in range(7):
        send_due(at=AT + timedelta(days=day))
    (last, _first) = list_notices(by=khamla).rows
    assert "could not be sent" in last.text and last.notice.link == "/account/e-mail/"
    assert last.notice.mail == MailState.NOT_WANTED, "it is not sent by the mail that does not arrive"


def test_an_address_that_is_none_stops_nobody_elses_letter(khamla, settings, smtp, caplog):
    """An address that no mail server takes is not tried again, and the letters after it leave."""
    EmailAddress.objects.filter(user_id=khamla.user_id).update(email="ຄຳຫຼ້າ@lgtvc.example")
    mei = make_actor("coordinator", user=make_user("mei"))
    EmailAddress.objects.create(user_id=mei.user_id, email="mei@cqtc.example", verified=True, primary=True)
    for each in (khamla, mei):
        wishing(each)
        told(each)
    assert {letter.user_id: letter.is_sent for letter in send_due(at=AT)} == {khamla.user_id: False, mei.user_id: True}
    assert Notice.objects.filter(user=khamla.user_id, event=Event.JOB_FAILED).get().mail == MailState.FAILED
    assert [to for to, _body in smtp] == ["mei@cqtc.example"] and "ຄຳຫຼ້າ" not in caplog.text


def test_a_letter_of_a_killed_sender_goes_again_as_the_same_letter(khamla):
    wishing(khamla)
    told(khamla, about="COH-1")
    told(khamla, about="COH-2")
    send_due(at=AT)
    # The mail server took it, and the sender was killed before it could write that down.
    Notice.objects.update(mail=MailState.SENDING, held_until=AT + timedelta(minutes=10))
    told(khamla, about="COH-3")
    send_due(at=AT + timedelta(minutes=11))
    send_due(at=AT + timedelta(minutes=12))
    first, again, new = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"] != new.extra_headers["Message-ID"]
    assert first.body == again.body and "COH-3" in new.body and "COH-1" not in new.body


def test_what_another_sender_holds_is_left_to_it_until_its_lease_runs_out(khamla):
    wishing(khamla)
    told(khamla)
    Notice.objects.update(mail=MailState.SENDING, held_until=AT + timedelta(minutes=10))
    assert send_due(at=AT + timedelta(minutes=5)) == []
    assert len(send_due(at=AT + timedelta(minutes=11))) == 1


def test_old_news_does_not_travel(khamla):
    told(khamla)
    send_due(at=AT + timedelta(days=15))
    assert mail.outbox == []


@pytest.mark.parametrize(
    "wrong",
    [{"language": "xx"}, {"zone": "Mars/Base"}, {"quiet_from": time(9)}, {"muted": frozenset({"no.such"})}],
)
def test_wishes_that_cannot_be_kept_are_refused(khamla, wrong):
    with pytest.raises(BadInput):
        wishing(khamla, **wrong)
    assert wishes_of(by=khamla).rhythm == Rhythm.DAILY
