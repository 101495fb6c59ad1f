"""Whatever is tried with a demand statement in whatever order, it is stated once, restated once, and never after people were needed."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from corridor.rooms.demand import actions
from corridor.rooms.demand.actions.importing import remove_statements, revise_drafts, take_statements_back
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.models import DemandStatement
from tests.factories.actors import make_actor
from tests.factories.demand import make_demand
from tests.sequences import AT, TRIED, Noun, undone

pytestmark = pytest.mark.django_db
FIRST, NEEDED_BY = date(2024, 1, 8), date(2024, 4, 1)
SECRETARIAT = make_actor("secretariat", label="li-na")
STRANGER = make_actor("coordinator", ("member", "00000000-0000-0000-0000-000000000000"), label="of-colombo")


def _draft(one, **more):
    given = {
        "occupation_code": "7231", "occupation_title": "Vehicle inspector", "posts": 40, "country": "LA",
        "needed_by": NEEDED_BY, "strength": "letter", "paper": "Letter 15", "reference": one.reference,
    }  # fmt: skip
    return DemandDraft(one.employer, **(given | more))


def _restate(one, by, on):
    last = one
    while (newer := DemandStatement.objects.filter(replaces=last).first()) is not None and on.day % 2:
        last = newer
    draft = _draft(one, stated_on=on, replaces=last, reference="", needed_by=on + timedelta(days=90))
    return actions.state_demand(demand=draft, by=by)


def _revising(**more):
    return lambda one, by, on: revise_drafts(
        drafts=[(one, _draft(one, **{key: value(on) for key, value in more.items()}))], by=by
    )


def _state_another_under_its_number(one, by, on):
    return actions.state_demand(demand=_draft(one, stated_on=on), by=by)


def holds(one, today):
    assert (one.status == "draft") == (one.stated_on is None)
    for each in DemandStatement.objects.all():
        assert each.stated_on is None or each.stated_on <= each.needed_by, "stated after people were needed"
        assert each.strength == "spoken" or each.status == "draft" or each.paper
        assert each.is_expired(on=each.needed_by + timedelta(days=400)) == (
            each.status_on(each.needed_by + timedelta(days=400)) in {"stated", "partly_met"}
        )
    assert not one.is_expired(on=one.needed_by)


def _employer(one):
    return make_actor("coordinator", ("member", one.employer_id), label="of-mekong-fleet")


STATEMENT = Noun(
    tries={
        "publish": lambda one, by, on: actions.publish_draft(statement=one, on=on, by=by),
        "mark partly met": lambda one, by, on: actions.mark_met(statement=one, on=on, by=by, partly=True),
        "mark met": lambda one, by, on: actions.mark_met(statement=one, on=on, by=by, reason="All found"),
        "keep its paper": lambda one, by, _on: actions.keep_paper(statement=one, paper="Letter 16", at=AT, by=by),
        "keep no paper": lambda one, by, _on: actions.keep_paper(statement=one, paper=" ", at=AT, by=by),
        "restate": _restate,
        "revise the draft": _revising(posts=lambda on: on.day),
        "revise and state": _revising(stated_on=lambda on: on),
        "make it spoken": _revising(strength=lambda _on: "spoken", paper=lambda _on: ""),
        "take back": lambda one, by, _on: take_statements_back(keys=[one.pk], by=by),
        "state another under its number": _state_another_under_its_number,
        "remove what restates it": lambda one, by, _on: remove_statements(
            keys=list(DemandStatement.objects.filter(replaces=one).values_list("pk", flat=True)), by=by
        ),
    },
    who={"the employer": _employer, "the secretariat": lambda _one: SECRETARIAT, "a stranger": lambda _one: STRANGER},
    first=FIRST,
    roads=[
        [
            ("revise the draft", "the employer", 0), ("keep its paper", "the employer", 0), ("publish", "the employer", 2),
            ("restate", "the employer", 9), ("remove what restates it", "the employer", 1), ("mark partly met", "the employer", 9),
            ("mark met", "the secretariat", 9),
        ],
        [
            ("revise and state", "the employer", 1), ("take back", "the secretariat", 9), ("make it spoken", "the employer", 1),
            ("publish", "the secretariat", 1), ("mark met", "the employer", 9),
        ],
    ],
    refused=frozenset({"keep no paper", "state another under its number"}),
    holds=holds,
)  # fmt: skip


@pytest.fixture
def statement():
    return make_demand(stated_on=None, needed_by=NEEDED_BY)


def test_every_step_of_a_demand_statement_can_be_taken(statement):
    STATEMENT.check_roads(statement)


@TRIED
@given(steps=STATEMENT.sequences())
def test_no_sequence_of_actions_reaches_an_undefined_state(statement, steps):
    with undone():
        STATEMENT.walk(statement, steps)
