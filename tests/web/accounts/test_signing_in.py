"""Signing in by name or address; guessing is slow, and no answer tells which accounts exist."""

import re

import pytest
from django.test import Client

from .signing import PASSWORD, make_account, sign_in

pytestmark = pytest.mark.django_db


def without_what_differs(page: str) -> str:
    """The page without its token and without the name that was written into it."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return re.sub(r"mei(@example.org)?|nobody(@example.org)?", "NAME", page)


@pytest.mark.parametrize("name", ["mei", "mei@example.org", "MEI@Example.org", " mei "])
def test_one_signs_in_by_name_or_confirmed_address(name: str):
    make_account(email="mei@example.org")
    client = sign_in(name)
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize(("known", "unknown"), [("mei", "nobody"), ("mei@example.org", "nobody@example.org")])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(known: str, unknown: str):
    make_account(email="mei@example.org")
    answers = [Client().post("/sign-in/", {"username": name, "password": "wrong-wrong"}) for name in (known, unknown)]
    assert [each.status_code for each in answers] == [422, 422]
    first, second = (without_what_differs(each.content.decode()) for each in answers)
    assert first == second


def test_a_closed_account_gets_the_answer_of_an_unknown_one():
    user = make_account()
    user.is_active = False
    user.save()
    answer = Client().post("/sign-in/", {"username": "mei", "password": PASSWORD})
    assert answer.status_code in {302, 422}
    assert Client().get("/desk/").status_code == 302


def test_a_forgotten_password_is_answered_alike_and_only_a_confirmed_address_gets_a_letter(mailoutbox):
    user = make_account(email="mei@example.org")
    user.emailaddress_set.create(email="unconfirmed@example.org", verified=False)
    pages = [
        Client().post("/account/password/forgotten/", {"email": email}, follow=True).content.decode()
        for email in ("mei@example.org", "unconfirmed@example.org", "nobody@example.org")
    ]
    assert len({without_what_differs(page) for page in pages}) == 1
    assert [letter.to for letter in mailoutbox] == [["mei@example.org"]]


def test_an_invited_person_does_not_get_in_by_the_forgotten_password(mailoutbox):
    user = make_account()
    user.emailaddress_set.create(email="mei@example.org", verified=False, primary=True)
    Client().post("/account/password/forgotten/", {"email": "mei@example.org"})
    assert mailoutbox == []


def test_the_eighth_wrong_password_locks_the_name_for_that_address():
    make_account()
    answers = [Client().post("/sign-in/", {"username": "mei", "password": f"wrong-{n}"}).status_code for n in range(8)]
    assert answers == [422] * 7 + [429]
    assert Client().post("/sign-in/", {"username": "mei", "password": PASSWORD}).status_code == 429


def test_a_link_for_a_new_password_works_once_and_signs_out_everywhere(mailoutbox):
    from .signing import links_in

    make_account(email="mei@example.org")
    elsewhere = sign_in()
    client = Client()
    client.post("/account/password/forgotten/", {"email": "mei@example.org"})
    (link,) = links_in(mailoutbox[0])
    form = client.get(link)
    assert form.status_code == 302
    assert client.post(form.headers["Location"], {"password1": "short"}).status_code == 422
    assert client.post(form.headers["Location"], {"password1": "another-boat-on-the-lake"}).status_code == 302
    assert elsewhere.get("/profile/").status_code == 302
    sign_in(password="another-boat-on-the-lake")
    assert "used before or is too old" in Client().get(link).content.decode()
    assert [letter.subject for letter in mailoutbox][1:] == ["Your account at Corridor was changed"]


def test_too_many_links_are_refused(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "links"}}
    answers = [
        Client().post("/account/password/forgotten/", {"email": "mei@example.org"}).status_code for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_the_way_back_leads_nowhere_else():
    make_account()
    answer = Client().post("/sign-in/", {"username": "mei", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/desk/"


def test_a_new_password_needs_the_old_one_and_ends_other_sessions():
    make_account()
    here, there = sign_in(), sign_in()
    wrong = here.post("/account/password/", {"oldpassword": "no", "password1": "another-boat-on-the-lake"})
    assert wrong.status_code == 422
    right = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": "another-boat-on-the-lake"})
    assert right.status_code == 302
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302


def test_an_address_counts_once_its_link_was_opened(mailoutbox):
    from .signing import links_in

    user = make_account()
    client = sign_in()
    assert client.post("/account/e-mail/", {"action_add": "", "email": "mei@example.org"}).status_code == 302
    assert not user.emailaddress_set.get().verified
    (link,) = links_in(mailoutbox[0])
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    assert user.emailaddress_set.get().verified


def test_an_address_of_somebody_else_is_taken_from_nobody(mailoutbox):
    make_account("khamla", email="khamla@example.org")
    make_account()
    client = sign_in()
    assert client.post("/account/e-mail/", {"action_add": "", "email": "khamla@example.org"}).status_code == 302
    sign_in("khamla@example.org")
