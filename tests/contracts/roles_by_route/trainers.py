"""The register of trainers, the cascade, and teachers away from home."""

from corridor.rooms.people.models import Person
from tests.factories.people import make_person
from tests.factories.trainers import make_observed, make_qualification, make_stay, make_trainer
from tests.factories.training import make_cohort, make_session

from . import World, row

# Whoever may not see a trainer does not learn that they stand in the register; the trainer's own is the trainer role's.
# ROLES:                                          secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
PAGE = "200 404 200 200 200 404 404 200 404 302"
LIST = "200 403 200 200 200 403 403 200 403 302"
KEEP, SENT, DONE = (f"{code} 404 {code} 403 403 404 404 403 404 302" for code in (200, 422, 302))
KEY = "428 428 428 428 428 428 428 428 428 401"
API = "200 404 200 200 200 404 404 200 404 401"
API_LIST = "200 403 200 200 200 403 403 200 403 401"
VERSION = "428 404 428 428 428 404 404 428 404 401"
ROWS = [
    row("GET", "/trainers/", LIST),
    row("GET", "/trainers/register/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/trainers/register/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/trainers/cascade/", LIST),
    row("GET", "/trainers/stays/", LIST),
    row("GET", "/trainers/stays/new/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/trainers/stays/new/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/trainers/stays/{stay}/correct/", KEEP),
    row("POST", "/trainers/stays/{stay}/correct/", SENT),
    row("GET", "/trainers/stays/{stay}/remove/", KEEP),
    row("POST", "/trainers/stays/{stay}/remove/", DONE),
    row("GET", "/trainers/rubrics/", LIST),
    row("GET", "/trainers/rubrics/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/trainers/rubrics/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/trainers/of/{trainer}/", PAGE),
    row("GET", "/trainers/of/{trainer}/correct/", KEEP),
    row("POST", "/trainers/of/{trainer}/correct/", SENT),
    row("GET", "/trainers/of/{trainer}/qualifications/", KEEP),
    row("POST", "/trainers/of/{trainer}/qualifications/", SENT),
    row("GET", "/trainers/of/{trainer}/qualifications/{qualification}/paper/", PAGE),
    row("GET", "/trainers/of/{trainer}/qualifications/{qualification}/drop/", KEEP),
    row("POST", "/trainers/of/{trainer}/qualifications/{qualification}/drop/", DONE),
    row("GET", "/trainers/of/{trainer}/languages/", KEEP),
    row("POST", "/trainers/of/{trainer}/languages/", SENT),
    row("POST", "/trainers/of/{trainer}/languages/drop/", DONE, language="lo", scale="first"),
    row("GET", "/trainers/of/{trainer}/units/", KEEP),
    row("POST", "/trainers/of/{trainer}/units/", SENT),
    row("POST", "/trainers/of/{trainer}/units/drop/", DONE, unit="none"),
    row("GET", "/trainers/of/{trainer}/watch/", "200 404 403 200 403 404 404 403 404 302"),
    row("POST", "/trainers/of/{trainer}/watch/", "422 404 403 422 403 404 404 403 404 302"),
    row("GET", "/trainers/of/{trainer}/watched/{watched}/", PAGE),
    row("GET", "/trainers/of/{trainer}/watched/{watched}/agreed/{agreed}/", "200 404 403 200 403 404 404 403 404 302"),
    row("POST", "/trainers/of/{trainer}/watched/{watched}/agreed/{agreed}/", "422 404 403 422 403 404 404 403 404 302"),
    row("GET", "/api/v1/trainers", API_LIST),
    row("POST", "/api/v1/trainers", KEY, person="nobody", held_from="2023-01-09"),
    row("GET", "/api/v1/trainers/{trainer}", API),
    row("PUT", "/api/v1/trainers/{trainer}", VERSION, held_from="2023-01-09"),
    row(
        "POST", "/api/v1/trainers/{trainer}/qualifications", KEY, other=KEY, missing=KEY, what="Welding", awarded_by="A body",
        awarded_on="2022-05-02",
    ),
    row("DELETE", "/api/v1/trainers/{trainer}/qualifications/{qualification}", VERSION),
    row("GET", "/api/v1/trainers/{trainer}/observed", API),
    row(
        "POST", "/api/v1/trainers/{trainer}/observed", KEY, other=KEY, missing=KEY, cohort="COH-WEB-TR", session=1,
        observer="web-observer", rubric="teaching", levels=[1, 1],
    ),
    row("GET", "/api/v1/rubrics", API_LIST),
    row("GET", "/api/v1/cascade", API_LIST),
    row("GET", "/api/v1/stays", API_LIST),
    row("GET", "/api/v1/days-away?first_day=2023-01-01&last_day=2023-12-31", API_LIST),
    row("POST", "/api/v1/stays", KEY, person="nobody", kind="trip", sent_by="nobody", starts_on="2023-01-09", purpose="To guide"),
    row("GET", "/api/v1/stays/{stay}", API),
    row("PUT", "/api/v1/stays/{stay}", VERSION, kind="trip", sent_by="nobody", starts_on="2023-01-09", purpose="To guide"),
]  # fmt: skip


def scene(world: World) -> None:
    person = Person.objects.get(user=world.users["trainer"])
    cohort = make_cohort("COH-WEB-TR", trainers=[person])
    session = make_session(cohort, status="locked")
    host = cohort.site.host
    trainer = make_trainer(person, employer=host, languages=[("lo", "first", "")])
    watched = make_observed(trainer, session=session, observer=make_person("web-observer"))
    world.places |= {
        "trainer": person.reference, "qualification": make_qualification(trainer).pk, "watched": watched.pk,
        "agreed": watched.agreed.get().pk, "stay": make_stay(person, sent_by=host, site=cohort.site).pk,
    }  # fmt: skip
