"""A figure's page: the number, its parts, what is hidden, the walk down, and what may be done to it."""

import json
import re

import pytest

from corridor.foundations.access import NIGHTLY, Role
from corridor.rooms.indicators.actions import freeze_figure, sign_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import Figure, SignOff
from corridor.rooms.members.models import Membership
from tests.factories.actors import make_user
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    complete_at_five_workshops,
    make_alliance_of_164,
    make_cohort_at,
    make_learners,
    make_members,
    make_signer,
)
from tests.factories.funding import cny, make_commitment
from tests.factories.members import make_alliance, make_seat

TEACHERS = "/figures/training.persons_completed/?brand=panda&kind=teacher&to=2024-01-18"
ON_THE_DAY = "/figures/members.active/?on=2024-01-18"


def text_of(response) -> str:
    """What is read on the page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def seated(client, db):
    """Sign somebody in with a seat in that role."""

    def sign_in(role: Role | str, name: str = "mei"):
        user = make_user(name)
        make_seat(user, role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def kept(db) -> Figure:
    make_alliance()
    make_members({"LA": 3})
    return freeze_figure(question=ask("members.active", on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY)


def page_of(figure: Figure) -> str:
    return f"/figures/{figure.code}/versions/{figure.reference}/"


def test_the_list_names_every_figure_and_says_what_is_not_collected(client, db):
    make_alliance_of_164()
    read = text_of(client.get("/figures/"))
    assert "Persons who completed" in read
    assert "not the same as zero" in read


def test_one_number_with_its_parts_and_how_much_a_source_names(client, db):
    make_alliance_of_164()
    response = client.get("/figures/members.countries/?on=2024-01-18")
    read = text_of(response)
    assert "14 countries and regions" in read
    assert "Named in a source : 13" in read
    assert "Assumed : 1" in read
    assert client.get("/figures/members.countries/?on=2024-01-18&format=json").json()["breakdown"]["source"] == {
        "named": 13,
        "assumed": 1,
    }


def test_three_numbers_stand_side_by_side(client, db):
    make_alliance()
    complete_at_five_workshops()
    read = text_of(client.get(TEACHERS))
    assert "Three numbers, side by side" in read
    assert "250 sum of what each claims − 10 overlap" in read
    assert "240 persons, each counted once" in read
    assert "of 1 " not in read


def test_small_cells_are_hidden_from_a_visitor_and_shown_to_an_auditor(seated, client, db):
    make_alliance()
    complete(
        make_cohort_at("wks-vientiane", "COH-1"),
        make_learners(28, prefix="w") + make_learners(3, prefix="m", sex="male"),
    )
    address = "/figures/training.persons_completed/?to=2023-12-31&by=sex"
    unusual = client.get(address.replace("2023-12-31", "2024-01-18")).content.decode()
    assert "Shown for whole quarters only" in unusual
    assert "hidden: fewer than five persons" in client.get(address).content.decode()
    assert "Men" in text_of(seated("auditor").get(address))
    assert ">3<" in client.get(address).content.decode()


def test_a_share_about_few_persons_is_held_back_with_the_rule(client, db):
    make_alliance()
    response = client.get("/figures/curricula.units_mapped/?on=2024-01-18")
    assert response.status_code == 200
    assert "0 of 0" in text_of(response)
    assert 'class="refusal"' in response.content.decode()


def test_what_nobody_collects_is_a_calm_sentence(client, db):
    make_alliance()
    response = client.get("/figures/funding.pledged/?currency=CNY")
    assert response.status_code == 200
    assert "That is not the same as zero" in text_of(response)


def test_money_is_written_as_money_and_asked_in_a_currency_that_there_is(client, db):
    make_alliance()
    make_commitment(cny("1250.50"))
    page = client.get("/figures/funding.pledged/?on=2024-01-18")
    assert page.status_code == 200
    assert "1,250.50 CNY" in text_of(page)
    assert "125,050" not in text_of(page)
    rows = client.get("/figures/funding.pledged/evidence/?currency=CNY&on=2024-01-18")
    assert (rows.status_code, "Two brake testers" in text_of(rows)) == (200, True)
    assert "1,250.50 CNY" in text_of(client.get("/figures/"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/figures/no.such/", 404),
        ("/figures/employment_rate/", 409),
        ("/figures/members.active/?kind=choir", 409),
        ("/figures/members.active/?on=yesterday", 422),
        ("/figures/training.persons_completed/?from=2024-02-01&to=2024-01-01", 422),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(client, db, address, status):
    make_alliance()
    assert client.get(address).status_code == status


def test_a_visitor_walks_from_the_number_to_a_member(client, db):
    make_alliance()
    make_members({"LA": 3})
    page = client.get("/figures/members.active/evidence/?on=2024-01-18").content.decode()
    assert "3 rows of evidence" in page
    membership = Membership.objects.first()
    record = client.get(f"/figures/members.active/evidence/?on=2024-01-18&record=membership:{membership.pk}")
    assert f'href="/members/{membership.organisation.reference}/"' in record.content.decode()
    assert client.get(f"/members/{membership.organisation.reference}/").status_code == 200


def test_a_visitor_sees_counts_by_cohort_and_how_many_rows_are_hidden(client, db):
    make_alliance()
    enrolments = complete(make_cohort_at("wks-vientiane", "COH-1"), make_learners(12, prefix="w"))
    address = "/figures/training.persons_completed/evidence/?to=2023-12-31"
    page = client.get(address).content.decode()
    assert "12 rows are about persons" in page
    assert "COH-1" in page
    assert str(enrolments[0].pk) not in page
    assert client.get(f"{address}&record=enrolment:{enrolments[0].pk}").status_code == 404
    rows = client.get(f"{address}&format=json").json()
    assert (rows["rows"], rows["hidden_rows"], rows["cohorts"]) == ([], 12, {"COH-1": 12})
    assert str(enrolments[0].pk) not in client.get(f"{address}&format=csv").content.decode()


def test_an_auditor_walks_to_the_register_and_draws_the_same_sample_twice(seated, db):
    make_alliance()
    enrolments = complete(make_cohort_at("wks-vientiane", "COH-1"), make_learners(12, prefix="w"))
    auditor = seated("auditor")
    address = "/figures/training.persons_completed/evidence/?to=2024-01-18"
    record = text_of(auditor.get(f"{address}&record=enrolment:{enrolments[0].pk}"))
    assert "1 of 1 session attended and signed" in record
    rows, stays = f"{address}&sample=5&seed=audit&format=json", {"to": "LA", "basis": "contract"}
    drawn = [json.dumps(auditor.post(rows, stays).json()["rows"]) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(json.loads(drawn[0])) == 5


def test_a_long_list_of_rows_is_paged(client, db):
    make_alliance()
    make_members({"LA": 60})
    page = client.get("/figures/members.active/evidence/?on=2024-01-18").content.decode()
    assert "start=51" in page
    later = client.get("/figures/members.active/evidence/?on=2024-01-18&start=51").content.decode()
    assert later.count('data-label="Record"') == 10


def test_the_secretariat_freezes_what_it_sees(seated, db):
    make_alliance()
    make_members({"LA": 3})
    mei = seated("secretariat")
    assert "Freeze this figure" in text_of(mei.get(ON_THE_DAY))
    response = mei.post("/figures/members.active/freeze/", {"on": "2024-01-18"}, follow=True)
    assert "is frozen" in text_of(response)
    assert Figure.objects.get().value == 3


def test_a_period_that_goes_on_is_not_frozen_and_the_page_says_why(seated, db, settings):
    make_alliance()
    response = seated("secretariat").post("/figures/members.active/freeze/", {"on": "2999-01-01"})
    assert response.status_code == 409
    assert 'class="refusal"' in response.content.decode()
    assert not Figure.objects.exists()


def test_two_persons_sign_and_one_does_not_sign_twice(seated, kept):
    page = page_of(kept)
    mei = seated("secretariat")
    sent = {"content_hash": kept.content_hash}
    assert "waits for the second person" in text_of(mei.post(f"{page}sign/", sent, follow=True))
    again = mei.post(f"{page}sign/", sent)
    assert (again.status_code, "signed" in text_of(again)) == (409, True)
    somchai = seated("council", "somchai")
    assert "Two persons stand for" in text_of(somchai.post(f"{page}sign/", sent, follow=True))
    assert SignOff.objects.count() == 2


def test_another_fingerprint_than_the_one_seen_is_not_signed(seated, kept):
    response = seated("council").post(f"{page_of(kept)}sign/", {"content_hash": "0" * 64})
    assert response.status_code == 409
    assert not SignOff.objects.exists()


def test_a_figure_is_counted_again_and_corrected_with_a_reason(seated, kept):
    mei, page = seated("secretariat"), page_of(kept)
    assert "give the same" in text_of(mei.get(f"{page}recount/"))
    refused = mei.post(f"{page}correct/", {"reason": "It looks odd"})
    assert refused.status_code == 409
    assert "nothing to correct" in text_of(refused)
    make_members({"KH": 2})
    read = text_of(mei.get(f"{page}recount/"))
    assert "differ" in read
    assert "Records added 2" in read
    done = mei.post(f"{page}correct/", {"reason": "Two members were written down late"}, follow=True)
    assert "Two members were written down late" in text_of(done)
    assert "Corrected since." in text_of(mei.get(page))


def test_signing_is_for_who_may(client, kept):
    signer = make_signer("nimali", Role.TRAINER)
    client.force_login(make_user("nimali"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{page_of(kept)}sign/", {}).status_code == 403
    assert signer.user_id


def test_the_number_of_statements_does_not_grow_with_the_rows(client, db, django_assert_max_num_queries):
    make_alliance()
    make_members({"LA": 10})
    counts = []
    for more in (0, 40):
        if more:
            make_members({"KH": more})
        with django_assert_max_num_queries(60) as seen:
            client.get("/figures/members.active/evidence/?on=2024-01-18")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_kept_figure_is_read_under_its_own_code(client, kept):
    assert client.get(page_of(kept)).status_code == 200
    assert client.get(f"/figures/members.countries/versions/{kept.reference}/").status_code == 404


def test_a_signature_stands_on_the_page(client, kept):
    sign_figure(figure=kept, on=FREEZE_DAY, at=AT, by=make_signer("mei"))
    assert "mei Secretariat" in text_of(client.get(page_of(kept)))
