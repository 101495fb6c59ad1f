"""The holder's own pages: what is held, taken along, shown for a time, and asked to be put right; signed in or by a link."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.notices.models import Notice
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, LinkWay
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.people.models import RightsRequest
from tests.factories.actors import VISITOR, make_user
from tests.factories.credentials import make_alliance_key
from tests.factories.members import make_seat
from tests.rooms.credentials.holders.people import ADDRESS, graduate, holder_of
from tests.web.people_at_work import manager_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SHOW = {"purpose": "Application as an inspector", "parts": ["results"], "days": "7", "looking": "unasked"}


@pytest.fixture
def credential():
    make_alliance_key()
    return graduate(account="khamla")


@pytest.fixture
def holder(credential):
    return signed_in(credential.enrolment.person.user)


def signed_in(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def secretariat():
    user = make_user("mei")
    make_seat(user, "secretariat")
    return signed_in(user)


def address_of(page):
    return re.search(r'value="https://alliance\.example(/shown/[0-9a-f]{32}/)"', page)[1]


def shown_by(holder, credential, **more):
    answer = holder.post(f"/my-certificates/{credential.reference}/show/", SHOW | more)
    assert answer.status_code == 302, answer.text
    return address_of(holder.get(f"/my-certificates/{credential.reference}/").text)


def test_my_certificates_are_mine_alone(credential, holder):
    here = f"/my-certificates/{credential.reference}/"
    assert here in holder.get("/my-certificates/").text
    assert credential.reference in holder.get(here).text
    assert secretariat().get(here).status_code == 403
    assert signed_in(make_user("stranger")).get(here).status_code == 404
    assert Client().get(here)["Location"] == f"/sign-in/?next={here}"
    assert "You hold no certificate yet" in signed_in(make_user("stranger")).get("/my-certificates/").text


def test_every_form_one_by_one_and_all_in_one_file(credential, holder):
    here = f"/my-certificates/{credential.reference}/"
    for form in queries.FormName:
        answer = holder.get(f"{here}files/{form}")
        # The proof stands as soon as the day is over and the tree has grown.
        assert answer.status_code == (409 if form == queries.FormName.PROOF else 200), form
    assert holder.get(f"{here}files/nothing").status_code == 404
    answer = holder.get(f"{here}all.zip")
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    with ZipFile(BytesIO(answer.content)) as archive:
        names = {each.removeprefix(f"{credential.reference}/") for each in archive.namelist()}
        assert names == set(queries.FormName) - {"proof.json"} | {"left-out.txt"}
        assert archive.read(f"{credential.reference}/credential.json") == credential.document.encode()
        said = archive.read(f"{credential.reference}/credential.sd-jwt").decode()
        assert "proof.json" in archive.read(f"{credential.reference}/left-out.txt").decode()
    assert queries.verify(raw=said, at=clock.now(), by=VISITOR).word == Word.VALID


def test_one_that_was_revoked_is_taken_along_and_not_shown(credential, holder):
    actions.revoke_credential(
        credential=credential, on=clock.today(), at=clock.now(), by=NIGHTLY, why=Why.AWARDED_IN_ERROR
    )
    here = f"/my-certificates/{credential.reference}/"
    page = holder.get(here).text
    assert "It is not in force" in page and "Add it to my profile" not in page and "show/" not in page
    assert holder.get(f"{here}files/credential.jwt").status_code == 409
    with ZipFile(BytesIO(holder.get(f"{here}all.zip").content)) as archive:
        assert {each.rpartition("/")[2] for each in archive.namelist()} == {
            "credential.json", "certificate.pdf", "left-out.txt"
        }  # fmt: skip
    assert holder.post(f"{here}show/", SHOW).status_code == 409
    assert "it cannot be shown" in holder.get(f"{here}show/").text


def test_what_is_shown_says_the_chosen_parts_and_nothing_else(credential, holder, client):
    address = shown_by(holder, credential)
    answer = client.get(address)
    page, said = answer.text, queries.verify(raw=credential.document, at=clock.now(), by=VISITOR).said
    assert "Genuine and in force" in page and "Application as an inspector" in page
    assert all(unit.name in page for unit in said.units)
    assert not any(name in page for name in said.learner_names) and said.site_name not in page
    assert answer["X-Robots-Tag"] == "noindex" and "no-store" in answer["Cache-Control"]
    token = client.get(f"{address}1.sd-jwt")
    assert queries.verify(raw=token.content, at=clock.now(), by=VISITOR).word == Word.VALID
    assert client.get(f"{address}2.sd-jwt").status_code == 404


@pytest.mark.parametrize(
    ("take", "word", "heading"),
    [
        (actions.suspend_credential, "Shown as suspended", "Genuine, but suspended"),
        (actions.revoke_credential, "Shown as revoked", "Genuine, but revoked"),
    ],
)
def test_what_is_shown_says_to_both_what_became_of_it(credential, holder, client, take, word, heading):
    address, here = shown_by(holder, credential), f"/my-certificates/{credential.reference}/"
    fallen = "It was in force when its holder made this link."
    assert ">Shown<" in holder.get(here).text and fallen not in client.get(address).text
    take(credential=credential, on=clock.today(), at=clock.now(), by=NIGHTLY, why=Why.AWARDED_IN_ERROR)
    page = holder.get(here).text
    assert word in page and ">Shown<" not in page and "Whoever opens it reads first" in page
    page = client.get(address).text
    assert heading in page and fallen in page


def test_one_whose_last_day_is_over_is_shown_as_expired(credential, holder):
    shown_by(holder, credential)
    credential.expires_before = clock.today()
    credential.save(update_fields=["expires_before"])
    assert "Shown as expired" in holder.get(f"/my-certificates/{credential.reference}/").text


def test_what_was_ended_says_so_and_shows_nothing(credential, holder, client):
    address = shown_by(holder, credential)
    (showing,) = queries.own_showings(by=holder_of(credential))
    assert client.post(f"/my-certificates/showings/{showing.pk}/end/").status_code == 302
    assert client.get(address).status_code == 200
    assert holder.post(f"/my-certificates/showings/{showing.pk}/end/").status_code == 302
    for path in (address, f"{address}1.sd-jwt"):
        answer = client.get(path)
        assert answer.status_code == 410 and "is not any more" in answer.text and "VI-" not in answer.text
        assert answer["X-Robots-Tag"] == "noindex"
    assert client.get("/shown/" + "0" * 32 + "/").status_code == 404


def test_whoever_looks_is_told_that_the_holder_asks_and_may_go_on_without(credential, holder, client):
    address = shown_by(holder, credential, looking="asked")
    asked = client.get(address).text
    assert "The holder asks who looks" in asked and "Genuine" not in asked
    assert "Genuine and in force" in client.get(f"{address}?look").text
    assert client.post(address, {"name": ""}).status_code == 422
    given = client.post(address, {"name": "Nok, Saigon Motors"})
    assert given.status_code == 302 and "Genuine and in force" in client.get(given["Location"]).text
    assert "Nok, Saigon Motors" in holder.get(f"/my-certificates/{credential.reference}/").text


def test_a_profile_elsewhere_gets_what_it_is_and_where_it_is_verified(credential, holder, settings):
    here = f"/my-certificates/{credential.reference}/"
    link = re.search(r'href="(https://www\.linkedin\.com/profile/add\?[^"]+)"', holder.get(here).text)[1]
    for part in ("issueYear=2023", "issueMonth=7", f"certId={credential.reference}", "organizationName=", "name="):
        assert part in link
    assert f"certUrl=https%3A%2F%2Falliance.example%2Fc%2F{credential.token}%2F" in link
    settings.PROFILE_ADD_URL = ""
    assert "Add it to my profile" not in holder.get(here).text


def test_a_correction_is_asked_answered_and_may_lead_to_a_new_certificate(credential, holder):
    here = f"/my-certificates/{credential.reference}/"
    assert holder.post(f"{here}correct/", {"should_be": " "}).status_code == 422
    sent = holder.post(f"{here}correct/", {"should_be": "Khamla Sisavath", "words": "One letter is missing."})
    assert sent.status_code == 302
    asked = RightsRequest.objects.get()
    assert asked.reference in holder.get(here).text and "Khamla Sisavath" in holder.get(here).text
    office = secretariat()
    page = office.get(f"/requests/{asked.reference}/").text
    assert credential.reference in page and "issue the certificate anew" in page
    manager = manager_of(credential.cohort.site).get(f"/requests/{asked.reference}/").text
    assert credential.reference in manager and "issue the certificate anew" not in manager
    answered = office.post(f"/requests/{asked.reference}/", {"step": "replace", "answer": "You are right."})
    assert answered.status_code == 302
    new = Credential.objects.get(replaces=credential)
    asked.refresh_from_db()
    assert asked.status == "done" and asked.answer == "You are right."
    assert "Open the one that replaced it" in holder.get(here).text
    assert f"/my-certificates/{new.reference}/" in holder.get("/my-certificates/").text
    told = Notice.objects.filter(user=credential.enrolment.person.user).values_list("event", flat=True)
    assert {"people.request_answered", "credentials.replaced"} <= set(told)


def test_the_secretariat_sends_a_letter_and_its_reader_opens_shows_and_leaves(
    django_capture_on_commit_callbacks, client
):
    make_alliance_key()
    credential = graduate()
    link = f"/credentials/{credential.reference}/link/"
    office = secretariat()
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(link, {"way": "mail", "language": "en"}).status_code == 302
    claim = re.search(r"https://alliance\.example(/claim/\S+/)", mail.outbox[0].body)[1]
    page = client.get(claim)
    assert page.status_code == 200 and ADDRESS not in page.text and "k…@learner.example" in page.text
    assert not any(name.full_name in page.text for name in credential.enrolment.person.names.all())
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{claim}code/").status_code == 302
    assert client.post(claim, {"code": "1"}).status_code == 422
    code = re.search(r"^\d{6}$", mail.outbox[1].body, re.M)[0]
    assert client.post(claim, {"code": code})["Location"] == "/my-certificates/"
    assert credential.reference in client.get("/my-certificates/").text
    here = f"/my-certificates/{credential.reference}/"
    assert client.get(f"{here}all.zip").status_code == 200
    assert "wallet-digits" in client.post(f"/credentials/{credential.reference}/wallet/").text
    assert Client().get(shown_by(client, credential)).status_code == 200
    assert client.get("/people/me/").status_code == 302
    again = Client().get(claim)
    assert again.status_code == 410 and "works once" in again.text
    assert "Used on" in office.get(link).text
    assert client.post("/my-certificates/leave/").status_code == 302
    assert client.get(here).status_code == 302


def test_a_sheet_of_the_site_opens_them_once_and_the_site_ends_it(client):
    credential = graduate(email="")
    manager, link = manager_of(credential.cohort.site), f"/credentials/{credential.reference}/link/"
    refused = manager.post(link, {"way": "mail", "language": "en"})
    assert refused.status_code == 409 and "has no e-mail address" in refused.text
    sheet = manager.post(link, {"way": "paper", "language": "lo"})
    assert sheet["Content-Type"] == "application/pdf" and "no-store" in sheet["Cache-Control"]
    (made,) = actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="en", at=clock.now(), by=NIGHTLY)
    claim = made.address.removeprefix("https://alliance.example")
    assert "Open my certificates" in client.get(claim).text
    assert client.post(claim)["Location"] == "/my-certificates/"
    assert manager.post(f"{link}end/").status_code == 302
    assert client.get("/my-certificates/").status_code == 302
    assert "Ended" in manager.get(link).text
    assert signed_in(make_user("stranger")).get(link).status_code == 404


def test_they_are_joined_to_the_account_that_is_signed_in(django_capture_on_commit_callbacks):
    credential, browser = graduate(), Client()
    (made,) = actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="en", at=clock.now(), by=NIGHTLY)
    browser.post(made.address.removeprefix("https://alliance.example"))
    assert browser.get("/my-certificates/join/")["Location"].startswith("/sign-in/")
    browser.force_login(make_user("noy"), backend=BACKEND)
    assert browser.get("/my-certificates/join/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/my-certificates/join/code/").status_code == 302
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.M)[0]
    assert browser.post("/my-certificates/join/", {"code": "000000"}).status_code == 422
    assert browser.post("/my-certificates/join/", {"code": code}).status_code == 302
    assert signed_in(make_user("noy")).get(f"/my-certificates/{credential.reference}/").status_code == 200


def test_what_is_somebody_elses_is_not_joined(credential):
    browser = Client()
    (made,) = actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="en", at=clock.now(), by=NIGHTLY)
    browser.post(made.address.removeprefix("https://alliance.example"))
    browser.force_login(make_user("noy"), backend=BACKEND)
    answer = browser.post("/my-certificates/join/code/")
    assert answer.status_code == 409 and "a record that has an account already" in answer.text


def test_the_pages_of_a_link_are_in_its_language_until_the_reader_chooses_another(client):
    credential = graduate(email="")
    (made,) = actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="lo", at=clock.now(), by=NIGHTLY)
    claim = made.address.removeprefix("https://alliance.example")
    assert '<html lang="lo"' in client.get(claim).text
    client.post(claim)
    assert '<html lang="lo"' in client.get("/my-certificates/").text
    client.cookies["language"] = "en"
    assert '<html lang="en"' in client.get("/my-certificates/").text
