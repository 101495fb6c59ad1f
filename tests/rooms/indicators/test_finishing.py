"""How learners leave and how far they are assessed and certified, counted; with W14 and W17."""

from datetime import date, timedelta

import pytest

from corridor.foundations.access import Role
from corridor.kernel.claims import check, counts_behind, printed
from corridor.kernel.periods import Period
from corridor.kernel.rates import Rate
from corridor.kernel.refusals import DifferentCohorts
from corridor.rooms.assessment.actions import lodge_appeal
from corridor.rooms.assessment.models import Appeal, Decision
from corridor.rooms.credentials.actions import draft_credentials, sign_drafts
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.indicators.asking import ask, count
from corridor.rooms.indicators.queries import open_figure, walk_record
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Purpose
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.assessment import DECIDED_ON, make_assessor, make_decision, make_decisions
from tests.factories.credentials import CERTIFICATE_PAGE, SIGNED_AT, make_entitlement, make_key
from tests.factories.figures import AT
from tests.factories.members import make_alliance
from tests.factories.people import make_people
from tests.factories.training import STARTS_ON, make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
DAY = date(2024, 2, 2)
LEFT = date(2023, 5, 2)
SHARES = ("assessment.certified_share", "assessment.units_certified_share")


@pytest.fixture(autouse=True)
def alliance():
    return make_alliance()


def counted(code, scope="", *, on=DAY):
    return count(ask(code, scope, at=AT, on=on))


def steps_to(state):
    if state == "never_started":
        return [("enrolled", STARTS_ON), ("never_started", STARTS_ON)]
    first = [("enrolled", STARTS_ON), ("attending", STARTS_ON)]
    return first if state == "attending" else [*first, (state, LEFT)]


def make_transfers(small=10):
    """W17 by a tenth and by parts: of so many, seven completed, one was moved and completed there, one withdrew, one never started."""
    cohort, other = make_cohort("COH-1"), make_cohort("COH-2")
    states = ["completed"] * (small - 3) + ["transferred", "withdrew", "never_started"]
    people = make_people(len(states), prefix="w17")
    for number, (state, person) in enumerate(zip(states, people, strict=True), start=1):
        make_enrolment(cohort, person=person, number=number, steps=steps_to(state))
    session = make_session(cohort, number=1, status="locked")
    session.marks.filter(enrolment__number=small).delete()
    moved = cohort.enrolments.get(number=small - 2)
    make_enrolment(other, person=moved.person, number=1, moved_from=moved, steps=steps_to("completed"))
    make_session(other, number=1, status="locked")
    return cohort, other


def test_who_was_moved_and_completed_there_completed_and_belongs_to_the_first_cohort():
    make_transfers()
    assert str(counted("training.completion_rate", "cohort=COH-1").result.rate) == "8/9"
    assert str(counted("training.completion_rate").result.rate) == "8/9"
    assert str(counted("training.completion_rate", on=LEFT - timedelta(days=1)).result.rate) == "0/9"


def test_w17_exits_are_the_whole_and_transfers_are_no_dropouts():
    make_transfers()
    found = counted("training.exits").result
    assert found.value == 9
    assert {name: number for name, number in found.counts["exit"].cells.items() if number} == {
        "completed": 7, "transferred_inside": 1, "withdrew": 1,
    }  # fmt: skip
    entrants = 100 - 3
    completed, withdrew = (Rate(number, entrants, persons=True) for number in (70 + 6, 10))
    assert (completed.percent_text(), withdrew.percent_text()) == ("78.4%", "10.3%")
    assert entrants == 70 + 9 + 3 + 10 + 5


def test_w17_the_funnel_is_one_way_of_the_same_persons():
    """Each stage is a part of the one before; who was moved goes on in the first cohort, and exits say why."""
    cohort, _other = make_transfers()
    cohort.enrolments.filter(number=9).update(exit_reason="found_work")
    make_enrolment(cohort, person=make_people(1, prefix="late")[0], number=11, steps=[("withdrew", LEFT)])
    found = counted("training.funnel", "cohort=COH-1").result
    stages = found.counts["stage"].cells
    assert {name: number for name, number in stages.items() if number} == {
        "applied": 11, "selected": 10, "enrolled": 10, "attended": 9, "completed": 8,
    }  # fmt: skip
    assert found.value == stages["applied"]
    exits = {name: number for name, number in found.counts["exit"].cells.items() if number}
    assert exits == {"completed": 7, "transferred_inside": 1, "withdrew": 2, "never_started": 1}
    assert found.counts["exit_reason"].cells == {"found_work": 1, "none": 8, "unknown": 2}
    assert counted("training.funnel", "cohort=COH-1&stage=attended").result.value == 9
    assert counted("training.funnel", "cohort=COH-1", on=STARTS_ON - timedelta(days=61)).result.value == 0
    before = counted("training.funnel", "cohort=COH-1", on=STARTS_ON - timedelta(days=60)).result
    assert (before.value, before.counts["stage"].cells) == (11, {"applied": 11, "unknown": 0})


def test_who_came_for_the_assessment_alone_stands_beside_the_funnel():
    cohort, first = make_assessed()
    alone = make_enrolment(cohort, person=make_people(1, prefix="alone")[0], number=9)
    make_decision(alone, cohort.curriculum_version.units.first(), assessor=Decision.objects.first().assessor)
    make_credential(first)
    found = counted("training.funnel")
    cells = found.result.counts["stage"].cells
    assert [cells[stage] for stage in ("attended", "completed", "assessed", "certified")] == [4, 4, 3, 1]
    assert found.not_counted == 1


def test_w14_three_percentages_of_three_targets_are_no_funnel():
    reached, finished = Rate(14_416, 41_937, persons=True), Rate(12_246, 14_416, persons=True)
    assert (reached.percent_text(), finished.percent_text()) == ("34.4%", "84.9%")
    assert check(printed("34.38"), reached).verdict == "holds"
    assert check(printed("85"), finished).verdict == "holds"
    certified = counts_behind(printed("61"), 25_800)
    assert certified == (15_609, 15_866)
    with pytest.raises(DifferentCohorts):
        Rate(certified[0], 12_246, persons=True)


@pytest.mark.parametrize(
    "code",
    [
        "training.completion_rate",
        "training.exits",
        "training.funnel",
        "assessment.take_up",
        "assessment.certified_share",
        "credentials.attainment_rate",
    ],
)
def test_each_opens_down_to_the_places_behind_it(code):
    cohort, _other = make_transfers()
    make_decisions(cohort, assessor=make_assessor(cohort))
    opened = open_figure(code=code, scope="", by=NIGHTLY, at=AT, on=DAY)
    assert opened.rows
    for each in opened.rows:
        assert walk_record(kind=each.row.record_kind, record_id=each.row.record_id, by=make_actor(Role.AUDITOR)).facts


def make_credential(enrolment):
    """An award to one learner, as a row."""
    cohort = enrolment.cohort
    make_entitlement(cohort)
    Purpose.objects.create(code=CERTIFICATE_PAGE, legal_basis="contract", need="required")
    issuer = Organisation.objects.get(reference="chongqing")
    make_key(issuer)
    draft = CredentialDraft(
        enrolment=enrolment, kind=CredentialKind.AWARD, decisions=tuple(Decision.objects.filter(enrolment=enrolment))
    )
    draft_credentials(cohort=cohort, issuer=issuer, drafts=[draft], on=date(2023, 7, 10), by=NIGHTLY)
    sign_drafts(cohort=cohort, at=SIGNED_AT, by=NIGHTLY)
    return Credential.objects.get()


def make_assessed():
    """Four completed: all units, all but one, not yet, nothing decided."""
    cohort = make_cohort("COH-1")
    for number, person in enumerate(make_people(4, prefix="a"), start=1):
        make_enrolment(cohort, person=person, number=number, steps=steps_to("completed"))
    make_session(cohort, number=1, status="locked")
    assessor, units = make_assessor(cohort), list(cohort.curriculum_version.units.all())
    first, second, third, _fourth = cohort.enrolments.order_by("number")
    for unit in units:
        make_decision(first, unit, assessor=assessor)
    for unit in units[1:]:
        make_decision(second, unit, assessor=assessor)
    make_decision(third, units[0], assessor=assessor, result="not_yet_competent")
    return cohort, first


def test_who_completed_and_was_assessed_and_who_of_them_is_certified():
    cohort, first = make_assessed()
    assert str(counted("assessment.take_up").result.rate) == "3/4"
    assert str(counted("assessment.certified_share").result.rate) == "0/3"
    credential = make_credential(first)
    assert str(counted("assessment.certified_share").result.rate) == "1/3"
    credential.changes.create(
        from_status="issued", to_status="revoked", effective_on=date(2023, 8, 1), by_label="secretariat"
    )
    assert str(counted("assessment.certified_share").result.rate) == "0/3"
    assert str(counted("assessment.take_up", on=DECIDED_ON - timedelta(days=1)).result.rate) == "0/4"
    assert cohort.reference == "COH-1"


def test_whole_awards_and_papers_about_single_units_are_counted_apart():
    _cohort, first = make_assessed()
    credential = make_credential(first)
    assert [str(counted(code).result.rate) for code in SHARES] == ["1/3", "0/3"]
    Credential.objects.filter(pk=credential.pk).update(kind="statement")
    assert [str(counted(code).result.rate) for code in SHARES] == ["0/3", "1/3"]
    credential.changes.create(
        from_status="issued", to_status="revoked", effective_on=date(2023, 8, 1), by_label="secretariat"
    )
    assert [str(counted(code).result.rate) for code in SHARES] == ["0/3", "0/3"]
    assert str(counted(SHARES[1], on=date(2023, 7, 31)).result.rate) == "1/3"
    persons = count(ask("credentials.persons", at=AT, period=Period.year(2023))).result
    assert (persons.value, persons.counts["credential_kind"].cells["statement"]) == (1, 1)


def test_attained_is_of_all_who_attended_and_needs_an_award_that_stands():
    """EQAVET 4: over the entrants, not over who completed; a revoked award is none, and one earned after a move counts in the first cohort."""
    cohort, first = make_assessed()
    make_enrolment(cohort, person=make_people(1, prefix="left")[0], number=5, steps=steps_to("withdrew"))
    make_session(cohort, number=2, status="locked")
    assert str(counted("credentials.attainment_rate").result.rate) == "0/5"
    credential = make_credential(first)
    assert str(counted("credentials.attainment_rate").result.rate) == "1/5"
    assert str(counted("credentials.attainment_rate", on=date(2023, 7, 9)).result.rate) == "0/5"
    before = make_enrolment(make_cohort("COH-0"), person=first.person, number=1, steps=steps_to("transferred"))
    make_session(before.cohort, number=1, status="locked")
    Enrolment.objects.filter(pk=first.pk).update(moved_from=before)
    assert str(counted("credentials.attainment_rate", "cohort=COH-0").result.rate) == "1/1"
    credential.changes.create(
        from_status="issued", to_status="revoked", effective_on=date(2023, 8, 1), by_label="secretariat"
    )
    Credential.objects.filter(pk=credential.pk).update(status="revoked")
    assert str(counted("credentials.attainment_rate").result.rate) == "0/5"
    assert str(counted("credentials.attainment_rate", on=date(2023, 7, 31)).result.rate) == "1/5"


def test_a_decision_that_is_appealed_against_or_overturned_does_not_count():
    _cohort, first = make_assessed()
    make_credential(first)
    decision = Decision.objects.filter(enrolment=first).first()
    appeal = lodge_appeal(decision=decision, grounds="Nobody looked.", on=DECIDED_ON, by=NIGHTLY)
    assert str(counted("assessment.certified_share").result.rate) == "0/3"
    Appeal.objects.filter(pk=appeal.pk).update(status="dismissed")
    assert str(counted("assessment.certified_share").result.rate) == "1/3"
    Decision.objects.filter(enrolment__number=3).update(status="overturned")
    assert str(counted("assessment.take_up").result.rate) == "2/4"
