"""``./run figures``: promised to outsiders, so the shapes are held here."""

import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.indicators.actions import freeze_figure
from corridor.rooms.indicators.asking import ask
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    complete_at_five_workshops,
    make_alliance_of_164,
    make_cohort_at,
    make_learners,
    make_place,
)
from tests.factories.members import make_alliance

from .run import run

pytestmark = pytest.mark.django_db
DAY = "2024-01-18"
QUARTERS_END = "2023-12-31"
CODE = "training.persons_completed"


def show(capsys, *words):
    ended = run(capsys, "figures", "show", *words, "--json")
    assert ended.code == 0, ended
    return json.loads(ended.out)


def test_164_members_in_fourteen_places(capsys):
    make_alliance_of_164()
    members = show(capsys, "members.active", "--on", DAY)
    assert members["value"] == 164
    assert set(members) >= {
        "code", "definition_version", "unit", "value", "n", "on", "scope", "breakdown", "missing", "evidence_rows",
        "evidence_hash", "content_hash", "known_at", "state",
    }  # fmt: skip
    assert (members["unit"], members["on"], members["state"]) == ("organisations", DAY, "computed")
    places = show(capsys, "members.countries", "--on", DAY)
    assert places["value"] == 14
    assert places["breakdown"]["source"] == {"named": 13, "assumed": 1}


def test_teachers_and_employees_of_a_brand_by_its_name(capsys):
    make_alliance()
    complete_at_five_workshops()
    teachers = show(capsys, CODE, "--brand", "Panda", "--kind", "teacher", "--to", DAY)
    assert (teachers["value"], teachers["from"], teachers["to"]) == (240, "2021-01-01", DAY)
    assert teachers["scope"] == "brand=panda&kind=teacher"
    assert teachers["three_numbers"]["site"]["sum"] == 250
    assert show(capsys, CODE, "--brand", "panda", "--kind", "company_employee", "--to", DAY)["value"] == 610
    assert show(capsys, "sites.operating", "--brand", "Panda", "--on", DAY)["value"] == 5
    assert show(capsys, "sites.countries", "--brand", "Panda", "--on", DAY)["value"] == 3


def test_both_days_of_a_period_are_inside(capsys):
    make_alliance()
    make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A"), make_learners(6, prefix="p"))
    assert show(capsys, CODE, "--from", "2023-07-01", "--to", "2023-07-01")["value"] == 6
    assert show(capsys, CODE, "--from", "2023-07-02", "--to", DAY)["value"] == 0


def test_one_breakdown_only_and_a_wrong_one_named(capsys):
    make_alliance_of_164()
    assert list(show(capsys, "members.active", "--on", DAY, "--by", "kind")["breakdown"]) == ["kind"]
    ended = run(capsys, "figures", "show", "members.active", "--on", DAY, "--by", "sex")
    assert ended.code == 1
    assert "kind, country, state, source" in ended.err


def test_a_kept_figure_answers_with_its_state(capsys):
    make_alliance_of_164()
    freeze_figure(question=ask("members.active", on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY)
    kept = show(capsys, "members.active", "--on", DAY)
    assert (kept["state"], kept["figure"], kept["known_at"]) == ("frozen", "FIG-2024-0001", "2024-02-02T01:00:00+00:00")
    assert show(capsys, "members.active", "--on", DAY, "--fresh")["state"] == "computed"


def test_it_reads_well_without_json(capsys):
    make_alliance_of_164()
    ended = run(capsys, "figures", "show", "members.countries", "--on", DAY)
    assert "14 countries and regions on 2024-01-18" in ended.out
    assert "assumed  1" in ended.out
    assert "members.active" in run(capsys, "figures", "list").out


def test_an_auditor_opens_rows_and_a_visitor_counts_by_cohort(capsys):
    make_alliance()
    make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A"), make_learners(12, prefix="p"))
    opened = json.loads(run(capsys, "figures", "open", CODE, "--to", DAY, "--json").out)
    assert len(opened["rows"]) == 12
    assert opened["rows"][0]["opens"] == {"kind": "cohort", "reference": "COH-A"}
    seen = json.loads(run(capsys, "figures", "open", CODE, "--to", QUARTERS_END, "--json", "--as", "visitor").out)
    assert (seen["rows"], seen["hidden_rows"], seen["cohorts"]) == ([], 12, {"COH-A": 12})
    assert (
        "12 rows about persons are not shown"
        in run(capsys, "figures", "open", CODE, "--to", QUARTERS_END, "--as", "visitor").out
    )
    # On a day within a quarter, counts by cohort would tell what two days differ by.
    within = json.loads(run(capsys, "figures", "open", CODE, "--to", DAY, "--json", "--as", "visitor").out)
    assert within["cohorts"] == {"COH-A": "·"}


def test_a_sample_can_be_drawn_again_and_a_row_walked_down(capsys):
    make_alliance()
    make_place("wks-vientiane", "LA")
    complete(make_cohort_at("wks-vientiane", "COH-A"), make_learners(12, prefix="p"))
    words = ("figures", "open", CODE, "--to", DAY, "--sample", "3", "--seed", "audit")
    assert run(capsys, *words).out == run(capsys, *words).out
    walked = run(capsys, "figures", "open", CODE, "--to", DAY, "--row", "1")
    assert "Sessions: 1 of 1 count" in walked.out
    assert json.loads(run(capsys, "figures", "open", CODE, "--to", DAY, "--row", "1", "--json").out)["marks"]
    assert run(capsys, "figures", "open", CODE, "--to", DAY, "--row", "13").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("funding.pledged", "--currency", "CNY"), "not the same as zero"),
        (("funding.pledged",), "needs “currency”"),
        (("employment rate",), "name the indicator"),
        (("members.total",), "There is no indicator"),
        (("members.active", "--brand", "Panda"), "cannot be narrowed"),
        (("members.active", "--from", DAY, "--to", DAY), "holds on a day"),
        (("members.active", "--on", DAY, "--to", DAY), "not both"),
    ],
)
def test_refusals_end_with_1_and_say_why(capsys, words, said):
    make_alliance()
    ended = run(capsys, "figures", "show", *words)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


def test_a_refusal_is_json_for_machines(capsys):
    ended = run(capsys, "figures", "show", "funding.pledged", "--currency", "CNY", "--json")
    assert (ended.code, json.loads(ended.out)["refused"]) == (1, "NotCollected")


@pytest.mark.parametrize(
    "words", [("show",), ("show", "members.active", "--on", "18.1.2024"), ("open", "x", "--sample", "0")]
)
def test_wrong_usage_ends_with_2(capsys, words):
    assert run(capsys, "figures", *words).code == 2
