"""Cohorts, registers and a learner's own path: seen by those who work with them."""

from hashlib import sha256

from corridor.foundations.clock import real_now
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Enrolment, TimetableAddress
from tests.factories.assessment import make_assessor
from tests.factories.people import make_person
from tests.factories.placements import file_contract_of, make_mentor_secret, make_placement
from tests.factories.site_years import make_line, make_photo, make_plan, make_showing, make_spending
from tests.factories.sites import make_equipment
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.factories.upkeep import make_fault, make_label, make_part, make_repair

from . import World, row

# Whoever may not see a cohort does not learn that there is one; the coordinator's member hosts the site.
# ROLES:                                          secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/cohorts/",                           "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/cohorts/open/",                      "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/cohorts/open/",                     "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/cohorts/{cohort}/",                  "200 404 200 200 200 200 200 200 404 302"),
    row("GET", "/cohorts/{cohort}/enrol/",            "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/enrol/",           "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/learners/1/transfer/",  "200 404 404 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/learners/1/transfer/", "422 404 404 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/learners/",         "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/learners/",        "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/plan/",             "200 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/plan/",            "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/trainers/", "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/trainers/", "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/assessors/", "200 404 403 403 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/assessors/", "422 404 403 403 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/close/",            "200 404 403 403 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/close/",           "409 404 403 403 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/award/",            "200 404 403 403 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/award/",           "422 404 403 403 403 403 403 403 404 302"),
    row("GET", "/api/v1/cohorts/{cohort}/award-preview?issuer=vientiane", "200 404 403 403 403 403 403 403 404 401"),
    row("POST", "/api/v1/cohorts/{cohort}/awards", "428 404 403 403 403 403 403 403 404 401", issuer="vientiane", on="2024-02-02"),
    row("POST", "/api/v1/cohorts/{cohort}/further-certificates", "428 404 403 403 403 403 403 403 404 401",
        issuer="vientiane", on="2024-02-02", kind="attendance"),
    row("GET", "/cohorts/{cohort}/award/further/",    "200 404 403 403 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/award/further/",   "422 404 403 403 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/",       "200 404 403 200 200 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/",      "403 404 403 403 302 403 403 403 404 302", version="1", seats="1 2", exception="2"),
    row("GET", "/cohorts/{cohort}/sessions/2/sign/",  "403 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/2/sign/", "403 404 403 302 302 403 403 403 404 302", version="2"),
    row("GET", "/cohorts/{cohort}/trainers/web-trainer/end/", "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/trainers/web-trainer/end/", "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/describe/",         "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/describe/",        "422 404 403 422 403 403 403 403 404 302", capacity="x"),
    row("POST", "/cohorts/{cohort}/recruit/",         "409 404 403 409 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/selection/",        "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/selection/",       "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/selection/criteria/",  "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/selection/criteria/", "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/selection/points/",    "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/selection/points/",   "302 404 403 302 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/funnel/",           "200 404 403 200 200 200 403 200 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/plan/",  "200 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/plan/", "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/move/",  "200 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/move/", "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/cancel/",  "200 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/cancel/", "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/arrivals/",  "403 404 403 403 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/arrivals/", "403 404 403 403 409 403 403 403 404 302", do="confirm"),
    row("GET", "/arrive/",                            "200"),
    row("POST", "/arrive/",                           "200"),
    row("GET", "/arrive/nothing/",                    "404"),
    row("POST", "/arrive/phone/",                     "403 403 403 403 302 302 302 403 403 302", do="keep"),
    row("GET", "/timetable/",                         "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/timetable/",                        "403 403 403 403 200 200 200 403 403 302"),
    row("POST", "/timetable/address/end/",            "403 403 403 403 302 302 302 403 403 302"),
    row("GET", "/timetable/{timetable}.ics",          "200"),
    row("GET", "/cohorts/{cohort}/hours/",            "200 404 200 200 200 200 200 200 404 302"),
    row("POST", "/cohorts/{cohort}/hours/",           "422 404 403 403 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/placements/",       "200 404 200 200 200 200 200 200 404 302"),
    row("GET", "/cohorts/{cohort}/placements/new/",   "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/placements/new/",  "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/placements/{placement}/",            "200 404 404 200 200 200 200 200 404 302"),
    row("GET", "/placements/{placement}/change/",     "200 404 404 200 403 403 403 403 404 302"),
    row("POST", "/placements/{placement}/change/",    "422 404 404 422 403 403 403 403 404 302"),
    row("GET", "/placements/{placement}/tasks/",      "200 404 404 200 403 403 403 403 404 302"),
    row("POST", "/placements/{placement}/tasks/",     "302 404 404 302 403 403 403 403 404 302"),
    row("GET", "/placements/{placement}/contract/",   "200 404 404 200 200 200 200 200 404 302", other="404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/placements/{placement}/contract/",  "422 404 404 422 403 403 403 403 404 302"),
    row("POST", "/placements/{placement}/visits/",    "422 404 404 422 422 403 403 403 404 302"),
    row("POST", "/placements/{placement}/logbook/",   "403 404 404 403 403 403 302 403 404 302", on="2023-03-07", minutes="60", text="x"),
    row("POST", "/placements/{placement}/link/",      "302 404 404 302 403 403 403 403 404 302", do="end"),
    row("GET", "/placements/{placement}/end/",        "200 404 404 200 403 403 403 403 404 302"),
    row("POST", "/placements/{placement}/end/",       "422 404 404 422 403 403 403 403 404 302"),
    row("GET", "/mentor/{mentor_secret}/",            "200"),
    row("POST", "/mentor/{mentor_secret}/",           "422"),
    row("GET", "/cohorts/{cohort}/in-touch/",         "200 404 403 200 200 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/in-touch/",        "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/languages/",        "200 404 403 200 200 200 403 200 404 302"),
    row("POST", "/cohorts/{cohort}/languages/",       "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/languages/goals/",  "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/languages/goals/", "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/links/",            "200 404 403 200 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/links/",           "422 404 403 422 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/learners/1/facts/",  "200 404 404 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/learners/1/facts/", "422 404 404 422 403 403 403 403 404 302"),
    row("GET", "/learn/cohorts/",                     "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/learn/cohorts/{recruiting}/apply/",  "403 403 200 403 200 200 200 403 403 302"),
    row("POST", "/learn/cohorts/{recruiting}/apply/", "403 403 422 403 422 422 422 403 403 302"),
    row("POST", "/learn/cohorts/{cohort}/answer/",    "404 404 404 404 404 404 409 404 404 302", answer="withdraw"),
    row("GET", "/learn/",                             "404 404 404 404 200 200 200 404 404 302"),
]  # fmt: skip


def scene(world: World) -> None:
    trainer, assessor, learner = (_person(world, role) for role in ("trainer", "assessor", "learner"))
    cohort = make_cohort("COH-WEB-1", trainers=[trainer])
    make_enrolment(cohort, person=learner, number=1)
    make_enrolment(cohort, number=2)
    make_session(cohort, number=1)
    make_session(cohort, number=2, status="held")
    make_assessor(cohort, assessor.reference)
    cohort.site.posts.get_or_create(user=world.users["site_manager"], held_from=cohort.starts_on)
    version = cohort.curriculum_version
    world.records["cohort"] = cohort
    placement = make_placement(Enrolment.objects.get(cohort=cohort, number=1))
    file_contract_of(placement)
    world.records["placement"], world.places["placement"] = placement, placement.reference
    world.places["mentor_secret"] = make_mentor_secret(placement)
    world.places["timetable"] = _address(world)
    world.places["recruiting"] = make_cohort("COH-WEB-2", status="recruiting").reference
    machine = make_equipment(cohort.site)
    repair, fault = make_repair(machine, ended_on=None), make_fault(machine)
    world.places |= {
        "equipment": machine.pk, "fault": fault.pk, "repair": repair.pk, "part": make_part(machine.site).pk,
        "label": make_label(machine).secret,
    }  # fmt: skip
    line = make_line(make_plan(machine.site))
    world.places |= {
        "year": line.plan.year, "line_number": line.number, "plan_line": line.pk, "spending": make_spending(line).pk,
        "photo": make_photo(machine.site).pk, "showing": make_showing(machine.site).pk,
    }  # fmt: skip
    world.places |= {
        "cohort": cohort.reference, "programme": cohort.programme.reference, "site": cohort.site.reference,
        "curriculum": version.curriculum.reference, "version": version.version, "unit": version.units.first().code,
    }  # fmt: skip


def _address(world: World) -> str:
    """The secret address of the trainer's calendar, as it was made once."""
    secret = "timetable-of-the-trainer"
    TimetableAddress.objects.create(
        user=world.users["trainer"],
        digest=sha256(secret.encode()).hexdigest(),
        hint=secret[-4:],
        language="en",
        made_at=real_now(),
    )
    return secret


def _person(world: World, role: str) -> Person:
    user = world.users[role]
    return Person.objects.filter(user=user).first() or make_person(f"web-{role}", user=user)
