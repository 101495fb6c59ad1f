"""Published curricula are public. The records are those of the scene of training."""

from datetime import date

from corridor.foundations.access import NIGHTLY
from corridor.rooms.curricula.actions import claim_mapping
from corridor.rooms.curricula.drafts import MappingDraft
from corridor.rooms.curricula.models import Relation
from tests.factories.curricula import make_version
from tests.factories.members import make_member

from . import World, row

ROWS = [
    row("GET", "/curricula/", "200"),
    row("GET", "/curricula/{curriculum}/{version}/", "200"),
    row("GET", "/curricula/{curriculum}/{version}/{unit}/", "200"),
    # ROLES:                                         secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
    row("GET", "/curricula/claims/{claim}/review/",  "403 200 403 403 403 403 403 403 403 302"),
    row("POST", "/curricula/claims/{claim}/review/", "403 422 403 403 403 403 403 403 403 302"),
]  # fmt: skip


def scene(world: World) -> None:
    unit = make_version(curriculum="web-claims", developer=world.records["member"]).units.first()
    draft = MappingDraft(
        unit=unit, relation=Relation.NONE, claimant=make_member("web-claimant"), claimed_on=date(2023, 3, 1),
        searched_country="LA",
    )  # fmt: skip
    world.places["claim"] = claim_mapping(draft=draft, by=NIGHTLY).pk
