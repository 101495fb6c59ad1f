"""Decisions: the cohort's assessors decide; who oversees sees them; who teaches is told why not. The records are those of training."""

from hashlib import sha256

from corridor.foundations.access import NIGHTLY
from corridor.foundations.clock import now, today
from corridor.rooms.assessment.actions import EvidenceDraft, add_evidence, lodge_appeal
from corridor.rooms.assessment.models import (
    Appointment,
    Employment,
    PriorClaim,
    Sample,
    SamplingPlan,
    Sitting,
    StatedRelation,
)
from corridor.rooms.people.models import Person
from tests.factories.assessment import APPOINTED_ON, make_assessor, make_decision, make_scheme
from tests.factories.capability import make_licence
from tests.factories.people import make_person
from tests.factories.site_years import picture
from tests.factories.training import make_cohort, make_enrolment

from . import World, row
from .training import _person

# ROLES:                                              secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/cohorts/{cohort}/decisions/",             "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/final/",      "403 404 403 403 403 302 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/",      "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/",     "403 404 403 403 403 302 403 403 404 302", r1="competent"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/1/",    "200 404 403 200 403 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/1/",   "403 404 403 403 403 302 403 403 404 302",
        result="competent", decided_on="2023-06-20", version="0", attempt="1"),
    row("GET", "/sites/{site}/capability/",                "200 200 200 200 200 200 200 200 200 302",
        other="200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/sites/{site}/capability/{unit_key}/",     "200 200 200 200 200 200 200 200 200 302",
        other="200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/sites/{site}/capability/{unit_key}/exception/",  "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/capability/{unit_key}/exception/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/",                               "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/licences/new/",                           "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/new/",                          "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/{licence}/end/",                 "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/{licence}/end/",                "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/schemes/",                                "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/schemes/new/",                            "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/new/",                           "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/schemes/{scheme}/",                       "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/schemes/{scheme}/facts/",                 "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{scheme}/facts/",                "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/schemes/{scheme}/instruments/",           "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{scheme}/instruments/",          "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/schemes/{scheme}/instruments/1/",         "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{scheme}/instruments/1/",        "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{draft_scheme}/take-away/",      "302 403 403 403 403 403 403 403 403 302", place="1.1"),
    row("GET", "/schemes/{scheme}/publish/",               "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{scheme}/publish/",              "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/schemes/{draft_scheme}/discard/",        "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/conflicts/",                     "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/licences/conflicts/relation/",            "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/conflicts/relation/",           "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/conflicts/relation/{relation}/withdraw/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/conflicts/work/",                "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/conflicts/work/",               "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/licences/conflicts/work/{work}/end/",     "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/licences/conflicts/work/{work}/end/",    "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/evidence/{evidence}/",                    "200 404 404 200 404 200 200 200 404 302"),
    row("POST", "/evidence/{evidence}/discard/",           "403 404 404 403 404 302 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/marks/",                 "200 404 403 200 403 200 403 200 404 302"),
    row("GET", "/cohorts/{judged}/sittings/",              "200 404 200 200 404 200 200 200 404 302"),
    row("GET", "/cohorts/{judged}/sittings/new/",          "200 404 403 200 404 200 403 403 404 302"),
    row("POST", "/cohorts/{judged}/sittings/new/",         "422 404 403 422 404 422 403 403 404 302"),
    row("GET", "/sittings/{sitting}/",                     "200 404 404 200 404 200 200 200 404 302"),
    row("POST", "/sittings/{sitting}/cancel/",             "302 404 404 302 404 302 403 403 404 302"),
    row("GET", "/cohorts/{judged}/moderation/",            "200 404 403 403 404 403 403 200 404 302"),
    row("GET", "/cohorts/{judged}/moderation/draw/",       "200 404 403 403 404 403 403 403 404 302"),
    row("POST", "/cohorts/{judged}/moderation/draw/",      "422 404 403 403 404 403 403 403 404 302"),
    row("GET", "/cohorts/{judged}/moderation/second/",     "200 404 403 403 404 403 403 403 404 302"),
    row("POST", "/cohorts/{judged}/moderation/second/",    "422 404 403 403 404 403 403 403 404 302"),
    row("GET", "/judging/",                                "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/judging/phone/",                          "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/judging/phone/data/",                     "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/judging/phone/manifest.json",             "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/judging/phone/evidence/{evidence}/",      "200 404 404 200 404 200 200 200 404 302"),
    row("POST", "/judging/phone/evidence/{evidence}/0/",   "403 404 404 403 404 200 403 403 404 302"),
    row("GET", "/samples/",                                "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/samples/{sample}/",                       "404 404 404 404 404 200 404 404 404 302"),
    row("POST", "/samples/{sample}/",                      "404 404 404 404 404 422 404 404 404 302"),
    row("GET", "/samples/{sample}/settle/",                "200 404 404 404 404 404 404 403 404 302"),
    row("POST", "/samples/{sample}/settle/",               "422 404 404 404 404 404 404 403 404 302"),
    row("GET", "/appeals/",                                "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/appeals/{appeal}/",                       "200 404 404 404 404 404 200 200 404 302"),
    row("GET", "/appeals/{appeal}/panel/",                 "200 404 404 404 404 404 403 403 404 302"),
    row("POST", "/appeals/{appeal}/panel/",                "422 404 404 404 404 404 403 403 404 302"),
    row("GET", "/appeals/{appeal}/ruling/",                "200 404 404 404 404 404 403 403 404 302"),
    row("POST", "/appeals/{appeal}/ruling/",               "422 404 404 404 404 404 403 403 404 302"),
    row("POST", "/appeals/{appeal}/withdraw/",             "302 404 404 404 404 404 302 403 404 302"),
    row("GET", "/decisions/{appealable}/appeal/",          "200 404 404 403 404 403 200 403 404 302"),
    row("POST", "/decisions/{appealable}/appeal/",         "422 404 404 403 404 403 422 403 404 302"),
    row("GET", "/prior-learning/",                         "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/prior-learning/new/",                     "403 403 403 403 200 200 200 403 403 302"),
    row("POST", "/prior-learning/new/",                    "403 403 403 403 422 422 422 403 403 302"),
    row("GET", "/prior-learning/{prior}/",                 "200 404 404 200 404 200 200 200 404 302"),
    row("GET", "/prior-learning/{prior}/evidence/",        "403 404 404 403 404 200 200 403 404 302"),
    row("POST", "/prior-learning/{prior}/evidence/",       "403 404 404 403 404 422 422 403 404 302"),
    row("GET", "/prior-learning/{prior}/interview/",       "403 404 404 403 404 200 403 403 404 302"),
    row("POST", "/prior-learning/{prior}/interview/",      "403 404 404 403 404 422 403 403 404 302"),
    row("GET", "/prior-learning/{prior}/recognise/",       "403 404 404 403 404 200 403 403 404 302"),
    row("POST", "/prior-learning/{prior}/recognise/",      "403 404 404 403 404 422 403 403 404 302"),
    row("GET", "/prior-learning/{prior}/decline/",         "403 404 404 403 404 200 403 403 404 302"),
    row("POST", "/prior-learning/{prior}/decline/",        "403 404 404 403 404 422 403 403 404 302"),
    row("POST", "/prior-learning/{prior}/withdraw/",       "302 404 404 403 404 403 302 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/release/",    "403 404 403 403 403 200 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/release/",   "403 404 403 403 403 422 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/decisions/{unit}/1/evidence/",  "403 404 403 403 403 200 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/decisions/{unit}/1/evidence/", "403 404 403 403 403 422 403 403 404 302"),
    row("GET", "/cohorts/{judged}/decisions/{unit}/1/sign/",     "403 404 403 403 404 200 403 403 404 302"),
    row("POST", "/cohorts/{judged}/decisions/{unit}/1/sign/",    "403 404 403 403 404 422 403 403 404 302"),
]  # fmt: skip


def scene(world: World) -> None:
    unit = world.records["cohort"].curriculum_version.units.first()
    licence = make_licence(make_person("licensed"), unit)
    # Of a unit for which anybody holds a licence, only who holds one decides.
    make_licence(_person(world, "assessor"), unit)
    other = world.records["cohort"].curriculum_version.units.last()
    world.places |= {
        "scheme": make_scheme(other, published_on=today()).pk,
        "draft_scheme": make_scheme(other, published_on=None).pk,
    }
    world.places |= {"unit_key": unit.pk, "licence": licence.pk}
    world.places |= judged_places(
        "COH-WEB-A", learner=_person(world, "learner"), assessor=_person(world, "assessor"), site="wks-vientiane"
    )


def judged_places(reference: str, *, learner: Person, assessor: Person, **ground: str) -> dict[str, object]:
    """A cohort of which something was drawn, claimed, appealed against and called to; by the names of the places."""
    cohort = make_cohort(reference, **ground)
    first, second = cohort.curriculum_version.units.first(), cohort.curriculum_version.units.last()
    seat, other = make_enrolment(cohort, person=learner, number=1), make_enrolment(cohort, number=2)
    make_assessor(cohort, assessor.reference)
    judge = make_person(f"{reference.lower()}-judge")
    Appointment.objects.create(cohort=cohort, person=judge, appointed_on=APPOINTED_ON)
    open_one = make_decision(seat, first, assessor=assessor, final_on=None)
    drawn = make_decision(other, first, assessor=judge, final_on=None)
    appealed = make_decision(seat, second, assessor=judge, result="not_yet_competent", final_on=today())
    appealable = make_decision(seat, second, assessor=judge, attempt=2, result="not_yet_competent", final_on=today())
    plan = SamplingPlan.objects.create(cohort=cohort, share=10, seed="June", drawn_on=today(), by_label="secretariat")
    sample = Sample.objects.create(plan=plan, decision=drawn, second=assessor)
    appeal = lodge_appeal(decision=appealed, grounds="Nobody looked.", on=today(), by=NIGHTLY)
    claim = PriorClaim.objects.create(
        enrolment=seat, unit=second, claimed_on=today(), claim="A garage.", status="asked"
    )
    photo = picture()
    draft = EvidenceDraft(
        enrolment=seat, unit=first, file_name="work.jpg", size=len(photo), sha256=sha256(photo).hexdigest()
    )
    evidence = add_evidence(draft=draft, content=photo, at=now(), by=NIGHTLY)
    sitting = Sitting.objects.create(cohort=cohort, unit=first, held_on=today(), assessor=assessor)
    sitting.called.create(enrolment=seat)
    relation = StatedRelation.objects.create(
        assessor=judge,
        learner=make_person(f"{reference.lower()}-near"),
        kind="close",
        stated_on=today(),
        stated_by="secretariat",
    )
    work = Employment.objects.create(person=judge, organisation=cohort.site.host, starts_on=today())
    assert open_one.status == "assessed"
    return {
        "judged": cohort.reference, "sample": sample.pk, "appeal": appeal.reference, "appealable": appealable.pk,
        "prior": claim.pk, "evidence": evidence.pk, "sitting": sitting.pk, "relation": relation.pk, "work": work.pk,
    }  # fmt: skip
