"""Before anything is signed it is said what would be, in each language, and who is refused and why; the others need not wait for them."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.award_credentials import award_cohort
from corridor.journeys.award_preview import preview_award
from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment.actions import lodge_appeal
from corridor.rooms.assessment.models import Decision
from corridor.rooms.credentials.models import Credential, RecognitionStatement
from corridor.rooms.credentials.refusals import NotAllReady
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import CertificateName
from corridor.rooms.sites.models import UnitNeeds
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, make_decision
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, confirm_names, make_assessed_cohort
from tests.factories.curricula import make_level

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_assessed_cohort(learners=3)


def chongqing():
    return Organisation.objects.get(reference="chongqing")


def preview(cohort, **more):
    return preview_award(
        cohort=cohort, issuer=chongqing(), on=AWARDED_ON, at=SIGNED_AT, **{"by": NIGHTLY, **more}
    )  # fmt: skip


def award(cohort, **more):
    return award_cohort(
        cohort=cohort, issuer=chongqing(), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, wait=True, **more
    )  # fmt: skip


def unname(cohort, number=1):
    enrolment = cohort.enrolments.get(number=number)
    CertificateName.objects.filter(person=enrolment.person).delete()
    return enrolment


def codes(found):
    return {each.enrolment.number: [refusal.code for refusal in each.refusals] for each in found.learners}


def test_it_says_what_would_stand_on_each_certificate_in_each_language(cohort):
    cohort.curriculum_version.titles.create(language="lo", text="ການກວດກາ", text_state="draft")
    RecognitionStatement.objects.create(
        programme=cohort.programme,
        credential_kind="award",
        country="LA",
        recognition="institution",
        starts_on="2023-01-01",
    )
    found = preview(cohort)
    assert (found.refusal, len(found.ready), found.awards, found.statements, found.nothing) == (None, 3, 3, 0, 0)
    assert found.learners[0].names and found.learners[0].units == ("VI-1", "VI-2")
    whole = found.texts[0]
    assert [(each.language, each.text_state) for each in whole.texts] == [("en", "reviewed"), ("lo", "draft")]
    assert [each.what for each in found.texts if each.part == "title"] == ["", "VI-1", "VI-2"]
    (counts,) = [each for each in found.texts if each.part == "counts_as"]
    assert counts.what == "award" and {"en", "zh-Hans", "lo"} <= {each.language for each in counts.texts}
    assert "Laos: a certificate of an institution" in found.recognition["award"]
    assert not Credential.objects.exists()


def test_every_text_beside_titles_stands_there_with_its_state(cohort):
    version, unit = cohort.curriculum_version, cohort.curriculum_version.units.order_by("position").first()
    version.titles.create(language="lo", text="ການກວດກາ", text_state="reviewed")
    version.level = make_level(framework="CN-SKILL", edition="2018")
    version.save(update_fields=["level"])
    version.level.framework.names.create(language="zh-Hans", text="职业技能等级", text_state="stale")
    criterion = unit.elements.create(position=90).criteria.create(position=1)
    for language, state in (("en", "reviewed"), ("lo", "reviewed"), ("ur", "draft")):
        criterion.texts.create(language=language, text=f"Brakes {language}", text_state=state)
    unit.elements.get(position=90).criteria.create(position=2).texts.create(
        language="en", text="Oil", text_state="reviewed"
    )
    statement = RecognitionStatement.objects.create(
        programme=cohort.programme, credential_kind="award", country="LA", recognition="institution", authority="Ministry",
        starts_on="2023-01-01",
    )  # fmt: skip
    statement.authority_names.create(language="lo", text="ກະຊວງ", text_state="draft")
    told = {
        (each.part, each.what): {text.language: text.text_state for text in each.texts}
        for each in preview(cohort).texts
    }
    assert told["level", ""] == {"en": "reviewed", "zh-Hans": "stale"}
    assert told["criteria", "VI-1"] == {"en": "reviewed", "lo": "draft", "ur": "draft"}, "the second is in English only"
    assert told["authority", "LA"] == {"en": "reviewed", "lo": "draft"}
    assert told["description", "award"] == {"en": "reviewed", "lo": "reviewed"}


def test_a_level_stands_only_where_it_is_signed(cohort):
    version, unit = cohort.curriculum_version, cohort.curriculum_version.units.order_by("position").first()
    version.level = make_level(framework="CN-SKILL", edition="2018")
    version.save(update_fields=["level"])
    Decision.objects.filter(unit=unit).update(result="not_yet_competent")
    found = preview(cohort)
    assert (found.awards, found.statements) == (0, 3)
    assert "level" not in {each.part for each in found.texts}


def test_each_learner_is_refused_by_name_with_what_to_do(cohort):
    first = unname(cohort)
    second, unit = cohort.enrolments.get(number=2), cohort.curriculum_version.units.first()
    Decision.objects.filter(enrolment=second, unit=unit).update(status="overturned")
    make_decision(second, unit, assessor=Decision.objects.first().assessor, attempt=2, final_on=None)
    found = preview(cohort)
    assert codes(found) == {1: ["NameNotConfirmed"], 2: ["DecisionIsOpen"], 3: []}
    said = [str(each) for learner in found.waiting for each in learner.refusals]
    assert first.person.reference in said[0] and "They confirm it on their own page" in said[0]
    assert unit.code in said[1] and "Make it final" in said[1]


def test_a_text_that_nobody_reviewed_is_not_signed(cohort):
    unit = cohort.curriculum_version.units.last()
    unit.titles.update(text_state="stale")
    assert codes(preview(cohort)) == {number: ["TextNotReviewed"] for number in (1, 2, 3)}
    cohort.curriculum_version.titles.update(text_state="draft")
    with pytest.raises(NotAllReady) as refused:
        award(cohort)
    assert len(refused.value.problems) == 2 and unit.code in str(refused.value.problems[1])
    assert not Credential.objects.exists()


def test_a_unit_that_could_not_be_assessed_there_that_day_is_not_signed(cohort):
    unit = cohort.curriculum_version.units.first()
    UnitNeeds.objects.create(unit=unit, asked_from=date(2023, 1, 1))
    found = preview(cohort)
    assert codes(found) == {number: ["SiteNotCapable"] for number in (1, 2, 3)}
    said = str(found.learners[0].refusals[0])
    assert unit.code in said and cohort.site.reference in said and "ask the secretariat for an exception" in said


def test_what_is_in_the_way_of_all_is_said_beside_the_learners(cohort):
    found = preview_award(
        cohort=cohort, issuer=Organisation.objects.get(reference="vientiane"), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY
    )
    assert found.refusal.code == "NotEntitled" and len(found.learners) == 3


def test_only_who_may_award_sees_it(cohort):
    with pytest.raises(AccessDenied):
        preview(cohort, by=make_actor("trainer", ("cohort", cohort.pk)))


def test_those_who_are_ready_need_not_wait_and_the_last_one_certifies_the_cohort(cohort):
    unname(cohort)
    with pytest.raises(NotAllReady):
        award(cohort)
    first = award(cohort, only_ready=True)
    assert (first.awards, first.waiting, cohort.status) == (2, 1, "assessed")
    assert award(cohort, only_ready=True).awards == 0
    confirm_names(cohort)
    assert (award(cohort).awards, cohort.status) == (1, "certified")
    assert Credential.objects.filter(cohort=cohort, status="issued").count() == 3


def test_a_cohort_is_not_certified_while_somebody_with_nothing_appeals():
    cohort = make_assessed_cohort(learners=2)
    second = cohort.enrolments.get(number=2)
    Decision.objects.filter(enrolment=second).update(result="not_yet_competent")
    decision = Decision.objects.filter(enrolment=second).first()
    lodge_appeal(decision=decision, grounds="Nobody looked.", on=DECIDED_ON, by=NIGHTLY)
    assert (award(cohort, only_ready=True).awards, cohort.status) == (1, "assessed")
