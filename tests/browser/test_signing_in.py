"""A visitor finds the way in, and a wrong password is a sentence beside the form."""

import pytest

from tests.factories.actors import make_user


@pytest.mark.django_db(transaction=True)
def test_someone_who_mistypes_the_password_may_try_again(strict_page, live_server, shot):
    make_user("mei", password="a-good-long-password")
    strict_page.goto(f"{live_server.url}/sign-in/")
    strict_page.locator("input[name=username]").fill("mei")
    strict_page.locator("input[name=password]").fill("not-the-password")
    strict_page.locator("input[name=password]").press("Enter")
    strict_page.wait_for_load_state()
    assert strict_page.url.startswith(f"{live_server.url}/sign-in/")
    assert strict_page.locator("input[name=username]").input_value() == "mei"
    shot("sign-in")
