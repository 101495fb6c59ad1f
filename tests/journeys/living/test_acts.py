"""Files of acts: read together, done in the order of their instants by the person who did them; what a door refuses, a file is refused."""

from datetime import UTC, date, datetime

import pytest

from corridor.journeys._living.acts import do_acts, read_acts
from corridor.journeys._living.kinds import kinds_of_acts
from corridor.kernel.errors import BadInput
from corridor.rooms.training.models import RegisterRule
from tests.factories.actors import make_user
from tests.factories.grants import make_grant
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
UNTIL = datetime(2024, 2, 2, 4, 0, tzinfo=UTC)
HEADER = "at,by,programme,late_after_days,closes_after_days,locks_after_days,sign_with"


@pytest.fixture
def programme():
    make_user("khamla")
    make_grant(make_user("mei"), "secretariat", held_from=date(2023, 1, 1))
    return make_cohort().programme


def live(folder, *rows, name="register_rules"):
    (folder / "living").mkdir(exist_ok=True)
    (folder / "living" / f"{name}.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return do_acts(read_acts(folder=folder, kinds=kinds_of_acts(folder)), until=UNTIL)


def refusal(folder, *rows, **more):
    with pytest.raises(BadInput) as refused:
        live(folder, *rows, **more)
    (problem,) = refused.value.problems
    return problem.file, problem.row, problem.column, str(problem).rsplit(": ", 1)[-1]


def test_a_folder_without_acts_lives_without_them(tmp_path):
    assert do_acts(read_acts(folder=tmp_path, kinds=kinds_of_acts(tmp_path)), until=UNTIL) == {}


def test_acts_are_done_in_the_order_of_their_instants_wherever_they_were(tmp_path, programme):
    # Eleven in Vientiane comes before half past twelve in Chongqing, and an hour that reads later before one that reads earlier.
    done = live(
        tmp_path,
        f"2024-01-12 12:30+08:00,mei,{programme.reference},2,,0,name",
        f"2024-01-12 11:20+07:00,mei,{programme.reference},5,,0,name",
        f"2024-01-12 03:00-02:00,mei,{programme.reference},3,10,7,name",
    )
    assert done == {"living/register_rules": 3}
    rule = RegisterRule.objects.get(programme=programme)
    assert (rule.late_after_days, rule.closes_after_days, rule.locks_after_days) == (3, 10, 7)


def test_what_the_account_may_not_do_no_file_does(tmp_path, programme):
    file, row, _, said = refusal(
        tmp_path,
        f"2024-01-12 09:00+07:00,mei,{programme.reference},2,,0,name",
        f"2024-01-12 09:10+07:00,khamla,{programme.reference},3,,0,name",
    )
    assert (file, row) == ("living/register_rules.csv", 3)
    assert said


def test_an_office_counts_on_its_days_alone(tmp_path, programme):
    assert refusal(tmp_path, f"2022-12-30 09:00+07:00,mei,{programme.reference},2,,0,name")[:2] == (
        "living/register_rules.csv", 2,
    )  # fmt: skip
    assert not RegisterRule.objects.exists()


def test_what_an_action_refuses_is_named_by_file_and_row_and_column(tmp_path, programme):
    assert refusal(tmp_path, f"2024-01-12 09:00+07:00,mei,{programme.reference},9,3,0,name")[:3] == (
        "living/register_rules.csv", 2, "closes_after_days",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2024-01-12 09:00,mei,PRG,2,,0,name", "at", "hours from Greenwich"),
        ("2024-13-12 09:00+07:00,mei,PRG,2,,0,name", "at", "hours from Greenwich"),
        ("2024-01-12 09:00+07:00,nobody,PRG,2,,0,name", "by", "There is no “nobody”"),
        ("2024-01-12 09:00+07:00,mei,PRG,2,,0,name", "programme", "There is no “PRG”"),
        ("2024-02-03 09:00+07:00,mei,PRG,2,,0,name", "at", "still to come"),
    ],
    ids=["no zone", "no month", "no account", "no programme", "tomorrow"],
)
def test_a_row_that_cannot_be_is_refused(tmp_path, programme, row, column, words):
    file, number, said_column, said = refusal(tmp_path, row)
    assert (file, number, said_column) == ("living/register_rules.csv", 2, column)
    assert words in said


def test_a_file_of_no_kind_is_refused_and_the_kinds_are_named(tmp_path):
    file, _, _, said = refusal(tmp_path, name="gossip")
    assert file == "living/gossip.csv"
    assert "register_rules" in said
