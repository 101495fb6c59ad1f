"""
What machines get. Public reads answer everyone; the rest asks for a token, and answers as the pages do.

The records of the other rooms' scenes are read; those that are written here are the API's own.
"""

from datetime import UTC, date, datetime

from django.test import Client

from corridor.foundations.access import NIGHTLY
from corridor.journeys.recognise import recognise
from corridor.rooms.indicators import actions as indicators
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import Figure
from corridor.rooms.people.models import Person
from tests.factories.agreements import make_proposed_agreement
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.curricula import make_level
from tests.factories.demand import make_demand
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY
from tests.factories.outcomes import make_wave
from tests.factories.people import make_person
from tests.factories.tokens import API, token_of
from tests.factories.training import make_cohort, make_enrolment, make_session

from . import ROLES, World, row

ALL = "200"
TOKEN = "200 200 200 200 200 200 200 200 200 401"
# Whoever may not see a cohort does not learn that there is one; the coordinator's member hosts the site.
COHORT = "200 404 200 200 200 200 200 200 404 401"
# A write that names no version, and a creation without a key, are asked for it before anything else; tests/api says who may then.
KEY = "428 428 428 428 428 428 428 428 428 401"
# A form without its file is not understood, whoever sends it; tests/api/test_files_sent.py says who may send one.
NO_FILE = "422 422 422 422 422 422 422 422 422 401"
# Learners' names: those who teach, assess, manage or oversee; a learner sees the own path, not the register.
NAMES = "200 404 403 200 200 200 403 200 404 401"
DECISIONS = "200 404 403 200 403 200 403 200 404 401"

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/api/v1/", "404"),
    row("POST", "/api/v1/", "404"),
    row("GET", "/api/v1/openapi.json", ALL),
    row("GET", "/api/v1/alliance", ALL),
    row("GET", "/api/v1/members", ALL),
    row("GET", "/api/v1/members/{member}", ALL),
    row("GET", "/api/v1/people", TOKEN),
    row("GET", "/api/v1/people/{person}", "200 404 404 200 404 404 200 404 404 401"),
    row("GET", "/api/v1/curricula", ALL),
    row("GET", "/api/v1/curricula/{api_curriculum}/{api_version}", ALL),
    row("GET", "/api/v1/frameworks", ALL),
    row("GET", "/api/v1/conferences", ALL),
    row("GET", "/api/v1/conferences/{conference}", ALL),
    row("GET", "/api/v1/announcements", ALL),
    row("GET", "/api/v1/announcements/{announcement}", ALL),
    row("GET", "/api/v1/conferences/{conference}/documents", ALL),
    row("POST", "/api/v1/conferences/{conference}/documents", NO_FILE, missing=NO_FILE),
    row("GET", "/api/v1/conferences/{conference}/agenda", ALL),
    row("POST", "/api/v1/conferences/{conference}/agenda", KEY, kind="talk", starts_at="2023-11-23T05:00Z", ends_at="2023-11-23T06:00Z"),
    row("GET", "/api/v1/conferences/{conference}/agenda/{item}", ALL),
    row("PUT", "/api/v1/conferences/{conference}/agenda/{item}", KEY, kind="talk", starts_at="2023-11-23T05:00Z", ends_at="2023-11-23T06:00Z"),
    row("DELETE", "/api/v1/conferences/{conference}/agenda/{item}", KEY),
    row("GET", "/api/v1/conferences/{planned}/call", ALL),
    row("PUT", "/api/v1/conferences/{planned}/call", KEY, opens_on="2024-01-01", closes_before="2024-06-01"),
    row("GET", "/api/v1/conferences/{planned}/contributions", "200 200 200 403 403 403 403 403 403 401"),
    row("POST", "/api/v1/conferences/{planned}/contributions", KEY, member="vientiane", title="Z", abstract="Z", language="en", speakers=["Z"]),
    row("GET", "/api/v1/contributions/{contribution}", "200 200 200 404 404 404 404 404 404 401", other="200 200 404 404 404 404 404 404 404 401"),
    *(
        row("POST", f"/api/v1/contributions/{{contribution}}/{part}", "428 428 428 404 404 404 404 404 404 401",
            other="428 428 404 404 404 404 404 404 404 401", score=3, to="accepted")
        for part in ("judgement", "decision", "withdrawal")
    ),
    row("GET", "/api/v1/conferences/{planned}/registration", ALL),
    row("PUT", "/api/v1/conferences/{planned}/registration", KEY, opens_on="2024-01-01", closes_before="2024-06-01"),
    row("GET", "/api/v1/conferences/{planned}/delegates", "200 403 403 403 403 403 403 403 403 401"),
    row("POST", "/api/v1/conferences/{planned}/delegates", KEY, name="Z", email="z@example.org", comes_from="Z"),
    row("GET", "/api/v1/conferences/{planned}/delegates/{delegate}", "200 403 403 403 403 403 403 403 403 401"),
    row("POST", "/api/v1/conferences/{planned}/delegates/{delegate}/visa-letter", "428 403 403 403 403 403 403 403 403 401", to="issued"),
    row("GET", "/api/v1/conferences/{planned}/door", "200 403 403 403 403 403 403 403 403 401"),
    row("POST", "/api/v1/conferences/{planned}/scans", "200 403 403 403 403 403 403 403 403 401", scans=[]),
    row("GET", "/api/v1/resolutions", ALL),
    row("GET", "/api/v1/resolutions/{resolution}", ALL, other=ALL),
    row("POST", "/api/v1/conferences/{conference}/resolutions", KEY, texts={"en": "Meet"}, resolved_on="2024-01-01", due_on="2024-02-01"),
    row("POST", "/api/v1/resolutions/{resolution}/changes", KEY, other=KEY, to="done", on="2024-02-02", reason="Met"),
    row("GET", "/api/v1/conferences/{conference}/minutes", ALL),
    row("PUT", "/api/v1/conferences/{conference}/minutes/lo", KEY, text="Z"),
    row("POST", "/api/v1/conferences/{conference}/minutes/en/approval", KEY),
    row("POST", "/api/v1/conferences", KEY, reference="CONF-Z", titles={"en": "Z"}, place="Z", country="CN", zone="UTC",
        starts_on="2024-01-01", ends_before="2024-01-02"),
    row("POST", "/api/v1/announcements", KEY, conference="CONF-2023", owner="chongqing", titles={"en": "Z"}, announced_on="2023-11-23",
        next_report_due_on="2024-01-31"),
    row("POST", "/api/v1/announcements/{announcement}/reports", KEY, other=KEY, text="Begun.", next_due_on="2024-06-30"),
    row("POST", "/api/v1/conferences/{planned}/held", KEY),
    row("POST", "/api/v1/announcements/{announcement}/confirmation", KEY, other=KEY),
    row("POST", "/api/v1/announcements/{announcement}/changes", KEY, other=KEY, to="done", on="2024-02-02"),
    row("POST", "/api/v1/announcements/{announcement}/merge", KEY, other=KEY, into="ANN-2023-0002", on="2024-02-02", reason="One"),
    row("PUT", "/api/v1/announcements/{announcement}/wordings/lo", KEY, other=KEY, text="Z", said="translated"),
    row("PUT", "/api/v1/announcements/{announcement}/members", KEY, other=KEY, members={}),
    row("PUT", "/api/v1/announcements/{announcement}/target", KEY, other=KEY, number=1, unit="sites", reach_by="2024-12-31"),
    row("GET", "/api/v1/agreements", ALL),
    row("GET", "/api/v1/agreements/{api_agreement}", ALL),
    row("GET", "/api/v1/agreements/{api_agreement}/text", "200 200 200 403 403 403 403 200 403 401"),
    row("POST", "/api/v1/agreements/{api_agreement}/signatures", "403 403 200 403 403 403 403 403 403 401",
        headers={"If-Match": "{agreement_etag}"}, member="vientiane", signed_hash="{agreement_hash}"),
    row("GET", "/api/v1/demand", ALL),
    row("GET", "/api/v1/demand/{api_demand}", ALL),
    row("GET", "/api/v1/obligations", "200 200 200 200 200 200 200 200 200 401"),
    row("POST", "/api/v1/obligations", "201 403 403 403 403 403 403 403 403 401",
        headers={"Idempotency-Key": "one"}, agreement="{api_agreement}", member="vientiane", what="Sends a list", due_on="2024-05-01"),
    row("GET", "/api/v1/obligations/{obligation}", "200 200 200 404 404 404 404 200 404 401"),
    row("GET", "/api/v1/obligations/{obligation}/records", "200 200 200 404 404 404 404 200 404 401"),
    row("POST", "/api/v1/obligations/{obligation}/fulfilments", "200 403 200 404 404 404 404 403 404 401",
        headers={"If-Match": "{obligation_etag}"}, on="2023-06-02"),
    row("POST", "/api/v1/obligations/{obligation}/waivers", "200 403 403 404 404 404 404 403 404 401",
        headers={"If-Match": "{obligation_etag}"}, on="2023-06-02", reason="Agreed by letter"),
    row("GET", "/api/v1/programmes", ALL),
    row("GET", "/api/v1/programmes/{api_programme}", ALL),
    row("GET", "/api/v1/cohorts", TOKEN),
    row("GET", "/api/v1/cohorts/{api_cohort}", COHORT),
    row("GET", "/api/v1/cohorts/{api_cohort}/learners", COHORT),
    row("GET", "/api/v1/cohorts/{api_cohort}/sessions", COHORT),
    row("GET", "/api/v1/cohorts/{api_cohort}/sessions/1/register", NAMES),
    row("PUT", "/api/v1/cohorts/{api_cohort}/sessions/1/register", "403 404 403 403 200 403 403 403 404 401",
        headers={"If-Match": "{register_etag}"}, marks={"1": "present", "2": "late"}),
    row("GET", "/api/v1/cohorts/{api_cohort}/learners/1/units/VI-1", DECISIONS),
    # Only a person can decide: an account without one has no self to decide as (404).
    row("PUT", "/api/v1/cohorts/{api_cohort}/learners/1/units/VI-1/decision", "404 404 403 404 403 200 403 404 404 401",
        headers={"If-Match": "{candidate_etag}"}, result="competent", decided_on="2023-06-20"),
    row("GET", "/api/v1/decisions", TOKEN),
    row("GET", "/api/v1/decisions/{api_decision}", "200 404 404 200 404 200 200 200 404 401"),
    row("GET", "/api/v1/credentials", TOKEN),
    row("GET", "/api/v1/credentials/{credential}", "200 404 404 200 404 404 404 200 404 401"),
    row("GET", "/api/v1/entitlements", ALL),
    row("GET", "/api/v1/recognitions", ALL),
    row("GET", "/api/v1/waves", TOKEN),
    row("GET", "/api/v1/waves/{api_wave}", "200 404 404 200 404 404 404 200 404 401"),
    row("GET", "/api/v1/indicators", ALL),
    row("GET", "/api/v1/figures/members.active", ALL),
    row("GET", "/api/v1/figures/members.active/evidence", ALL),
    row("GET", "/api/v1/claims", ALL),
    row("GET", "/api/v1/kept-figures", ALL),
    row("GET", "/api/v1/kept-figures/{api_figure}", ALL),
    row("POST", "/api/v1/kept-figures/{api_figure}/signatures", "200 200 403 403 403 403 403 403 403 401",
        headers={"If-Match": "{figure_etag}"}, content_hash="{figure_hash}"),
    row("GET", "/api/v1/editions", ALL),
    row("GET", "/api/v1/editions/{api_edition}", ALL),
]  # fmt: skip


def scene(world: World) -> None:
    _teach(world)
    _promise(world)
    _count(world)
    world.tokens = {role: token_of(world.users[role]) for role in ROLES[:-1]}
    _read_versions(world)


def _teach(world: World) -> None:
    """A running cohort of the trainer's, with the learner on its first seat, at the manager's site."""
    trainer, assessor, learner = (_person(world, role) for role in ("trainer", "assessor", "learner"))
    cohort = make_cohort("COH-API-1", trainers=[trainer])
    make_level()
    first = make_enrolment(cohort, person=learner, number=1)
    make_enrolment(cohort, number=2)
    make_session(cohort, number=1)
    make_assessor(cohort, assessor.reference)
    unit = cohort.curriculum_version.units.get(code="VI-2")
    decision = make_decision(first, unit, assessor=assessor)
    cohort.site.posts.get_or_create(user=world.users["site_manager"], held_from=cohort.starts_on)
    version = cohort.curriculum_version
    world.places |= {
        "api_cohort": cohort.reference, "api_site": cohort.site.reference, "api_programme": cohort.programme.reference,
        "api_decision": decision.pk, "person": learner.reference, "api_curriculum": version.curriculum.reference,
        "api_version": version.version, "api_wave": make_wave("WAVE-API", cohorts=[cohort]).reference,
    }  # fmt: skip


def _person(world: World, role: str) -> Person:
    user = world.users[role]
    return Person.objects.filter(user=user).first() or make_person(f"api-{role}", user=user)


def _promise(world: World) -> None:
    agreement = make_proposed_agreement("AGR-2023-0900", parties=("chongqing", world.records["member"]))
    world.places["api_agreement"], world.places["agreement_hash"] = agreement.reference, agreement.canonical_hash
    world.places["api_demand"] = make_demand("DEM-2023-0900").reference


def _count(world: World) -> None:
    def freeze(day: date) -> Figure:
        return indicators.freeze_figure(
            question=ask("members.countries", on=day, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY
        )

    figure, published = freeze(REPORT_DAY), freeze(date(2023, 12, 31))
    for signer in ("secretariat", "council"):
        published = indicators.sign_figure(
            figure=published, on=FREEZE_DAY, at=AT, by=recognise(world.users[signer], on=FREEZE_DAY)
        )
    edition = indicators.build_edition(
        edition=indicators.EditionDraft(reference="api-2023", title="Year 2023", day=date(2023, 12, 31)), by=NIGHTLY
    )
    indicators.place_figures(edition=edition, figures=[published], by=NIGHTLY)
    indicators.publish_edition(edition=edition, on=FREEZE_DAY, at=datetime(2024, 1, 30, tzinfo=UTC), by=NIGHTLY)
    world.places |= {
        "api_figure": figure.reference, "figure_hash": figure.content_hash, "api_edition": edition.reference,
    }  # fmt: skip


def _read_versions(world: World) -> None:
    """The ETags that writes must name, as the secretariat reads them; everyone who may read reads the same."""
    client = Client(headers={"Authorization": f"Bearer {world.tokens['secretariat']}"})
    for name, path in (
        ("agreement_etag", "/agreements/{api_agreement}"),
        ("register_etag", "/cohorts/{api_cohort}/sessions/1/register"),
        ("candidate_etag", "/cohorts/{api_cohort}/learners/1/units/VI-1"),
        ("figure_etag", "/kept-figures/{api_figure}"),
        ("obligation_etag", "/obligations/{obligation}"),
        ("demand_etag", "/demand/{api_demand}"),
        ("commitment_etag", "/commitments/{commitment}"),
        ("pledge_etag", "/commitments/{pledge}"),
        ("equipment_etag", "/equipment/{equipment}"),
        ("fault_etag", "/faults/{fault}"),
        ("repair_etag", "/repairs/{repair}"),
        ("part_etag", "/spare-parts/{part}"),
        ("review_etag", "/reviews/{review}"),
        ("licence_etag", "/licences/{licence}"),
    ):
        world.places[name] = client.get((API + path).format(**world.places))["ETag"]
