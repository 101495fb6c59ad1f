"""The page of a link by which somebody without an account signs, and each reason for which it opens nothing any more."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.accounts.models import User
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.models import Agreement, Signature, Signer, SigningLink
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_proposed_agreement
from tests.web.readers import text_of

from .signers import PAGE, coordinator, path_in, president

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def proposed() -> Agreement:
    return make_proposed_agreement("AGR-2023-0031")


@pytest.fixture
def counted(settings) -> None:
    """Attempts are counted, as they are outside of tests."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "signing"}}
    cache.clear()


@pytest.fixture
def link(proposed, django_capture_on_commit_callbacks) -> str:
    """The address of a link that was sent to the president of the college at Vientiane."""
    signer = president(proposed)
    with django_capture_on_commit_callbacks(execute=True):
        actions.make_link(signer=signer, at=clock.now(), by=NIGHTLY)
    return path_in(mail.outbox[-1])


@pytest.fixture
def code(link, django_capture_on_commit_callbacks) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(f"{link}code/").status_code == 302
    return re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE).group(1)


def by_link(agreement: Agreement, code: str, **changed: str) -> dict[str, str]:
    sent = {"name": "Khamla Vongsa", "code": code, "has_read": "on", "signed_hash": agreement.canonical_hash}
    return sent | changed


def test_whoever_holds_the_link_reads_the_text_in_the_language_of_the_signer(link, proposed):
    answer = Client().get(link)
    page = text_of(answer)
    assert '<html lang="lo"' in page
    assert "We tell the truth." in page
    assert "第二条 如实报告。" in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert Client().get(f"{link}agreement.pdf").content.startswith(b"%PDF-")


def test_looking_at_the_link_changes_nothing(link):
    before = SigningLink.objects.values().get()
    for _ in range(3):
        Client().get(link)
    assert SigningLink.objects.values().get() == before
    assert len(mail.outbox) == 1


def test_the_signer_signs_with_name_and_code(link, code, proposed, client):
    answer = Client().post(link, by_link(proposed, code), follow=True)
    assert answer.redirect_chain[-1][0] == PAGE
    signed = Signature.objects.get()
    assert (signed.way, signed.proof, signed.signed_name, signed.signed_as) == (
        "link", "mail_code", "Khamla Vongsa", "President",
    )  # fmt: skip
    assert signed.signed_by == "signer of AGR-2023-0031 for vientiane"
    page = text_of(client.get(PAGE))
    assert "By a link that was sent, with a code, in the office “President”." in page
    assert "Khamla" not in page


def test_a_link_works_once(link, code, proposed):
    Client().post(link, by_link(proposed, code))
    for answer in (Client().get(link), Client().post(link, by_link(proposed, code))):
        assert answer.status_code == 410
    assert Signature.objects.count() == 1


def test_a_link_that_was_passed_on_does_not_sign(counted, link, code, proposed):
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        answer = Client().post(link, by_link(proposed, wrong))
        assert answer.status_code == 422
    # Enough was tried: now the right one does not help either, until a quarter of an hour is over.
    assert Client().post(link, by_link(proposed, code)).status_code == 429
    assert not Signature.objects.exists()


def test_without_a_code_nothing_is_signed(link, proposed):
    answer = Client().post(link, by_link(proposed, "123456"))
    assert answer.status_code == 422
    assert not Signature.objects.exists()


def test_codes_are_not_sent_without_end(counted, link):
    assert [Client().post(f"{link}code/").status_code for _ in range(6)] == [302] * 5 + [429]


def test_a_link_for_a_name_is_signed_with_that_name(proposed, link, code):
    Signer.objects.update(person_name="Khamla Vongsa")
    assert Client().post(link, by_link(proposed, code, name="Somebody Else")).status_code == 422
    assert Client().post(link, by_link(proposed, code, name="khamla  VONGSA")).status_code == 302


def test_a_link_expires(link):
    SigningLink.objects.update(expires_at=clock.now() - timedelta(seconds=1), made_at=clock.now() - timedelta(days=15))
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "LinkExpired" in text_of(answer)


def test_a_new_link_kills_the_old_one(link, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.make_link(signer=Signer.objects.get(), at=clock.now(), by=NIGHTLY)
    assert Client().get(link).status_code == 410
    assert Client().get(path_in(mail.outbox[-1])).status_code == 200


def test_a_signer_who_left_yesterday_opens_nothing(link, code, proposed):
    actions.end_signer(signer=Signer.objects.get(), at=clock.now() - timedelta(days=1), by=NIGHTLY)
    answer = Client().post(link, by_link(proposed, code))
    assert answer.status_code == 410
    assert "SignerHasLeft" in text_of(answer)
    assert not Signature.objects.exists()


def test_an_agreement_that_was_taken_back_is_not_signed_by_a_link(link, proposed):
    Agreement.objects.update(status="terminated")
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "NotProposed" in text_of(answer)


def test_a_link_is_good_for_the_text_that_it_was_made_for_alone(link, code, proposed):
    old = proposed.canonical_hash
    Agreement.objects.update(canonical_hash="b" * 64)
    answer = Client().post(link, by_link(proposed, code, signed_hash=old))
    assert answer.status_code == 410
    assert "LinkReplaced" in text_of(answer)


def test_a_link_that_was_never_given_is_not_found():
    assert Client().get("/sign/no-such-link/").status_code == 404


def test_whoever_speaks_for_the_member_is_told_of_it(link, code, proposed):
    browser = coordinator(proposed)
    Client().post(link, by_link(proposed, code))
    page = text_of(browser.get("/notices/"))
    assert "AGR-2023-0031 was signed for vientiane by a link, in the office “President”." in page


def test_who_is_named_with_an_account_is_told_so(proposed):
    browser = coordinator(proposed)
    user = User.objects.get(username="coordinator-vientiane")
    president(proposed, email="", account=user.pk)
    assert "You are named to sign AGR-2023-0031." in text_of(browser.get("/notices/"))


def test_a_letter_that_cannot_be_sent_is_told_on_the_page_until_a_new_link_is_sent(
    proposed, settings, django_capture_on_commit_callbacks
):
    signer = president(proposed)
    khamla, page = coordinator(proposed), f"{PAGE}signers/"
    sends = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": "tests.foundations.notices.deaf.DeafBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        assert khamla.post(f"{page}{signer.pk}/link/").status_code == 302
    shown = text_of(khamla.get(page))
    assert "The letter with the link could not be sent on 2 February 2024." in shown
    assert "Send a new link" in shown
    settings.MAILERS = sends
    with django_capture_on_commit_callbacks(execute=True):
        khamla.post(f"{page}{signer.pk}/link/")
    assert "could not be sent" not in text_of(khamla.get(page))
    assert SigningLink.objects.filter(signer=signer, ended_at=None).get().failed_at is None
