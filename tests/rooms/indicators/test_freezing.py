"""Freezing keeps a figure with its rows; from then on nothing about it changes."""

import json
from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied
from corridor.kernel.fingerprints import content_hash
from corridor.kernel.periods import Period
from corridor.kernel.refusals import Frozen, NoDenominator, NotCollected, StillOpen
from corridor.rooms.indicators.actions import freeze_figure, freeze_figures
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.keeping import kept_rows
from corridor.rooms.indicators.models import EvidenceLine, Figure
from corridor.rooms.indicators.queries import show_figure, show_kept
from corridor.rooms.indicators.refusals import NotKept
from tests.factories.actors import make_actor
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_members
from tests.factories.members import make_alliance, make_member

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor(Role.SECRETARIAT)


@pytest.fixture
def alliance():
    alliance = make_alliance()
    make_members({"LA": 3, "CN": 4})
    return alliance


def freeze(code: str = "members.active", scope: str = "", *, on: date = FREEZE_DAY, by=SECRETARIAT, **asked) -> Figure:
    return freeze_figure(question=ask(code, scope, at=AT, **(asked or {"on": REPORT_DAY})), on=on, at=AT, by=by)


def test_a_frozen_figure_has_its_value_and_its_rows_byte_for_byte(alliance):
    figure = freeze()
    assert (figure.value, figure.n, figure.status, figure.version) == (7, 7, "frozen", 1)
    assert figure.reference == "FIG-2024-0001"
    assert content_hash(kept_rows(figure)) == figure.content_hash
    line = json.loads(figure.lines.first().line)
    assert set(line) == {"record_kind", "record_id", "subject_id", "amount", "role", "codes"}


def test_every_step_is_written_on_the_day_of_freezing(alliance):
    figure = freeze()
    assert list(figure.changes.order_by("recorded_at", "pk").values_list("to_status", "effective_on")) == [
        ("validated", FREEZE_DAY),
        ("reconciled", FREEZE_DAY),
        ("frozen", FREEZE_DAY),
    ]
    assert Entry.objects.filter(event="indicators.figure_frozen").count() == 1


def test_the_kept_figure_answers_from_then_on_and_the_records_of_now_when_asked(alliance):
    freeze()
    make_member("late-comer", country="LK")
    kept = show_figure(code="members.active", on=REPORT_DAY, at=AT, by=VISITOR)
    fresh = show_figure(code="members.active", on=REPORT_DAY, at=AT, by=VISITOR, fresh=True)
    assert (kept.value, kept.state, kept.figure.reference) == (7, "frozen", "FIG-2024-0001")
    assert (fresh.value, fresh.state, fresh.figure) == (8, "computed", None)


def test_asked_as_of_the_instant_it_was_known_the_kept_rows_answer(alliance):
    figure = freeze()
    assert show_kept(reference=figure.reference, known_at=figure.known_at, at=AT, by=VISITOR).value == 7
    with pytest.raises(NotKept):
        show_kept(reference=figure.reference, known_at=AT.replace(year=2023), at=AT, by=VISITOR)


def test_many_are_frozen_at_once(alliance):
    questions = [ask(code, on=REPORT_DAY, at=AT) for code in ("members.active", "members.countries")]
    figures = freeze_figures(questions=questions, on=FREEZE_DAY, at=AT, by=NIGHTLY)
    assert [figure.reference for figure in figures] == ["FIG-2024-0001", "FIG-2024-0002"]
    assert figures[1].value == 2


def test_a_day_or_period_that_runs_is_still_open(alliance):
    with pytest.raises(StillOpen):
        freeze(on=REPORT_DAY)
    with pytest.raises(StillOpen):
        freeze("demand.posts_stated", period=Period.year(2024))
    assert not Figure.objects.exists()


def test_the_same_question_is_not_frozen_twice(alliance):
    freeze()
    with pytest.raises(Frozen, match="FIG-2024-0001"):
        freeze()


def test_any_write_to_a_frozen_figure_is_refused(alliance):
    figure = freeze()
    figure.value = 8
    for write in (
        figure.save,
        figure.delete,
        figure.lines.all().delete,
        figure.lines.first().delete,
        Figure.objects.all().delete,
        lambda: Figure.objects.update(value=8),
        lambda: EvidenceLine.objects.update(line="{}"),
    ):
        with pytest.raises(Frozen):
            write()
    assert Figure.objects.get().value == 7
    assert EvidenceLine.objects.count() == 7


def test_what_nobody_collects_cannot_be_frozen(alliance):
    with pytest.raises(NotCollected):
        freeze("funding.pledged", "currency=CNY")


def test_the_rate_of_nothing_cannot_be_frozen(alliance):
    with pytest.raises(NoDenominator):
        freeze("curricula.units_mapped")


def test_only_who_may_freeze_does(alliance):
    for role in (Role.AUDITOR, Role.COUNCIL, Role.COORDINATOR):
        with pytest.raises(AccessDenied):
            freeze(by=make_actor(role))
    with pytest.raises(AccessDenied):
        freeze(by=VISITOR)
