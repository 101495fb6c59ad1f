"""The secretariat, the council and reviewers at the pages of an application."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.members.models import FormVersion, Membership, Seat
from tests.factories.actors import make_user
from tests.factories.applications import PDF, in_review, make_form, submitted
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, statements_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "form")]
VOTE = {
    "held_on": "2024-02-02", "present": "9", "in_favour": "6", "against": "1", "abstained": "1", "interests": "Second seat: supplies it",
    "minutes": "Voted.", "outcome": "approved", "reason": "", "conditions": "",
}  # fmt: skip


@pytest.fixture
def form():
    make_alliance()
    return make_form()


def account(name: str) -> Client:
    client = Client()
    client.force_login(make_user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_application_goes_through_the_house():
    application, _secret, _by = submitted()
    mei, page = browser_of("secretariat"), f"/applications/{application.reference}/"
    assert "1 application waits" in text_of(mei.get("/applications/"))
    assert mei.post(f"{page}begin-review/").status_code == 302
    assert mei.post(f"{page}begin-review/").status_code == 409
    make_user("khamla")
    assert mei.post(f"{page}reviewers/", {"username": "khamla\nnobody"}).status_code == 422
    assert mei.post(f"{page}reviewers/", {"username": "khamla"}).status_code == 302
    khamla = account("khamla")
    assert "for you to judge" in text_of(khamla.get("/applications/"))
    assert khamla.post(f"{page}sheet/", {"teaching": "4", "demand": "5", "hand_in": "1"})["Location"] == page
    assert "Weighted mean 4.7 of 5" in text_of(mei.get(page))
    assert "khamla@savannakhet.example" not in text_of(khamla.get(page))
    council = browser_of("council")
    assert council.post(f"{page}decide/", {**VOTE, "against": "2"}).status_code == 422
    assert council.post(f"{page}decide/", {**VOTE, "minutes_file": SimpleUploadedFile("m.pdf", PDF)}).status_code == 302
    assert "supplies it" in text_of(council.get(page))
    answer = mei.post(f"{page}activate/")
    assert answer.status_code == 409
    assert "neither accepted nor waived: 2" in text_of(answer)
    for condition in application.conditions.all():
        address = f"{page}conditions/{condition.pk}/"
        assert mei.get(address).status_code == 200
        assert mei.post(address, {"to": "waived", "reason": ""}).status_code == 422
        assert mei.post(address, {"to": "waived", "reason": "Known to us"}).status_code == 302
    assert mei.post(f"{page}coordinator/", {"email": "nimali@savannakhet.example", "language": "en"}).status_code == 302
    assert mei.post(f"{page}activate/").status_code == 302
    assert Membership.objects.get().status == "active"
    assert Seat.objects.filter(organisation=application.organisation or None, role="coordinator").count() <= 1


def test_conditions_and_letters_are_written_on_pages():
    application, secret, _by = in_review()
    mei, page = browser_of("secretariat"), f"/applications/{application.reference}/"
    assert mei.post(f"{page}conditions/", {"wanted": "Send the plan", "due_on": "2024-01-05"}).status_code == 302
    assert "Overdue since" in text_of(mei.get(page))
    assert mei.post(f"{page}ask/", {"wanted": "How many workshops?"}).status_code == 302
    letter = application.letters.get(kind="more_wanted")
    assert "How many workshops?" in text_of(mei.get(f"{page}letters/{letter.pk}/"))
    assert "How many workshops?" in text_of(Client().get(f"/apply/to/{secret}/letters/{letter.pk}/"))


def test_others_do_not_learn_that_there_is_an_application():
    application, _secret, _by = in_review()
    page = f"/applications/{application.reference}/"
    nimali = browser_of("coordinator", member=make_member("colombo", country="LK"))
    auditor = browser_of("auditor")
    for browser in (nimali, auditor):
        for path in ("", "sheet/", "step-aside/"):
            assert browser.get(page + path).status_code == 404
        assert browser.get("/applications/").status_code == 404
    council = browser_of("council")
    assert council.get(page).status_code == 200
    assert council.get(f"{page}sheet/").status_code == 404
    assert council.post(f"{page}begin-review/").status_code == 403
    assert Client().get(page).status_code == 302


def test_two_reviewers_do_not_see_each_other_before_both_are_in():
    application, _secret, _by = in_review()
    page, mei = f"/applications/{application.reference}/", browser_of("secretariat")
    for name in ("khamla", "nimali"):
        make_user(name)
    mei.post(f"{page}reviewers/", {"username": "khamla\nnimali"})
    khamla, nimali = account("khamla"), account("nimali")
    khamla.post(f"{page}sheet/", {"teaching": "5", "demand": "5", "teaching-why": "Best I saw", "hand_in": "1"})
    assert "Best I saw" not in text_of(nimali.get(page))
    assert "Best I saw" not in text_of(mei.get(page))
    nimali.post(f"{page}sheet/", {"teaching": "1", "demand": "1", "hand_in": "1"})
    assert "Best I saw" in text_of(nimali.get(page))
    assert "Best I saw" in text_of(mei.get(page))
    assert nimali.post(f"{page}sheet/", {"teaching": "5", "demand": "1"}).status_code == 409


def test_who_steps_aside_sees_it_no_more():
    application, _secret, _by = in_review()
    page, mei = f"/applications/{application.reference}/", browser_of("secretariat")
    make_user("khamla")
    mei.post(f"{page}reviewers/", {"username": "khamla"})
    khamla = account("khamla")
    assert khamla.get(page).status_code == 200
    assert khamla.post(f"{page}step-aside/", {"interest": "Taught there"})["Location"] == "/desk/"
    assert khamla.get(page).status_code == 404
    assert "Taught there" in text_of(mei.get(page))


def test_a_form_is_edited_as_a_draft_and_published():
    mei, editor = browser_of("secretariat"), "/applications/forms/school/"
    assert mei.get(editor).status_code == 404
    assert mei.post(f"{editor}draft/").status_code == 302
    draft = FormVersion.objects.get(published_on=None)
    section = draft.parts.get(sort="section", code="who")
    question = {
        "title_en": "Founded in", "title_zh-Hans": "", "title_lo": "", "explanation_en": "", "explanation_zh-Hans": "",
        "explanation_lo": "", "answer": "number", "need": "optional", "fact": "", "document": "",
    }  # fmt: skip
    add = f"{editor}add/question/?under={section.pk}"
    assert mei.get(add).status_code == 200
    assert mei.post(add, {**question, "title_en": ""}).status_code == 422
    assert mei.post(add, question).status_code == 302
    part = draft.parts.get(code="founded-in")
    assert mei.post(f"{editor}parts/{part.pk}/", {**question, "title_lo": "ກໍ່ຕັ້ງໃນ"}).status_code == 302
    before = part.place
    mei.post(f"{editor}parts/{part.pk}/move/", {"up": "1"})
    part.refresh_from_db()
    assert part.place == before - 1
    assert "ກໍ່ຕັ້ງໃນ" in text_of(mei.get(editor))
    city = draft.parts.get(code="city")
    mei.post(f"{editor}parts/{city.pk}/leave-out/")
    refused = mei.post(f"{editor}publish/")
    assert refused.status_code == 409
    assert "The form must ask for" in text_of(refused)
    mei.post(add, {**question, "title_en": "City", "answer": "short_text", "need": "required", "fact": "city"})
    assert mei.post(f"{editor}publish/").status_code == 302
    assert mei.get(f"{editor}versions/1/").status_code == 200
    assert mei.get(f"{editor}parts/{part.pk}/").status_code == 404
    assert "Version 2" in text_of(mei.get("/applications/forms/"))


def test_sorts_of_parts_and_documents_have_their_own_form():
    mei, editor = browser_of("secretariat"), "/applications/forms/school/"
    mei.post(f"{editor}draft/")
    for sort in ("section", "condition", "criterion"):
        assert mei.get(f"{editor}add/{sort}/").status_code == 200
    assert mei.get(f"{editor}add/nothing/").status_code == 404
    assert mei.get(f"{editor}add/question/?under=x").status_code == 404
    assert mei.post("/applications/forms/documents/", {"code": "plan", "title_en": "Plan"}).status_code == 302
    assert "Plan" in text_of(mei.get("/applications/forms/"))


def test_letters_are_worded_by_the_secretariat():
    mei, address = browser_of("secretariat"), "/applications/letters/receipt/en/"
    assert "We have received" in text_of(mei.get("/applications/letters/"))
    assert mei.get(address).status_code == 200
    sent = {"subject": "We have it", "body": "Dear $contact", "version": "0"}
    assert mei.post(address, {**sent, "body": "Dear $nobody"}).status_code == 422
    assert mei.post(address, sent).status_code == 302
    assert mei.post(address, sent).status_code == 409
    assert mei.get("/applications/letters/receipt/xx/").status_code == 404


def test_forms_and_letters_are_the_secretariat_s():
    council = browser_of("council")
    for address in (
        "/applications/forms/",
        "/applications/forms/school/",
        "/applications/letters/",
        "/applications/letters/receipt/en/",
    ):
        assert council.get(address).status_code == 403


def test_the_queue_asks_as_often_for_ten_as_for_two():
    mei = browser_of("secretariat")
    submitted()
    submitted()
    few = statements_of(mei, "/applications/")
    for _number in range(8):
        submitted()
    assert statements_of(mei, "/applications/") == few


def test_the_secretariat_sees_a_letter_that_could_not_be_sent_and_sends_it_again():
    application, _secret, _by = submitted()
    letter, page = application.letters.get(), f"/applications/{application.reference}/"
    one = f"{page}letters/{letter.pk}/"
    mei, council = browser_of("secretariat"), browser_of("council")
    assert "Send it again" not in text_of(mei.get(one))
    application.letters.update(mail="failed", attempts=5)
    assert one in text_of(mei.get("/desk/")) and one not in text_of(council.get("/desk/"))
    assert "Could not be sent" in text_of(mei.get(page))
    assert "Send it again" in text_of(mei.get(one)) and "Send it again" not in text_of(council.get(one))
    assert council.post(f"{one}again/").status_code == 403
    assert mei.post(f"{one}again/").status_code == 302
    letter.refresh_from_db()
    assert (letter.mail, letter.attempts) == ("waiting", 0)
    application.letters.update(mail="failed")
    assert mei.post(f"{one}settled/").status_code == 302
    assert one not in text_of(mei.get("/desk/"))
    assert mei.post(f"{one}settled/").status_code == 409
