"""A visitor finds the way in, and a wrong password is a sentence beside the form."""


def test_someone_who_mistypes_the_password_may_try_again(strict_page, alliance_to_change):
    strict_page.goto("/sign-in/")
    strict_page.locator("input[name=username]").fill("trainer")
    strict_page.locator("input[name=password]").fill("not-the-password")
    strict_page.locator("input[name=password]").press("Enter")
    strict_page.locator("[role=alert], .errorlist, .note").first.wait_for()
    assert strict_page.url.endswith("/sign-in/")
    assert strict_page.locator("input[name=username]").input_value() == "trainer"


def test_the_way_in_leads_to_the_desk_and_out_again(strict_page, alliance_to_change):
    strict_page.goto("/")
    strict_page.get_by_role("link", name="Sign in").click()
    strict_page.locator("input[name=username]").fill("secretariat")
    strict_page.locator("input[name=password]").fill("five-minute-walk")
    strict_page.get_by_role("button", name="Sign in", exact=True).click()
    strict_page.wait_for_url("**/desk/")
    strict_page.locator(".menu--user summary").click()
    strict_page.get_by_role("button", name="Sign out").click()
    strict_page.wait_for_url(lambda url: not url.endswith("/desk/"))
    strict_page.goto("/desk/")
    assert "/sign-in/" in strict_page.url
