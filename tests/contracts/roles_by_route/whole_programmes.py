"""
Programmes: the secretariat proposes, changes and plans them, the council judges their steps, who takes part keeps their log. The records are
those of the scene of training.
"""

from datetime import date
from uuid import uuid4

from corridor.foundations.access import NIGHTLY
from corridor.rooms.programmes.actions import log_risks
from corridor.rooms.programmes.drafts import RiskDraft
from corridor.rooms.programmes.models import Programme

from . import World, row

KEYED = {"Idempotency-Key": "one"}
# A write that names no version is asked for it.
KEY = "428 403 403 403 403 403 403 403 403 401"
WRITES, JUDGES = "403 403 403 403 403 403 403 403 302", "200 403 403 403 403 403 403 403 302"
# Who takes part, and oversight.
LOG = "200 200 200 404 404 404 404 200 404 302"
KEEPS = "200 403 200 404 404 404 404 403 404 302"

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/programmes/new/", f"200 {WRITES}"),
    row("POST", "/programmes/new/", f"422 {WRITES}"),
    row("GET", "/programmes/{programme}/change/", f"200 {WRITES}"),
    row("POST", "/programmes/{programme}/change/", f"422 {WRITES}"),
    row("GET", "/programme-steps/", "200"),
    row("GET", "/programme-steps/{programme_kind}/", f"200 {WRITES}"),
    row("POST", "/programme-steps/{programme_kind}/", f"422 {WRITES}", proposal="many"),
    row("GET", "/programmes/{programme}/steps/", "200"),
    row("GET", "/programmes/{programme}/steps/find/", f"200 {JUDGES}"),
    row("POST", "/programmes/{programme}/steps/find/", f"422 {JUDGES.replace('200', '422')}"),
    row("GET", "/programmes/{programme}/steps/{finding}/paper/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/programmes/{programme}/intake/", "200"),
    row("GET", "/programmes/{programme}/intake/plan/", f"200 {WRITES}"),
    row("POST", "/programmes/{programme}/intake/plan/", f"422 {WRITES}"),
    row("GET", "/programmes/{programme}/study/", "200"),
    row("GET", "/programmes/{programme}/study/plan/", f"200 {WRITES}"),
    row("POST", "/programmes/{programme}/study/plan/", f"422 {WRITES}"),
    row("GET", "/programmes/{programme}/log/", LOG),
    *(
        one
        for path in ("log/risk/", "log/risks/{risk}/move/", "log/risks/{risk}/judge/", "log/decision/")
        for one in (
            row("GET", f"/programmes/{{programme}}/{path}", KEEPS),
            row("POST", f"/programmes/{{programme}}/{path}", KEEPS.replace("200", "422")),
        )
    ),
    row("POST", "/api/v1/programmes", "422 403 403 403 403 403 403 403 403 401", headers=KEYED, reference="made-by-machine",
        kind="language", titles={"en": "Chinese"}, agreements=["AGR-1999-0001"]),
    row("PUT", "/api/v1/programmes/{api_programme}", KEY, kind="language", titles={"en": "Chinese"}, agreements=["AGR"]),
    row("POST", "/api/v1/programmes/{api_programme}/moves", KEY, to="suspended", on="2024-02-02"),
    row("GET", "/api/v1/programme-steps", "200"),
    row("GET", "/api/v1/programme-steps/{programme_kind}", "200"),
    row("PUT", "/api/v1/programme-steps/{programme_kind}", KEY, steps=["council"]),
    row("GET", "/api/v1/programmes/{api_programme}/approval", "200"),
    row("POST", "/api/v1/programmes/{api_programme}/approval", "409 409 403 403 403 403 403 403 403 401", headers=KEYED,
        step="academic", on="2024-02-02", found_by="Board", outcome="approved", finding="Good"),
    row("GET", "/api/v1/programmes/{api_programme}/intakes", "200"),
    row("PUT", "/api/v1/programmes/{api_programme}/intakes/2024", KEY, cohorts=1, learners=20),
    row("GET", "/api/v1/programmes/{api_programme}/study", "200"),
    row("POST", "/api/v1/programmes/{api_programme}/study", "409 403 403 403 403 403 403 403 403 401", headers=KEYED,
        starts_on="2024-02-02", members=[], terms=[]),
    row("GET", "/api/v1/programmes/{programme}/risks", LOG.replace("302", "401")),
    row("POST", "/api/v1/programmes/{programme}/risks", "201 403 201 404 404 404 404 403 404 401", headers=KEYED, what="No interpreter",
        likelihood="low", effect="high", owner="{risk_owner}", noticed_on="2024-01-08", due_on="2024-03-31"),
    row("GET", "/api/v1/programmes/{programme}/risks/{risk}", LOG.replace("302", "401")),
    row("PUT", "/api/v1/programmes/{programme}/risks/{risk}", "428 403 428 404 404 404 404 403 404 401", likelihood="low", effect="low",
        owner="{risk_owner}", due_on="2024-03-31"),
    row("POST", "/api/v1/programmes/{programme}/risks/{risk}/moves", "428 403 428 404 404 404 404 403 404 401", to="closed",
        on="2024-02-02", reason="Gone"),
    row("GET", "/api/v1/programmes/{programme}/decisions", LOG.replace("302", "401")),
    row("POST", "/api/v1/programmes/{programme}/decisions", "201 403 201 404 404 404 404 403 404 401", headers=KEYED, on="2024-02-01",
        decided_by="Council", what="More"),
]  # fmt: skip


def scene(world: World) -> None:
    """The programme of the coordinator's member has a risk."""
    programme = Programme.objects.get(reference=world.places["programme"])
    owner = programme.members.select_related("organisation").first()
    assert owner is not None
    draft = RiskDraft(
        programme, "The lift breaks", "low", "high", owner.organisation, date(2024, 1, 8), date(2024, 3, 31)
    )
    (risk,) = log_risks(risks=[draft], by=NIGHTLY)
    world.places |= {
        "programme_kind": "language", "risk": risk.number, "risk_owner": owner.organisation.reference, "finding": uuid4(),
    }  # fmt: skip
