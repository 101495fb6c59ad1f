"""Signing here with a proof just given, by a link with a code, and the page of who signs."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from corridor.foundations import clock
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, SignerDraft, TextDraft
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signature, Signer, SigningLink
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_proposed_agreement
from tests.web.accounts.signing import PASSWORD, code_of, forget_the_sign_in, make_account, set_up_app, sign_in
from tests.web.readers import browser_of, just_proved, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/agreements/AGR-2023-0031/"


@pytest.fixture
def proposed() -> Agreement:
    return make_proposed_agreement("AGR-2023-0031")


def party_of(agreement: Agreement, member: str = "vientiane") -> AgreementParty:
    return agreement.parties.get(organisation__reference=member)


def coordinator(agreement: Agreement, member: str = "vientiane") -> Client:
    return just_proved(browser_of("coordinator", member=party_of(agreement, member).organisation))


def president(agreement: Agreement, **changed) -> Signer:
    draft = SignerDraft(**{"office": "President", "email": "p@vientiane.example", "language": "lo", **changed})
    return actions.name_signer(party=party_of(agreement), draft=draft, at=clock.now(), by=NIGHTLY)


def signature(agreement: Agreement, **changed: str) -> dict[str, str]:
    return {
        "member": "vientiane", "signed_as": "President", "has_read": "on", "signed_hash": agreement.canonical_hash, **changed,
    }  # fmt: skip


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


def path_in(letter: mail.EmailMessage) -> str:
    return re.search(r"https?://[^/]+(/sign/\S+)", letter.body).group(1)


@pytest.fixture
def code(link, django_capture_on_commit_callbacks) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(f"{link}code/").status_code == 302
    return re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE).group(1)


def by_link(agreement: Agreement, code: str, **changed: str) -> dict[str, str]:
    sent = {"name": "Khamla Vongsa", "code": code, "has_read": "on", "signed_hash": agreement.canonical_hash}
    return sent | changed


def test_who_proved_nothing_a_moment_ago_is_asked_first_and_the_form_goes_on_afterwards(proposed):
    user = make_account("coordinator-vientiane")
    browser_of("coordinator", member=party_of(proposed).organisation)
    browser = sign_in(user.username)
    forget_the_sign_in(browser)
    answer = browser.post(f"{PAGE}sign/", signature(proposed))
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert not Signature.objects.exists()
    answer = browser.post(answer.headers["Location"], {"password": PASSWORD, "next": f"{PAGE}sign/"})
    assert answer.headers["Location"] == PAGE
    assert Signature.objects.get().proof == "password"


def test_who_has_a_second_factor_signs_with_it(proposed):
    user = make_account("coordinator-vientiane")
    browser_of("coordinator", member=party_of(proposed).organisation)
    browser = sign_in(user.username)
    secret = set_up_app(browser)
    session = browser.session
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()
    answer = browser.post(f"{PAGE}sign/", signature(proposed))
    assert answer.headers["Location"].startswith("/account/second-factor/confirm/")
    assert not Signature.objects.exists()
    answer = browser.post(answer.headers["Location"], {"code": code_of(secret, ahead=1), "next": f"{PAGE}sign/"})
    assert answer.headers["Location"] == PAGE
    assert Signature.objects.get().proof == "second_factor"


def test_where_the_alliance_asks_for_a_second_factor_nobody_signs_without(proposed, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    browser = coordinator(proposed)
    answer = browser.post(f"{PAGE}sign/", signature(proposed), follow=True)
    assert answer.redirect_chain[-1][0] == "/account/"
    assert "Agreements are signed with a second factor." in text_of(answer)
    assert not Signature.objects.exists()


def test_the_page_shows_exactly_what_is_signed(proposed):
    page = text_of(coordinator(proposed).get(f"{PAGE}sign/"))
    groups = " ".join(proposed.canonical_hash[place : place + 4] for place in range(0, 64, 4))
    assert groups in page
    assert "This version prevails" in page
    assert "Vientiane College" in page


def test_a_named_office_is_not_typed_again(proposed):
    president(proposed, email="", language="en")
    browser = coordinator(proposed)
    page = text_of(browser.get(f"{PAGE}sign/"))
    assert "In which office" not in page
    key = Signer.objects.get().pk
    answer = browser.post(f"{PAGE}sign/", signature(proposed, member=f"vientiane/{key}"), follow=True)
    assert "Signed here, in the office “President”." in text_of(answer)


def test_who_is_not_named_is_told_who_signs(proposed):
    president(proposed)
    answer = coordinator(proposed).get(f"{PAGE}sign/")
    assert answer.status_code == 409
    assert "others sign AGR-2023-0031" in text_of(answer)


def test_a_signer_is_named_sent_a_link_and_taken_back(proposed, django_capture_on_commit_callbacks):
    browser = coordinator(proposed)
    sent = {"office": "President", "email": "p@vientiane.example", "language": "lo", "person_name": "Khamla Vongsa"}
    page = text_of(browser.post(f"{PAGE}signers/add/vientiane/", sent, follow=True))
    assert "“President” signs for Vientiane College." in page
    assert "Khamla Vongsa" in page
    key = Signer.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(browser.post(f"{PAGE}signers/{key}/link/", follow=True))
    assert "A link was sent; it works until 16 February 2024." in page
    assert mail.outbox[-1].to == ["p@vientiane.example"]
    assert mail.outbox[-1].extra_headers["Content-Language"] == "lo"
    assert browser.post(f"{PAGE}signers/{key}/link/end/", follow=True).status_code == 200
    assert Client().get(path_in(mail.outbox[-1])).status_code == 410
    page = text_of(browser.post(f"{PAGE}signers/{key}/end/", follow=True))
    assert "Nobody is named" in page
    signer = Signer.objects.get()
    assert (signer.person_name, signer.email) == ("", "")


def test_an_address_that_is_none_is_refused_where_it_stands(proposed):
    sent = {"office": "President", "email": "nobody", "language": "lo"}
    answer = coordinator(proposed).post(f"{PAGE}signers/add/vientiane/", sent)
    assert answer.status_code == 422
    assert 'value="nobody"' in text_of(answer)


def test_names_and_addresses_of_signers_are_not_for_the_other_parties(proposed):
    president(proposed, person_name="Khamla Vongsa")
    page = text_of(coordinator(proposed, "chongqing").get(f"{PAGE}signers/"))
    assert "President" in page
    assert "Khamla" not in page
    assert "p@vientiane.example" not in page
    assert coordinator(proposed, "chongqing").get(f"{PAGE}signers/add/vientiane/").status_code == 403
    key = Signer.objects.get().pk
    assert coordinator(proposed, "chongqing").get(f"{PAGE}signers/{key}/").status_code == 404


def test_the_secretariat_says_how_it_is_signed_unless_it_was_changed_meanwhile(proposed):
    secretariat = browser_of("secretariat")
    sent = {"quorum": "2", "order": "in_order", "read_quorum": "1", "read_order": "parallel"}
    page = text_of(secretariat.post(f"{PAGE}signers/how/", sent, follow=True))
    assert "A party is signed when 2 of its signers have signed." in page
    assert secretariat.post(f"{PAGE}signers/how/", sent).status_code == 409


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


def test_a_coordinator_whose_seat_ended_yesterday_does_not_sign(proposed):
    browser = coordinator(proposed)
    organisation = party_of(proposed).organisation
    organisation.seats.update(held_before=date(2024, 2, 2))
    assert browser.post(f"{PAGE}sign/", signature(proposed)).status_code == 403
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


def test_the_desk_tells_whose_signature_is_wanted(proposed):
    assert "Read and sign" in text_of(coordinator(proposed).get("/desk/"))
    president(proposed)
    page = text_of(coordinator(proposed).get("/desk/"))
    assert "waits for another signature" in page
    assert "in the office “President”" in page


def test_its_parties_print_it_and_nobody_else(proposed, client):
    answer = coordinator(proposed).get(f"{PAGE}agreement.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get(f"{PAGE}agreement.pdf").status_code == 302


def test_who_signed_an_earlier_text_is_shown_what_has_changed(proposed):
    browser = coordinator(proposed)
    browser.post(f"{PAGE}sign/", signature(proposed))
    draft = AgreementDraft(
        starts_on=proposed.starts_on, ends_before=proposed.ends_before,
        texts=[TextDraft("en", "Joint training", "Article 1. We teach apart.")],
        parties=[PartyDraft(party.organisation) for party in proposed.parties.all()],
    )  # fmt: skip
    actions.counter_agreement(
        agreement=proposed, draft=draft, over=proposed.canonical_hash, on=date(2024, 2, 1), at=clock.now(), by=NIGHTLY,
        reason="A word was wrong.",
    )  # fmt: skip
    page = text_of(browser.get(f"{PAGE}sign/"))
    assert "An earlier text was signed on 2 February 2024." in page
    assert "apart" in page
    assert "One signature over an earlier text" in text_of(browser.get(f"{PAGE}signers/"))
    proposed.refresh_from_db()
    assert browser.post(f"{PAGE}sign/", signature(proposed), follow=True).status_code == 200
    assert Signature.objects.filter(superseded_at__isnull=True).count() == 1
