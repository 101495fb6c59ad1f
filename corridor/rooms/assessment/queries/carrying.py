"""What an assessor's device carries with it: who is to be judged, by which scheme, whether that may be done there, and who signs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.training.models import Cohort, Enrolment, Placement
from corridor.rooms.training.names import Name, names_of

from ..attempts import opens_another
from ..capability import Capability, Ground
from ..judging import best_marks, met_before, tests_not_passed
from ..lifecycle import DecisionStatus
from ..models import Decision, Evidence, Scheme, SignerRole, Signing, Sitting
from ..pieces import missing_pieces
from ..readiness import SIGNERS
from ..schemes import schemes_on
from .decisions import BEING_ASSESSED, TO_ASSESS, latest_of
from .judging import list_evidence


@dataclass(frozen=True)
class CarriedCase:
    """
    One learner in one unit that the reader may judge: at the next attempt, or changing their own decision that is not final.

    ``met``: criteria of the scheme that were met before. ``lacks_test``: a written test is not passed.
    """

    place: Enrolment
    attempt: int
    decision: Decision | None
    met: frozenset[UUID]
    lacks_test: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class CarriedUnit:
    """``is_licensed``: the reader may assess it that day. ``called_on``: days of sittings to come; ``called``: places that are called."""

    cohort: Cohort
    unit: Unit
    scheme: Scheme | None
    capability: Capability
    is_licensed: bool
    called_on: tuple[date, ...]
    called: frozenset[UUID]
    cases: tuple[CarriedCase, ...]

    @property
    def signers(self) -> tuple[SignerRole, ...]:
        return SIGNERS[Signing(self.scheme.signing)] if self.scheme is not None else ()


@dataclass(frozen=True)
class CarriedJudging:
    """``companies`` of a cohort: where its learners are placed."""

    units: tuple[CarriedUnit, ...] = ()
    names: Mapping[UUID, Name] = field(default_factory=dict)
    companies: Mapping[UUID, tuple[Organisation, ...]] = field(default_factory=dict)


def judging_to_carry(*, on: date, by: Actor) -> CarriedJudging:
    """
    What the reader may judge as the assessor of cohorts, by name: an office that reaches everywhere carries nobody on a phone. Nothing that is
    decided by others, or waits for the reader's blind second judgement; as many statements for many learners as for one.
    """
    mine = by.ids_with(Permission.DECISION_RECORD, "cohort")
    cohorts = list(
        Cohort.objects.filter(pk__in=mine, status__in=BEING_ASSESSED).select_related("site").order_by("reference")
    )
    if not cohorts or by.person_id is None:
        return CarriedJudging()
    selves = same_person_ids({by.person_id})[by.person_id]
    units = list(
        Unit.objects.filter(version__in={each.curriculum_version_id for each in cohorts})
        .select_related("version__curriculum")
        .prefetch_related("titles")
        .order_by("position")
    )
    places = list(
        Enrolment.objects.filter(cohort__in=cohorts, status__in=TO_ASSESS).select_related("cohort").order_by("number")
    )
    latest = latest_of(enrolments=places, decisions=Decision.objects.prefetch_related("findings", "signoffs"), by=by)
    decided = Decision.objects.filter(enrolment__in=[each.pk for each in places])
    hidden = set(decided.values_list("enrolment_id", "unit_id", "attempt")) - {
        (*key, each.attempt) for key, each in latest.items()
    }
    open_to = _open_to(cohorts, units, places, latest, hidden, selves)
    schemes = schemes_on((unit.pk, on) for unit in units)
    ground = Ground(sites={each.site_id: each.site for each in cohorts}.values(), units=units)
    cases = {(place.pk, unit.pk): attempt for _cohort, unit, place, _decision, attempt in open_to}
    met = met_before(cases, than=cases)
    marks = best_marks(cases, until=on)
    evidence = _evidence_of(place.pk for _cohort, _unit, place, _decision, _attempt in open_to)
    sittings = list(
        Sitting.objects.filter(cohort__in=cohorts, assessor__in=selves, held_on__gte=on).prefetch_related("called")
    )
    carried: dict[tuple[UUID, UUID], list[CarriedCase]] = defaultdict(list)
    for cohort, unit, place, decision, attempt in open_to:
        scheme = schemes.get((unit.pk, on))
        case = (place.pk, unit.pk)
        carried[cohort.pk, unit.pk].append(
            CarriedCase(
                place, attempt, decision, frozenset(met.get((case, scheme.pk), ()) if scheme else ()),
                bool(scheme and tests_not_passed(scheme, place.pk, marks)), tuple(evidence.get((*case, attempt), ())),
            )
        )  # fmt: skip
    rows = []
    for cohort in cohorts:
        for unit in units:
            if not (some := carried.get((cohort.pk, unit.pk))):
                continue
            here = [each for each in sittings if (each.cohort_id, each.unit_id) == (cohort.pk, unit.pk)]
            capability = ground.on(on, site=cohort.site, unit=unit)
            is_licensed = bool(selves & ground.licensed(unit, on=on)) or not (
                capability.is_asked or ground.licenses(unit, on=on)
            )
            rows.append(
                CarriedUnit(
                    cohort, unit, schemes.get((unit.pk, on)), capability, is_licensed or capability.exception is not None,
                    tuple(sorted({each.held_on for each in here})),
                    frozenset(one.enrolment_id for each in here for one in each.called.all()), tuple(some),
                )
            )  # fmt: skip
    persons = {case.place.person_id for row in rows for case in row.cases}
    return CarriedJudging(tuple(rows), names_of(persons), _companies_of(places))


def evidence_on_its_way(*, key: UUID, fingerprint: str, by: Actor) -> tuple[Evidence, list[int]]:
    """
    A file that a device declared, and the numbers of the pieces that have not come. The same file that came from another device under another
    key is the same evidence.

    :raises NotFound: if there is none that the reader may see.
    """
    rows = list_evidence(by=by)
    found = rows.filter(pk=key).first()
    if found is None and fingerprint:
        found = rows.filter(sha256=fingerprint.lower()).order_by("pk").first()
    if found is None:
        raise NotFound(N_("There is no such evidence that you may see."))
    return found, missing_pieces(found)


def _open_to(
    cohorts: list[Cohort], units: list[Unit], places: list[Enrolment], latest: Mapping[tuple[UUID, UUID], Decision],
    hidden: set[tuple[UUID, UUID, int]], selves: frozenset[UUID],
) -> list[tuple[Cohort, Unit, Enrolment, Decision | None, int]]:  # fmt: skip
    """Each learner and unit in which the assessor has something to say, with the attempt."""
    of: dict[UUID, list[Unit]] = defaultdict(list)
    for unit in units:
        of[unit.version_id].append(unit)
    by_key = {each.pk: each for each in cohorts}
    blind = {(place, unit) for place, unit, _attempt in hidden}
    found: list[tuple[Cohort, Unit, Enrolment, Decision | None, int]] = []
    for place in places:
        cohort = by_key[place.cohort_id]
        for unit in of[cohort.curriculum_version_id]:
            last = latest.get((place.pk, unit.pk))
            if last is None:
                if (place.pk, unit.pk) not in blind:
                    found.append((cohort, unit, place, None, 1))
            elif opens_another(last):
                found.append((cohort, unit, place, None, last.attempt + 1))
            elif (
                last.enrolment_id == place.pk and last.status == DecisionStatus.ASSESSED and last.assessor_id in selves
            ):
                found.append((cohort, unit, place, last, last.attempt))
    return found


def _evidence_of(places: Iterable[UUID]) -> dict[tuple[UUID, UUID, int], list[Evidence]]:
    found: dict[tuple[UUID, UUID, int], list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(enrolment__in=set(places)).prefetch_related("shows")
    for each in rows:
        found[each.enrolment_id, each.unit_id, each.attempt].append(each)
    return found


def _companies_of(places: list[Enrolment]) -> dict[UUID, tuple[Organisation, ...]]:
    cohort_of = {each.pk: each.cohort_id for each in places}
    placed = Placement.objects.filter(enrolment__in=cohort_of).select_related("company")
    found: dict[UUID, dict[UUID, Organisation]] = defaultdict(dict)
    for each in placed.prefetch_related("company__names").order_by("company__reference"):
        found[cohort_of[each.enrolment_id]][each.company_id] = each.company
    return {key: tuple(rows.values()) for key, rows in found.items()}
