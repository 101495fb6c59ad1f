"""Decisions become credentials: one for each learner who proved anything, whatever happens on the way."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from corridor.foundations.access import NIGHTLY
from corridor.foundations.jobs.models import Job
from corridor.journeys.award_credentials import (
    _sign_cohort,
    award_cohort,
    continue_awarding,
    preview_awarding,
    sign_next,
)  # fmt: skip
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import replace_credential, retire_key
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, SigningKey
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import CohortIsNotAssessed, NoSigningKey, NotEntitled
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.refusals import DayToCome
from tests.factories.actors import make_actor
from tests.factories.assessment import make_assessor, make_decision, make_decisions
from tests.factories.credentials import (
    AWARDED_ON,
    SIGNED_AT,
    award,
    confirm_names,
    make_assessed_cohort,
    make_entitlement,
    make_key,
)  # fmt: skip
from tests.factories.curricula import make_version
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2024, 2, 2, tzinfo=UTC)


def chongqing():
    return Organisation.objects.get(reference="chongqing")


def order(cohort, *, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, issuer=None, **more):
    confirm_names(cohort)
    return award_cohort(cohort=cohort, issuer=issuer or chongqing(), on=on, at=at, by=by, **more)


def words():
    raws = dict(Credential.objects.values_list("reference", "document"))
    return {verdict.word for verdict in queries.verify_many(raws=raws, at=LATER, by=NIGHTLY).values()}


def test_each_learner_gets_what_was_proved_and_nobody_gets_two():
    cohort = make_cohort(status="assessed", learners=3)
    assessor = make_assessor(cohort)
    all_of_it, one_unit, none = cohort.enrolments.order_by("number")
    first, second = cohort.curriculum_version.units.all()
    for unit in (first, second):
        make_decision(all_of_it, unit, assessor=assessor)
    make_decision(one_unit, first, assessor=assessor, result="not_yet_competent")
    make_decision(one_unit, first, assessor=assessor, attempt=2)
    make_decision(one_unit, second, assessor=assessor, result="not_yet_competent")
    make_decision(none, first, assessor=assessor, result="not_yet_competent")
    make_key(chongqing())
    make_entitlement(cohort)
    awarding = order(cohort, wait=True)
    assert (awarding.awards, awarding.statements, awarding.nothing, awarding.job) == (1, 1, 1, None)
    kinds = dict(Credential.objects.values_list("enrolment__number", "kind"))
    assert kinds == {all_of_it.number: "award", one_unit.number: "statement"}
    assert Credential.objects.get(kind="statement").units.get().decision.attempt == 2
    assert cohort.status == "certified" and set(Credential.objects.values_list("status", flat=True)) == {"issued"}
    assert words() == {Word.VALID}


def test_an_elective_unit_is_not_needed_for_the_award():
    version = make_version(units=["VI-1", {"code": "VI-2", "requirement": "elective"}])
    cohort = make_cohort(status="assessed", learners=1, version=version)
    make_decisions(cohort, assessor=make_assessor(cohort), units=[version.units.get(code="VI-1")])
    make_key(chongqing())
    make_entitlement(cohort)
    assert order(cohort, wait=True).awards == 1


def moved(enrolment, to):
    """The learner moved on, through the places of two cohorts."""
    enrolment.status = "transferred"
    enrolment.save(update_fields=["status"])
    return make_enrolment(to, person=enrolment.person, moved_from=enrolment)


def test_what_was_decided_before_a_move_is_awarded_in_the_new_place_and_only_there():
    before = make_cohort("COH-2023-041", status="assessed", learners=1)
    between = make_cohort("COH-2023-042", status="assessed", version=before.curriculum_version)
    after = make_cohort("COH-2023-043", status="assessed", version=before.curriculum_version)
    old = before.enrolments.get()
    assessor = make_assessor(before)
    first, second = before.curriculum_version.units.all()
    make_decision(old, first, assessor=assessor)
    make_decision(old, second, assessor=assessor, result="not_yet_competent")
    new = moved(moved(old, between), after)
    make_decision(new, second, assessor=assessor)
    make_key(chongqing())
    make_entitlement(after)
    assert (order(before, wait=True).statements, order(between, wait=True).nothing) == (0, 0)
    assert order(after, wait=True).awards == 1
    credential = Credential.objects.get()
    assert credential.enrolment == new
    assert [each.decision.enrolment_id for each in credential.units.order_by("decision__unit__position")] == [
        old.pk,
        new.pk,
    ]
    assert words() == {Word.VALID}


def test_a_move_to_another_version_leaves_what_was_proved_where_it_was():
    before = make_cohort("COH-2023-041", status="assessed", learners=1)
    other = make_version(curriculum="other", units=["XX-1"])
    after = make_cohort("COH-2023-042", status="assessed", version=other)
    old = before.enrolments.get()
    make_decision(old, before.curriculum_version.units.first(), assessor=make_assessor(before))
    moved(old, after)
    make_key(chongqing())
    make_entitlement(before)
    assert order(before, wait=True).statements == 1


def test_a_cohort_in_which_nobody_proved_anything_is_certified_with_nothing():
    cohort = make_cohort(status="assessed", learners=2)
    make_key(chongqing())
    make_entitlement(cohort)
    assert order(cohort).nothing == 2
    assert cohort.status == "certified" and not Credential.objects.exists() and not Job.objects.exists()


def test_without_an_entitlement_the_refusal_names_member_site_programme_and_day():
    cohort = make_assessed_cohort(is_ready=False)
    make_key(chongqing())
    make_entitlement(cohort, ends_before=AWARDED_ON)
    with pytest.raises(NotEntitled) as refused:
        order(cohort)
    assert refused.value.places == {
        "issuer": "chongqing", "site": "wks-vientiane", "programme": cohort.programme.reference, "day": AWARDED_ON
    }  # fmt: skip
    with pytest.raises(NotEntitled):
        order(cohort, issuer=Organisation.objects.get(reference="vientiane"))
    assert not Credential.objects.exists()


def test_a_cohort_is_awarded_after_its_assessments_are_closed_and_once():
    running = make_cohort("COH-2023-001", learners=1)
    make_entitlement(running)
    make_key(chongqing())
    with pytest.raises(CohortIsNotAssessed):
        order(running)
    cohort = make_assessed_cohort()
    with pytest.raises(WrongMoment, match="nothing can be awarded before"):
        order(cohort, on=date(2023, 3, 1))
    order(cohort, wait=True)
    with pytest.raises(CohortIsNotAssessed):
        order(cohort, wait=True)
    assert Credential.objects.count() == 2


def test_nothing_is_awarded_for_a_day_to_come():
    cohort = make_assessed_cohort()
    with pytest.raises(DayToCome):
        order(cohort, on=AWARDED_ON + timedelta(days=1))
    assert not Credential.objects.exists()


def test_a_certificate_bears_the_day_of_its_site_and_is_in_force_when_it_is_signed():
    """An hour after midnight in Chongqing it is still the evening before in Colombo."""
    cohort = make_assessed_cohort()
    cohort.site.zone = "Asia/Colombo"
    cohort.site.save(update_fields=["zone"])
    tomorrow = AWARDED_ON + timedelta(days=1)
    at = datetime.combine(tomorrow, time(1), ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    with pytest.raises(DayToCome):
        order(cohort, on=tomorrow, at=at)
    order(cohort, on=AWARDED_ON, at=at, wait=True)
    raws = dict(Credential.objects.values_list("reference", "document"))
    assert {each.word for each in queries.verify_many(raws=raws, at=at, by=NIGHTLY).values()} == {Word.VALID}
    old = Credential.objects.order_by("reference").first()
    new = replace_credential(credential=old, on=tomorrow, at=at, by=NIGHTLY, why=Why.NAME_CORRECTED)
    new.refresh_from_db()
    assert new.issued_on == AWARDED_ON
    assert queries.verify(raw=new.document, at=at, by=NIGHTLY).word == Word.VALID


def test_only_who_may_award_does():
    cohort = make_assessed_cohort()
    for role, scope in (
        ("site_manager", ("site", cohort.site_id)),
        ("trainer", ("cohort", cohort.pk)),
        ("visitor", None),
    ):
        with pytest.raises(AccessDenied):
            order(cohort, by=make_actor(role, scope))
    assert order(cohort, by=make_actor("secretariat"), wait=True).awards == 2


def test_a_preview_says_the_same_and_changes_nothing():
    cohort = make_assessed_cohort()
    seen = preview_awarding(cohort=cohort, issuer=chongqing(), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY)
    assert (seen.awards, seen.statements, seen.nothing) == (2, 0, 0)
    assert not Credential.objects.exists()


def test_two_workers_at_once_sign_each_credential_once():
    cohort = make_assessed_cohort(learners=8)
    order(cohort)
    errors = []

    def work():
        try:
            while not sign_next(cohort=cohort, at=SIGNED_AT, by=NIGHTLY):
                continue
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert errors == []
    assert [len(each.changes.all()) for each in Credential.objects.all()] == [1] * 8
    cohort.refresh_from_db()
    assert cohort.status == "certified" and cohort.changes.filter(to_status="certified").count() == 1


def test_two_who_award_at_once_draw_different_places_and_numbers():
    cohorts = [make_assessed_cohort(f"COH-2023-00{n}", learners=4) for n in (1, 2)]
    errors = []

    def work(cohort):
        try:
            award(cohort)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(cohort,)) for cohort in cohorts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert errors == []
    places = list(Credential.objects.values_list("status_list", "status_index"))
    assert len(set(places)) == 8 and len({place[0] for place in places}) == 1
    assert sorted(Credential.objects.values_list("reference", flat=True))[-1] == "CRD-2023-0008"


def test_a_key_that_ended_meanwhile_fails_the_job_with_its_sentence_and_the_work_can_go_on():
    cohort = make_assessed_cohort()
    job = order(cohort).job
    retire_key(key=SigningKey.objects.get(), before=SIGNED_AT, by=NIGHTLY)
    with pytest.raises(NoSigningKey):
        _sign_cohort.func(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed" and "has no key" in job.message
    make_key(chongqing(), fragment="key-2023b", valid_from=SIGNED_AT)
    again = continue_awarding(cohort=cohort, at=SIGNED_AT + timedelta(hours=1), by=NIGHTLY)
    _sign_cohort.func(job_id=str(again.pk))
    cohort.refresh_from_db()
    assert cohort.status == "certified" and words() == {Word.VALID}


def test_no_more_statements_for_many_learners_than_for_a_few(django_assert_max_num_queries):
    cohort = make_assessed_cohort(learners=30)
    with django_assert_max_num_queries(125):
        award(cohort)
