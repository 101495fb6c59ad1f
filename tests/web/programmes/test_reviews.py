"""A programme is looked at every year: it grows, is mended, or stops; late is what nobody has looked at."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.journeys.review_programme import figures_decided_on
from corridor.journeys.review_programme import review_programmes as review_with_figures
from corridor.journeys.what_is_late import what_is_late, what_we_owe
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.programmes.actions import NothingToReview, ReviewedThatDay, review_programmes
from corridor.rooms.programmes.drafts import ReviewDraft
from corridor.rooms.programmes.models import ProgrammeReview
from corridor.rooms.programmes.sheets import SHEETS
from tests.factories.actors import make_actor, make_user
from tests.factories.agreements import find_or_make_member
from tests.factories.figures import AT, complete, make_cohort_at, make_learners
from tests.factories.members import make_alliance, make_seat
from tests.factories.programmes import make_programme
from tests.factories.sheet_texts import take_text, told
from tests.factories.tokens import Machine, machine_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LI = make_actor("secretariat", label="li-na")
PATH = "/programmes/PRG-2023-012"


def test_a_review_stands_in_the_story_and_the_next_is_due_a_year_later(client):
    make_programme()
    page = text_of(client.get(f"{PATH}/"))
    assert "It is reviewed by 4 September 2024" in page
    sent = {"on": "2024-02-01", "ending": "fix", "finding": "Half of the lifts stand still."}
    assert browser_of("secretariat").post(f"{PATH}/review/", sent).status_code == 302
    page = text_of(client.get(f"{PATH}/"))
    for words in ("Half of the lifts stand still.", "Mend it", "It is reviewed by 1 February 2025"):
        assert words in page


def test_a_review_opens_its_figures_as_they_stood_on_its_day(client):
    programme = make_programme(running_from=date(2023, 6, 1))
    review_programmes(reviews=[ReviewDraft(programme, date(2024, 1, 30), "scale", "Every learner was hired.")], by=LI)
    page = client.get(f"{PATH}/").content.decode()
    for code in ("training.completions", "training.persons_completed"):
        address = f"/figures/{code}/?programme=PRG-2023-012&to=2024-01-30"
        assert address.replace("&", "&amp;") in page
        assert 'value="2024-01-30"' in client.get(address).content.decode()


@pytest.fixture
def cohort():
    """Eight persons completed it, of the programme that is reviewed."""
    make_alliance()
    found = make_cohort_at("wks-vientiane", "COH-2023-001")
    complete(found, make_learners(8, prefix="first"), on=date(2023, 7, 1))
    return found


def review(cohort):
    draft = ReviewDraft(cohort.programme, date(2024, 1, 30), "scale", "Every learner was hired.")
    return review_with_figures(reviews=[draft], at=AT, by=LI)[0]


def test_a_review_keeps_the_figures_that_it_was_decided_on(client, cohort):
    made = review(cohort)
    kept = [(each.code, each.value, len(each.content_hash)) for each in made.figures.all()]
    assert kept == [("training.completions", 8, 64), ("training.persons_completed", 8, 64)]
    page = text_of(client.get(f"/programmes/{cohort.programme.reference}/"))
    assert "Completions: 8 when this was decided; the same records say so today." in page


def test_what_the_records_say_by_now_stands_beside_what_was_decided_on(client, cohort):
    review(cohort)
    complete(cohort, make_learners(6, prefix="late"), on=date(2023, 12, 1))
    path = f"/programmes/{cohort.programme.reference}"
    page = text_of(client.get(f"{path}/"))
    assert "Completions: 8 when this was decided; 14 by the records of today." in page
    (answered,) = Machine().get(f"{path}/reviews").json()["reviews"]
    figure = answered["figures"][1]
    assert (figure["code"], figure["value"], figure["value_now"], figure["is_same"]) == (
        "training.persons_completed", 8, 14, False,
    )  # fmt: skip
    assert len(figure["content_hash"]) == 64


def test_what_only_a_few_persons_part_from_today_is_hidden_from_who_may_not_see_them(cohort):
    made = review(cohort)
    complete(cohort, make_learners(2, prefix="late"), on=date(2023, 12, 1))
    seen = {by.label: figures_decided_on(review=made, at=AT, by=by)[0] for by in (VISITOR, LI)}
    assert {who: (each.value, each.value_now, each.is_same) for who, each in seen.items()} == {
        VISITOR.label: ("·", 10, False),
        LI.label: (8, 10, False),
    }


def test_late_is_computed_and_ends_with_a_review(client):
    make_programme(running_from=date(2023, 6, 1))
    machine = Machine()
    assert machine.get("/late-reviews?on=2024-06-01").json() == []
    assert machine.get("/late-reviews?on=2024-06-02").json() == [{"programme": "PRG-2023-012", "due_on": "2024-06-01"}]
    user = make_user("mei")
    make_seat(user, "secretariat")
    sent = {"on": "2024-01-30", "ending": "scale", "finding": "Every learner was hired."}
    mei = machine_of(user)
    path = "/programmes/PRG-2023-012/reviews"
    made = mei.post(path, sent, idempotency_key="k1")
    assert (made.status_code, made.json()["due_on"]) == (201, "2025-01-30")
    assert mei.post(path, sent, idempotency_key="k1").json() == made.json()
    assert ProgrammeReview.objects.count() == 1
    assert mei.post(path, sent, idempotency_key="k2").status_code == 409
    assert machine.get("/late-reviews?on=2024-06-02").json() == []


def test_a_late_review_is_late_in_the_alliance_and_owed_by_who_leads():
    make_programme(running_from=date(2023, 6, 1))
    on, after = date(2024, 5, 20), date(2024, 6, 2)
    assert [(each.kind, each.reference) for each in what_is_late(on=after, by=LI, kind="review")] == [
        ("review", "PRG-2023-012")
    ]
    assert what_is_late(on=on, by=LI, kind="review") == []
    assert what_is_late(on=after, by=LI, kind="review", member="vientiane") == []
    lead = make_actor("coordinator", ("member", find_or_make_member("chongqing").pk))
    host = make_actor("coordinator", ("member", find_or_make_member("vientiane").pk))
    assert [(each.due, each.whose.reference) for each in what_we_owe(on=on, by=lead, kind="review")] == [
        (date(2024, 6, 1), "chongqing")
    ]
    assert what_we_owe(on=on, by=host, kind="review") == []


def test_what_does_not_run_is_not_due():
    make_programme(running_from=None)
    assert Machine().get("/programmes/PRG-2023-012/reviews").json()["due_on"] is None


def test_a_review_says_what_was_found_of_a_programme_that_ran_once_a_day():
    programme = make_programme()
    good = ReviewDraft(programme, date(2024, 2, 1), "stop", "Nobody came.")
    with pytest.raises(AccessDenied):
        review_programmes(reviews=[good], by=make_actor("trainer"))
    with pytest.raises(BadInput):
        review_programmes(reviews=[ReviewDraft(programme, date(2024, 2, 1), "stop", " ")], by=LI)
    with pytest.raises(NothingToReview):
        review_programmes(reviews=[ReviewDraft(programme, date(2023, 9, 3), "stop", "Too early")], by=LI)
    with pytest.raises(ReviewedThatDay):
        review_programmes(reviews=[good, good], by=LI)
    review_programmes(reviews=[good], by=LI)
    with pytest.raises(ReviewedThatDay):
        review_programmes(reviews=[good], by=LI)


def test_a_form_that_is_refused_is_shown_again():
    make_programme()
    sent = {"on": "2023-01-01", "ending": "fix", "finding": "Half of the lifts stand still."}
    answer = browser_of("secretariat").post(f"{PATH}/review/", sent)
    assert answer.status_code == 409
    assert "had not begun to run" in text_of(answer)
    assert "Half of the lifts stand still." in text_of(answer)


def test_reviews_come_with_a_sheet(tmp_path):
    make_programme()
    head = "programme,reviewed_on,ending,finding\n"
    assert (
        take_text(
            tmp_path, SHEETS, "programme_reviews", head + "PRG-2023-012,2024-01-30,scale,Every learner was hired\n"
        )
        == 1
    )
    assert ProgrammeReview.objects.get().ending == "scale"
    wrong = told(tmp_path, SHEETS, "programme_reviews", head + "PRG-2023-012,2024-01-31,grow,More\n")
    assert any("ending" in each for each in wrong)


@pytest.mark.parametrize(
    ("kind", "role", "said"), [("mixed", "funder", "Pays for it"), ("language", "awarding", "Awards the certificate")]
)
def test_kinds_and_roles_of_joint_work_have_their_words(client, kind, role, said):
    make_programme(
        kind=kind, members=[(find_or_make_member("chongqing"), "lead"), (find_or_make_member("vientiane"), role)]
    )
    page = text_of(client.get(f"{PATH}/"))
    assert said in page
    assert ("Chinese and skills" in page) == (kind == "mixed")
