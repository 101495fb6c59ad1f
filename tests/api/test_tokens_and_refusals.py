"""Who may ask, and how the API says no: one shape for every refusal, in the reader's language."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils.translation import override

from corridor.api.problems import TITLES
from corridor.foundations import clock
from corridor.foundations.accounts.tokens import list_tokens, revoke_token
from corridor.journeys.recognise import recognise
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.tokens import Machine, machine_of, token_of

pytestmark = pytest.mark.django_db


def assert_problem(response: HttpResponse, status: int, code: str) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    said = response.json()
    assert {"type", "title", "status", "detail", "code", "problems"} <= said.keys()
    assert (said["status"], said["code"]) == (status, code)
    return said


def test_public_reads_need_no_token_and_private_ones_say_how_to_get_one(visitor: Machine):
    make_member("vientiane", country="LA")
    assert visitor.get("/members").status_code == 200
    response = visitor.get("/cohorts")
    assert_problem(response, 401, "NoToken")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("sent", ["crd_no-such-token", "something else"])
def test_a_wrong_token_opens_not_even_what_is_public(db, sent: str):
    assert_problem(Machine(sent).get("/members"), 401, "NoToken")


def test_a_token_that_was_revoked_or_has_run_out_opens_nothing(db):
    user = make_user("mei")
    make_seat(user, "secretariat")
    machine = machine_of(user)
    assert machine.get("/cohorts").status_code == 200
    by = recognise(user, on=clock.today())
    revoke_token(token_id=list_tokens(by=by)[0].pk, at=clock.real_now(), by=by)
    assert_problem(machine.get("/cohorts"), 401, "NoToken")
    gone = Machine(token_of(user, lasts=timedelta(microseconds=1)))
    assert_problem(gone.get("/cohorts"), 401, "NoToken")


def test_a_session_of_the_pages_is_no_token(client):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/cohorts").status_code == 401


@pytest.mark.parametrize(
    "query",
    [
        "on=2024-02-30", "on=0", "on=9999-12-31", "on=yesterday", "limit=0", "limit=201", "limit=99999999999999999999", "search=%00",
        "after=%01", "country=%27", "search=" + "x" * 201,
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_understood_is_422_and_names_the_field(visitor: Machine, query: str):
    said = assert_problem(visitor.get(f"/members?{query}"), 422, "BadInput")
    assert said["problems"][0]["where"] == f"query.{query.partition('=')[0]}"


@pytest.mark.parametrize("path", ["/nothing/here", "/members/no-such-member", "/figures/members.no_such_thing"])
def test_what_is_not_there_is_a_problem_too(visitor: Machine, path: str):
    make_alliance()
    response = visitor.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_refusal_is_said_in_the_language_that_was_asked_for(visitor: Machine):
    said = visitor.get("/members/no-such-member", accept_language="zh-Hans, en;q=0.5").json()
    with override("zh-hans"):
        assert said["title"] == str(TITLES[404])


def test_a_body_that_is_too_large_or_no_json_is_refused_by_name(db):
    user = make_user("mei")
    make_seat(user, "secretariat")
    machine = machine_of(user)
    path = "/api/v1/agreements/AGR-2023-0001/signatures"
    large = machine.client.post(path, b"x" * 3_000_000, content_type="application/json")
    assert_problem(large, 413, "TooLarge")
    broken = machine.client.post(path, b"\xff{", content_type="application/json")
    assert_problem(broken, 400, "Unreadable")


def test_pages_go_on_where_the_last_one_ended_and_miss_nobody(visitor: Machine):
    for name in ("colombo", "chongqing", "vientiane", "bangkok", "jakarta"):
        make_member(name)
    seen, after = [], ""
    while after is not None:
        page = visitor.get(f"/members?limit=2&after={after}").json()
        seen += [row["reference"] for row in page["rows"]]
        after = page["next"]
    assert seen == ["bangkok", "chongqing", "colombo", "jakarta", "vientiane"]


def test_a_thing_that_did_not_change_is_not_sent_again(visitor: Machine):
    make_member("vientiane", country="LA")
    first = visitor.get("/members/vientiane")
    again = visitor.get("/members/vientiane", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_what_a_wrong_method_meets(visitor: Machine):
    assert visitor.post("/members", {}).status_code == 405
