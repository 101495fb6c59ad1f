"""Decisions from sheets, and back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.assessment.models import Decision
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.curricula import make_version
from tests.factories.people import make_person
from tests.factories.training import make_cohort

AT = datetime(2023, 7, 3, 9, tzinfo=UTC)
COHORT = "COH-2023-041"
HEAD = "cohort,seat,unit,attempt,assessor,result,decided on,final on\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    made = make_cohort(learners=2, version=make_version(units=["U1", "U2"]))
    make_assessor(made)
    return made


def send(text, *, by=None, name="decisions.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return import_file(
        kind="decisions",
        file_name=name,
        content=content,
        language="en",
        answers={},
        columns={},
        at=AT,
        by=by or NIGHTLY,
    )


def written(text, **more):
    by = more.setdefault("by", NIGHTLY)
    return write_import(held=send(text, **more), at=AT, by=by, wait=True)


def said(held):
    return " ".join(held.verdicts.values_list("said", flat=True))


def unit_of(cohort, code="U1"):
    return cohort.curriculum_version.units.get(code=code)


ROWS = f"""{COHORT},1,U1,,somphone,合格,2023-06-20,2023-06-21
{COHORT},2,U1,1,somphone,ບໍ່ຜ່ານ,2023-06-20,2023-06-21
{COHORT},2,U1,2,somphone,competent,2023-06-27,
"""


def test_decisions_are_recorded_attempt_by_attempt(cohort):
    held = written(HEAD + ROWS)
    assert (held.created, held.refused) == (3, 0)
    found = Decision.objects.order_by("enrolment__number", "attempt").values_list("attempt", "result", "status")
    assert list(found) == [(1, "competent", "final"), (1, "not_yet_competent", "final"), (2, "competent", "assessed")]
    assert send(HEAD + ROWS).unchanged == 3


def test_an_open_decision_is_corrected_and_made_final_and_both_are_taken_back(cohort):
    make_decision(cohort.enrolments.get(number=1), unit_of(cohort), assessor=make_person_of("somphone"), final_on=None)
    held = written(HEAD + f"{COHORT},1,U1,1,somphone,fail,2023-06-22,2023-06-23\n")
    decision = Decision.objects.get()
    assert (held.updated, decision.result, decision.status) == (1, "not_yet_competent", "final")
    undo_import(key=held.pk, kind=KINDS["decisions"], at=AT, by=NIGHTLY)
    decision.refresh_from_db()
    assert (decision.result, decision.status, decision.decided_on) == ("competent", "assessed", date(2023, 6, 20))


def make_person_of(reference):
    return Decision._meta.get_field("assessor").related_model.objects.get(reference=reference)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"{COHORT},9,U1,1,somphone,competent,2023-06-20,", "unknown_number"),
        (f"{COHORT},1,U9,1,somphone,competent,2023-06-20,", "unknown_unit"),
        (f"{COHORT},1,U1,1,mei,competent,2023-06-20,", "not_appointed"),
        (f"{COHORT},1,U1,1,coh-2023-041-l-1,competent,2023-06-20,", "not_independent"),
        (f"{COHORT},1,U1,2,somphone,competent,2023-06-20,", "no_further_attempt"),
        (f"{COHORT},1,U1,1,somphone,competent,2023-06-20,2023-06-19", "too_early"),
        (f"{COHORT},2,U2,1,somphone,not yet competent,2023-06-20,", "final"),
        (f"{COHORT},1,U1,1,somphone,perhaps,2023-06-20,", "choice"),
    ],
)
def test_what_the_room_would_refuse_is_refused_in_the_dry_run(cohort, row, rule):
    make_person("mei")
    make_decision(cohort.enrolments.get(number=2), unit_of(cohort, "U2"), assessor=make_person_of("somphone"))
    held = send(HEAD + row + "\n")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


def test_an_assessor_imports_own_decisions_alone(cohort):
    somphone = make_person_of("somphone")
    by = make_actor("assessor", ("cohort", cohort.pk), user=make_user("somphone"), person=somphone)
    row = f"{COHORT},1,U1,1,somphone,competent,2023-06-20,\n"
    assert written(HEAD + row, by=by).created == 1
    make_assessor(cohort, "nimali")
    held = send(HEAD + row.replace("somphone", "nimali").replace("U1", "U2"), by=by)
    assert (held.refused, '"not_yours"' in said(held)) == (1, True)


def test_decisions_are_taken_back_unless_a_later_attempt_stands_on_one(cohort):
    held = written(HEAD + ROWS.splitlines()[1] + "\n")
    written(HEAD + ROWS.splitlines()[2] + "\n")
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["decisions"], at=AT, by=NIGHTLY)
    assert Decision.objects.count() == 2


def test_an_export_that_nobody_touched_changes_nothing(cohort):
    written(HEAD + ROWS)
    for form in ("csv", "xlsx"):
        _name, _media, content = export_file(
            kind=KINDS["decisions"], form=form, language="en", on=AT.date(), by=NIGHTLY
        )
        held = send(content, name=f"decisions.{form}")
        assert (held.rows, held.unchanged) == (3, 3)
