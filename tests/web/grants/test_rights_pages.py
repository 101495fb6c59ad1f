"""Roles beside the offices on pages: given, passed on, ended; a record opened with a reason; seeing as a role; who can see this."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from corridor.foundations.access import Permission
from corridor.foundations.grants.models import AccessGrant, Override, Viewing
from corridor.foundations.sheets.models import Import
from corridor.journeys.recognise import recognise
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_user
from tests.factories.applications import in_review, make_form
from tests.factories.credentials import make_credential
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.web.accounts.signing import PASSWORD, forget_the_sign_in, make_account
from tests.web.accounts.signing import sign_in as sign_in_by_page
from tests.web.people_at_work import sign_in
from tests.web.readers import browser_of, statements_of, text_of

WHY = "The police of Vientiane ask for a missing learner."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def sent(**more: str) -> dict[str, str]:
    return {
        "username": "khamla", "role": "auditor", "kind": "alliance", "reference": "", "held_from": "2024-02-02",
        "held_before": "2024-03-01", "reason": "Away for the spring.", **more,
    }  # fmt: skip


def test_the_secretariat_gives_a_role_and_ends_it_at_once():
    khamla, browser = make_user("khamla"), browser_of("secretariat")
    make_member("vientiane", country="LA")
    assert browser.post("/grants/new/", sent(kind="country", reference="la")).status_code == 302
    grant = AccessGrant.objects.get()
    assert (grant.scope_kind, grant.scope_reference, grant.user) == ("country", "LA", khamla)
    assert "khamla" in text_of(browser.get("/grants/"))
    browser.post(f"/grants/{grant.pk}/end/")
    assert "Nobody holds more" in text_of(browser.get("/grants/"))


def test_a_form_that_cannot_be_taken_keeps_what_was_sent_and_says_why():
    make_user("khamla")
    browser = browser_of("secretariat")
    for field, wrong in (
        ("reference", sent(kind="member", reference="nobody")),
        ("reference", sent(kind="country", reference="XX")),
        ("username", sent(username="nobody")),
        ("held_before", sent(held_before="2024-02-02")),
        ("role", sent(role="council")),
    ):
        answer = browser.post("/grants/new/", wrong)
        assert answer.status_code in {403, 422}
        assert answer.context["form"].errors.keys() == {field}
    assert not AccessGrant.objects.exists()


def test_a_coordinator_passes_the_role_on_and_both_see_it():
    member = make_member("vientiane", country="LA")
    browser, khamla = browser_of("coordinator", member=member), make_user("khamla")
    answer = browser.post("/profile/rights/pass-on/", sent(role="coordinator", kind="member", reference="vientiane"))
    assert answer.status_code == 302
    assert "khamla" in text_of(browser.get("/profile/rights/"))
    theirs = sign_in(khamla)
    assert "coordinator-vientiane" in text_of(theirs.get("/profile/rights/"))
    assert theirs.get("/members/vientiane/place/").status_code == 200
    assert theirs.get("/profile/rights/pass-on/").status_code == 200
    assert theirs.post(f"/grants/{AccessGrant.objects.get().pk}/end/").status_code == 302
    assert theirs.get("/members/vientiane/place/").status_code == 403


def test_an_auditor_opens_a_record_and_the_person_reads_who_looked_and_why():
    nimali = make_person("nimali", user=make_user("nimali"))
    auditor = browser_of("auditor")
    assert auditor.get("/people/nimali/").status_code == 404
    assert (
        auditor.post(
            "/open-a-record/", {"kind": "person", "reference": "nimali", "minutes": "15", "reason": "short"}
        ).status_code
        == 422
    )
    assert (
        auditor.post(
            "/open-a-record/", {"kind": "person", "reference": "nimali", "minutes": "15", "reason": WHY}
        ).status_code
        == 302
    )
    assert auditor.get("/people/nimali/").status_code == 200
    assert "Close now" in text_of(auditor.get("/profile/rights/"))
    theirs = sign_in(nimali.user)
    assert "/people/me/looked/" in text_of(theirs.get("/people/me/"))
    text = text_of(theirs.get("/people/me/looked/"))
    assert WHY in text
    assert "auditor" in text
    assert auditor.post(f"/open-a-record/{Override.objects.get().pk}/end/").status_code == 302
    assert auditor.get("/people/nimali/").status_code == 404


def test_opening_a_record_asks_for_a_proof_of_who_asks_first():
    make_person("nimali")
    user = make_account("auditor")
    make_seat(user, "auditor")
    browser = sign_in_by_page("auditor")
    assert browser.get("/open-a-record/").status_code == 200
    forget_the_sign_in(browser)
    sent = {"kind": "person", "reference": "nimali", "minutes": "15", "reason": WHY}
    assert browser.get("/open-a-record/").headers["Location"].startswith("/account/confirm/?next=")
    answer = browser.post("/open-a-record/", sent)
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert not Override.objects.exists()
    where = answer.headers["Location"]
    assert browser.post(where, {"password": "wrong-wrong", "next": "/open-a-record/"}).status_code == 422
    assert not Override.objects.exists()
    # What was written is not lost: it is taken up where it was left.
    browser.post(where, {"password": PASSWORD, "next": "/open-a-record/"})
    assert Override.objects.get().reason == WHY


def test_an_applicant_and_a_sender_read_who_looked_on_their_own_pages():
    make_form()
    one, secret, _by = in_review()
    auditor = browser_of("auditor")
    assert auditor.get(f"/applications/{one.reference}/").status_code == 404
    sent = {"kind": "application", "reference": one.reference, "minutes": "15", "reason": WHY}
    assert auditor.post("/open-a-record/", sent).headers["Location"] == f"/applications/{one.reference}/"
    text = text_of(auditor.get(f"/applications/{one.reference}/"))
    assert "khamla@savannakhet.example" in text
    told = text_of(auditor.get(f"/access/application/{one.reference}/"))
    assert "Opened with a written reason" in told
    assert "Begin the review" not in text
    own = text_of(Client().get(f"/apply/to/{secret}/"))
    assert WHY in own
    assert "auditor" in own


def test_a_sheet_of_somebody_else_is_read_by_the_office_with_a_reason_and_nothing_can_be_pressed():
    khamla = make_user("khamla")
    held = Import.objects.create(
        kind="people", file_name="people.csv", sha256="0" * 64, size=1, stored_as="", sent_by="khamla", sender=khamla,
        sent_at=datetime(2024, 2, 1, tzinfo=UTC), hidden="read", state="checked", checked_at=datetime(2024, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    office = browser_of("secretariat")
    assert office.get(f"/imports/{held.pk}/").status_code == 404
    sent = {"kind": "import", "reference": str(held.pk), "minutes": "15", "reason": WHY}
    assert office.post("/open-a-record/", sent).headers["Location"] == f"/imports/{held.pk}/"
    text = text_of(office.get(f"/imports/{held.pk}/"))
    assert "people.csv" in text
    for way in ("write", "withdraw", "columns", "undo"):
        assert f"/imports/{held.pk}/{way}/" not in text
        assert office.post(f"/imports/{held.pk}/{way}/").status_code == 404
    assert WHY in text_of(sign_in(khamla).get("/people/me/looked/"))


def test_whoever_sees_as_a_role_reads_a_band_on_every_page_and_sends_nothing():
    vientiane = make_member("vientiane", country="LA")
    browser = browser_of("secretariat")
    assert browser.get("/members/new/").status_code == 200
    assert (
        browser.post("/see-as/", {"role": "coordinator", "kind": "member", "reference": "vientiane"}).status_code == 302
    )
    for address in ("/", "/members/vientiane/", "/verify/", "/profile/rights/"):
        assert "See as myself again" in text_of(browser.get(address)), address
    assert browser.get("/members/new/").status_code == 403
    answer = browser.post("/members/vientiane/place/", {"city": "Pakse", "version": "1"})
    assert answer.status_code == 403
    assert "only read" in text_of(answer)
    assert Organisation.objects.get(pk=vientiane.pk).version == 1
    assert browser.post("/see-as/end/").status_code == 302
    assert browser.get("/members/new/").status_code == 200
    assert Viewing.objects.get().ended_at is not None


def test_a_member_tells_who_can_see_it_and_through_what():
    member = make_member("vientiane", country="LA")
    browser = browser_of("coordinator", member=member)
    text = text_of(browser.get("/access/member/vientiane/"))
    assert "coordinator-vientiane" in text
    assert "Everybody sees that it exists" in text
    assert "/access/member/vientiane/" in text_of(browser.get("/members/vientiane/"))
    assert "/access/member/vientiane/" not in text_of(Client().get("/members/vientiane/"))
    other = browser_of("coordinator", member=make_member("colombo", country="LK"))
    assert other.get("/access/member/vientiane/").status_code == 403
    assert "/access/member/vientiane/" not in text_of(other.get("/members/vientiane/"))


def test_a_persons_record_is_told_to_the_person_field_by_field_and_to_nobody_else():
    nimali = make_person("nimali", user=make_user("nimali"))
    theirs = sign_in(nimali.user)
    text = text_of(theirs.get("/access/person/nimali/"))
    assert "Field by field" in text
    assert "The person&#x27;s own record" in text or "own record" in text
    assert theirs.get("/audit/of/person/nimali/").status_code in {403, 404}
    assert (
        browser_of("coordinator", member=make_member("colombo", country="LK")).get("/access/person/nimali/").status_code
        == 404
    )


def test_every_kind_of_record_tells_who_can_see_it():
    credential = make_credential()
    cohort = credential.cohort
    browser = browser_of("secretariat")
    places = {
        "member": "chongqing", "site": cohort.site.reference, "programme": cohort.programme.reference, "cohort": cohort.reference,
        "learner": f"{cohort.reference}-1", "credential": credential.reference, "person": credential.enrolment.person.reference,
        "agreement": cohort.programme.agreement.reference,
    }  # fmt: skip
    for kind, reference in places.items():
        answer = browser.get(f"/access/{kind}/{reference}/")
        assert answer.status_code == 200, kind
        assert "secretariat" in text_of(answer)
        assert browser.get(f"/audit/of/{kind}/{reference}/").status_code == 200, kind
    for address in ("/access/thing/x/", "/access/learner/x/", "/access/cohort/no-such/", "/audit/of/member/no-such/"):
        assert browser.get(address).status_code == 404, address


def test_the_page_asks_the_database_as_often_for_many_accounts_as_for_few():
    member = make_member("vientiane", country="LA")
    browser = browser_of("secretariat")
    few = statements_of(browser, "/access/member/vientiane/")
    for number in range(10):
        make_seat(make_user(f"coordinator-{number}"), "coordinator", member=member, held_from=date(2024, 1, 1))
    assert statements_of(browser, "/access/member/vientiane/") == few


def test_a_country_role_opens_the_members_of_that_country_alone():
    make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    make_user("khamla")
    browser_of("secretariat").post("/grants/new/", sent(role="secretariat", kind="country", reference="LA"))
    khamla = make_user("khamla")
    assert not recognise(khamla, on=date(2024, 2, 2)).may(Permission.MEMBER_EDIT)
    theirs = sign_in(khamla)
    assert theirs.get("/members/vientiane/place/").status_code == 200
    assert theirs.get("/members/colombo/place/").status_code == 403
