"""Signing here with a proof just given, by a link with a code, and the page of who signs."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from corridor.foundations import clock
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, TextDraft
from corridor.rooms.agreements.models import Agreement, Signature, Signer
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_proposed_agreement
from tests.web.accounts.signing import PASSWORD, code_of, forget_the_sign_in, make_account, set_up_app, sign_in
from tests.web.readers import browser_of, text_of

from .signers import PAGE, coordinator, party_of, path_in, president, signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def proposed() -> Agreement:
    return make_proposed_agreement("AGR-2023-0031")


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


def test_a_coordinator_whose_seat_ended_yesterday_does_not_sign(proposed):
    browser = coordinator(proposed)
    organisation = party_of(proposed).organisation
    organisation.seats.update(held_before=date(2024, 2, 2))
    assert browser.post(f"{PAGE}sign/", signature(proposed)).status_code == 403
    assert not Signature.objects.exists()


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
