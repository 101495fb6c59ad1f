"""Records like those of the scenes that belong to none of the roles: another member's, another site's, another person's."""

from uuid import uuid4

from corridor.foundations.journal.models import Conflict
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.assessment import make_assessor
from tests.factories.conferences import make_announcement
from tests.factories.demand import make_demand, make_employer
from tests.factories.devices import Phone
from tests.factories.funding import make_commitment, make_contract
from tests.factories.members import make_member
from tests.factories.outcomes import make_wave
from tests.factories.people import make_person
from tests.factories.placements import make_placement
from tests.factories.programmes import make_programme
from tests.factories.sites import make_equipment, make_site
from tests.factories.trainers import make_own_evidence, make_qualification, make_stay, make_trainer
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.factories.upkeep import make_fault, make_part, make_repair

from . import World
from .assessment import judged_places


def others(world: World) -> dict[str, object]:
    """By the names of the places that they stand in for."""
    colombo = make_member("colombo", country="LK")
    site = make_site("wks-colombo", host=colombo, country="LK")
    agreement = make_agreement("AGR-ELSEWHERE", parties=[colombo, make_member("kandy", country="LK")])
    programme = make_programme("elsewhere", agreement=agreement, members=[(colombo, "lead")])
    cohort = make_cohort(
        "COH-ELSEWHERE", site="wks-colombo", programme="elsewhere", trainers=[make_person("elsewhere-trainer")]
    )
    make_enrolment(cohort, number=1)
    make_enrolment(cohort, number=2)
    make_session(cohort, number=1)
    make_session(cohort, number=2, status="held")
    make_assessor(cohort, "elsewhere-assessor")
    phone = Phone.of(make_user("elsewhere-trainer"))
    phone.do("register.unheard-of", cohort.sessions.order_by("number").first().pk, {})
    phone.send()
    version = CurriculumVersion.objects.get(pk=cohort.curriculum_version_id)
    machine = make_equipment(site)
    demand = make_demand("DEM-ELSEWHERE", employer=make_employer("kandy-fleet", country="LK"))
    judged = judged_places(
        "COH-ELSEWHERE-A", learner=make_person("elsewhere-learner"), assessor=make_person("elsewhere-judge"),
        site="wks-colombo", programme="elsewhere",
    )  # fmt: skip
    return _trained(cohort) | judged | {
        "placement": make_placement(cohort.enrolments.get(number=1), "PLC-2023-0009").reference,
        "conflict": Conflict.objects.get(event__device=phone.device).pk, "device": phone.device.pk,
        "equipment": machine.pk, "fault": make_fault(machine).pk, "repair": make_repair(machine, ended_on=None).pk,
        "part": make_part(site).pk,
        "obligation": make_obligation(agreement, colombo).reference,
        "commitment": make_contract(payer="kandy", payee=colombo, disclosure="parties").reference,
        "pledge": make_commitment(payer="kandy", payee=colombo, disclosure="parties", what="Elsewhere").reference,
        "member": colombo.reference, "site": site.reference, "agreement": agreement.reference, "programme": programme.reference,
        "cohort": cohort.reference, "api_cohort": cohort.reference, "person": make_person("elsewhere").reference,
        "twin": make_person("elsewhere-twin").reference, "demand": demand.reference, "unit": version.units.first().code,
        "api_agreement": agreement.reference, "api_signing": agreement.reference, "api_demand": demand.reference,
        "api_programme": programme.reference,
        "api_site": site.reference, "issuer": colombo.reference, "proposed": agreement.reference, "with_signers": agreement.reference,
        "wave": (wave := make_wave("WAVE-ELSEWHERE", cohorts=[cohort]).reference), "api_wave": wave,
        "announcement": make_announcement("ANN-ELSEWHERE", owner=colombo).reference,
    }  # fmt: skip


def _trained(cohort: Cohort) -> dict[str, object]:
    """Another member's trainer, with what stands on the page; and somebody whom another member sent away."""
    person = Person.objects.get(reference="elsewhere-trainer")
    trainer = make_trainer(person, employer=cohort.site.host)
    stay = make_stay(make_person("elsewhere-away"), sent_by=make_member("galle", country="LK"))
    return {
        "trainer": person.reference, "stay": stay.pk, "qualification": make_qualification(trainer).pk, "watched": uuid4(),
        "agreed": uuid4(), "own_file": make_own_evidence(cohort.enrolments.get(number=1)).pk,
    }  # fmt: skip
