"""A no is a page with what, by which rule, and the way out."""

import pytest
from django.test import Client
from django.utils import translation

from corridor.kernel.errors import WrongMoment
from corridor.web.wording import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]


@pytest.mark.parametrize("status", [403, 404, 409, 422])
def test_each_refusal_has_its_status_and_says_its_sentence_its_rule_and_the_way_out(client, status):
    answer = client.get(f"/refuse/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'class="refusal"' in page
    assert f"answer {status}." in page
    assert "btn" in page


def test_a_sentence_is_filled_as_its_reader_writes_numbers(client):
    assert "It was signed by 2,914 parties." in client.get("/refuse/409/").content.decode()


def test_a_sentence_names_its_places():
    with translation.override("en"):
        assert sentence(WrongMoment("%(count)s learners wait.", count=12345)) == "12,345 learners wait."


def test_bad_input_shows_every_problem_where_it_stands(client):
    page = client.get("/refuse/422/").content.decode()
    assert "Row 7" in page
    assert "due_on" in page
    assert "The day is missing." in page


def test_a_stale_form_shows_both_values(client):
    answer = client.get("/stale/")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "forty learners" in page
    assert "thirty learners" in page


def test_a_page_that_is_not_there_answers_as_one_that_may_not_be_seen(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is no such page, or none for you" in answer.content.decode()


def test_a_body_that_is_too_large_answers_413(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/take/", data=b"x" * 1001, content_type="text/plain")
    assert answer.status_code == 413
    assert "This is too large" in answer.content.decode()


def test_a_body_that_fits_is_taken(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert client.post("/take/", data=b"x" * 1000, content_type="text/plain").content == b"1000"


def test_the_api_says_413_in_its_own_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/api/v1/anything", data=b"x" * 1001, content_type="application/json")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_a_form_without_its_token_is_refused_in_words(db):
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Reload the page" in answer.content.decode()
