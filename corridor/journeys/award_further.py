"""
Certificates beside award and statement: of one unit or a module, of attendance, of a teacher in training. Each kind says what it demands
(credentials/kinds.py); a learner gets one of a kind and part, whatever else they hold.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials.actions import draft_credentials, sign_drafts
from corridor.rooms.credentials.days import require_begun
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.entitlement import entitlement_for
from corridor.rooms.credentials.keys import key_in_use
from corridor.rooms.credentials.kinds import RULES, Demand
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.refusals import CohortIsNotAssessed, NothingProved
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.counting import minutes_counted
from corridor.rooms.training.models import Cohort, ParticipantKind

from ._award_drafts import competent_in, in_the_way, places_of, require_all_ready

FURTHER = (CredentialKind.UNIT, CredentialKind.MODULE, CredentialKind.ATTENDANCE, CredentialKind.TEACHER)
_ONE_HOUR = 60


def award_further(
    *,
    cohort: Cohort,
    kind: CredentialKind,
    issuer: Organisation,
    on: date,
    at: datetime,
    by: Actor,
    units: Sequence[str] = (),
    expires_before: date | None = None,
    only_ready: bool = False,
    signers: Sequence[Organisation] = (),
) -> list[Credential]:
    """
    Give a certificate of that kind to every learner of the cohort for whom the records hold what it demands, and sign it. Return them by
    reference; those that others sign too are issued when all have.

    :raises BadInput: for another kind, or units that are none of the curriculum's or not as many as the kind speaks of.
    :raises NothingProved: if nobody has what it demands, or everybody has the certificate already.
    :raises NotEntitled, NoSigningKey, DayToCome, NotAllReady: as when a cohort is awarded.
    """
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    asked = _units(cohort, kind, units)
    part = "+".join(unit.code for unit in asked) if RULES[kind].demand == Demand.UNITS_ASKED_FOR else ""
    with transaction.atomic():
        held = (
            Cohort.objects.select_for_update(of=("self",), no_key=True)
            .select_related("programme", "site")
            .get(pk=cohort.pk)
        )
        if Credential.objects.filter(cohort=held, status=CredentialStatus.DRAFT, prepared="").exists():
            raise CohortIsNotAssessed(N_("%(cohort)s is being awarded already."), cohort=held.reference)
        require_begun(on, at=at, zone=held.site.zone)
        entitlement_for(cohort=held, issuer=issuer, on=on)
        key_in_use(issuer, at=at)
        drafts = _drafts(held, kind, asked, part, on=on)
        obstacles = in_the_way(held, drafts, issuer=issuer)
        if not only_ready:
            require_all_ready(obstacles, cohort=held)
        ready = [each for each in drafts if not obstacles[each.enrolment.pk]]
        if not ready:
            raise NothingProved(
                N_("Nobody in %(cohort)s has what this kind of certificate demands, or all who have hold it already: %(kind)s."),
                cohort=held.reference, kind=kind.label,
            )  # fmt: skip
        made = draft_credentials(
            cohort=held, issuer=issuer, drafts=ready, on=on, by=by, expires_before=expires_before, signers=signers
        )
        while sign_drafts(cohort=held, at=at, by=by):
            continue
    return list(Credential.objects.filter(pk__in=[each.pk for each in made]).order_by("reference"))


def _units(cohort: Cohort, kind: CredentialKind, codes: Sequence[str]) -> list[Unit]:
    """The units that count for the kind: those asked for, or all required ones."""
    if kind not in FURTHER:
        raise BadInput([Problem(N_("Awards and statements are given when the cohort is awarded."), column="kind")])
    every = list(Unit.objects.filter(version=cohort.curriculum_version_id).order_by("position"))
    if RULES[kind].demand != Demand.UNITS_ASKED_FOR:
        return [unit for unit in every if unit.requirement == Unit.Requirement.REQUIRED]
    unknown = sorted(set(codes) - {unit.code for unit in every})
    if unknown:
        problem = Problem(N_("The curriculum has no unit %(unit)s."), {"unit": unknown[0]}, column="units")
        raise BadInput([problem])
    asked = [unit for unit in every if unit.code in codes]
    if (len(asked) == 1) != (kind == CredentialKind.UNIT) or not asked:
        raise BadInput([Problem(N_("Name one unit, or for a module two or more."), column="units")])
    return asked


def _drafts(
    cohort: Cohort, kind: CredentialKind, asked: Sequence[Unit], part: str, *, on: date
) -> list[CredentialDraft]:
    holding = Credential.objects.filter(cohort=cohort, kind=kind, part=part).exclude(status=CredentialStatus.REPLACED)
    held = set(holding.values_list("enrolment", flat=True))
    places = [each for each in places_of(cohort) if each.pk not in held]
    if kind == CredentialKind.ATTENDANCE:
        minutes = minutes_counted([each.pk for each in places], on=on)
        there = [each for each in places if minutes.get(each.pk, 0) >= _ONE_HOUR]
        return [CredentialDraft(enrolment=each, kind=kind, decisions=()) for each in there]
    if kind == CredentialKind.TEACHER:
        places = [each for each in places if each.participant_kind == ParticipantKind.TEACHER]
    wanted = {unit.pk for unit in asked}
    return [
        CredentialDraft(enrolment=place, kind=kind, decisions=proven, part=part)
        for place, proven in competent_in(places, asked)
        if wanted and wanted <= {decision.unit_id for decision in proven}
    ]
