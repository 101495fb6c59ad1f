"""What each learner of a cohort has proved, and what is in the way of saying so on a certificate."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from corridor.kernel.errors import Problem, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.assessment.capability import Ground
from corridor.rooms.assessment.counting import latest_final
from corridor.rooms.assessment.holding_up import held_up_places
from corridor.rooms.assessment.lifecycle import DecisionStatus
from corridor.rooms.assessment.models import Decision, Result
from corridor.rooms.credentials.days import require_begun
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.entitlement import entitled_signers, entitlement_for
from corridor.rooms.credentials.keys import key_in_use
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.refusals import (
    CohortIsNotAssessed,
    DecisionIsOpen,
    NameNotConfirmed,
    NotAllReady,
    SiteNotCapable,
    TextNotReviewed,
)
from corridor.rooms.curricula.models import Unit, UnitTitle
from corridor.rooms.curricula.written import TextState
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import CertificateName
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment

from ._award_languages import texts_missing

# The language in which a certificate is signed; the printed one adds others.
SIGNED_IN = "en"
_WHOLE = (CredentialKind.AWARD, CredentialKind.STATEMENT)
# These keep even an old award from being written down.
LOOKED_AT_AGAIN = {"AppealIsOpen", "DecisionIsDrawn"}
type Obstacles = dict[UUID, list[Refusal]]


def proven_drafts(cohort: Cohort) -> tuple[list[CredentialDraft], int]:
    """
    What each learner has proved, by seat; and how many have proved nothing. Who holds an award or a statement of the cohort gets no second one;
    who was moved to a cohort that follows the same version is awarded there, with what was decided here.
    """
    holding = Credential.objects.filter(cohort=cohort, kind__in=_WHOLE).exclude(status=CredentialStatus.REPLACED)
    held = set(holding.values_list("enrolment", flat=True))
    enrolments = [each for each in places_of(cohort) if each.pk not in held]
    drafts = []
    units = list(Unit.objects.filter(version=cohort.curriculum_version_id).order_by("position"))
    required = {unit.pk for unit in units if unit.requirement == Unit.Requirement.REQUIRED}
    for enrolment, proven in competent_in(enrolments, units):
        if proven:
            is_award = bool(required) and required <= {decision.unit_id for decision in proven}
            kind = CredentialKind.AWARD if is_award else CredentialKind.STATEMENT
            drafts.append(CredentialDraft(enrolment=enrolment, kind=kind, decisions=proven))
    return drafts, len(enrolments) - len(drafts)


def places_of(cohort: Cohort) -> list[Enrolment]:
    """The places of a cohort in which a certificate may be given, by seat, with their persons."""
    moved = Enrolment.objects.filter(
        cohort=cohort,
        status=EnrolmentStatus.TRANSFERRED,
        moved_to__cohort__curriculum_version=cohort.curriculum_version_id,
    )
    rows = Enrolment.objects.filter(cohort=cohort).exclude(pk__in=moved.values("pk"))
    return list(rows.select_related("person", "cohort").order_by("number"))


def competent_in(
    enrolments: Sequence[Enrolment], units: Sequence[Unit]
) -> Iterable[tuple[Enrolment, tuple[Decision, ...]]]:
    """The final decisions of each place that say competent, by unit."""
    final = latest_final([each.pk for each in enrolments])
    for enrolment in enrolments:
        decisions = [final[enrolment.pk, unit.pk] for unit in units if (enrolment.pk, unit.pk) in final]
        yield enrolment, tuple(decision for decision in decisions if decision.result == Result.COMPETENT)


def in_the_way(cohort: Cohort, drafts: Sequence[CredentialDraft], *, issuer: Organisation) -> Obstacles:
    """
    What keeps each draft from being signed, by enrolment; nothing: it may be. Places of which a decision is open or looked at again stand there
    too, though they have no draft yet; ``issuer`` says how their papers look. A dozen statements, however many learners.
    """
    found: Obstacles = defaultdict(list)
    without = {draft.enrolment.pk for draft in drafts if not draft.decisions}
    for place, refusal in [*held_up_places(cohort), *_open_decisions(cohort)]:
        # What says nothing of decisions waits for none.
        if place not in without:
            found[place].append(refusal)
    if drafts:
        _names(drafts, found)
        _capability(cohort, drafts, found)
        _texts(cohort, drafts, found)
        for place, refusal in texts_missing(cohort, issuer, drafts):
            found[place].append(refusal)
    return {draft.enrolment.pk: [] for draft in drafts} | found


def is_held_up(cohort: Cohort) -> bool:
    """Whether a decision of anybody in the cohort is open or looked at again."""
    return any([*held_up_places(cohort), *_open_decisions(cohort)])


def _open_decisions(cohort: Cohort) -> Iterable[tuple[UUID, Refusal]]:
    rows = Decision.objects.filter(enrolment__cohort=cohort, status=DecisionStatus.ASSESSED)
    for each in rows.select_related("enrolment__cohort", "unit").order_by("unit__position", "attempt"):
        reason = N_("%(decision)s is not final yet. Make it final, or withdraw it, before the certificate is signed.")
        yield each.enrolment_id, DecisionIsOpen(reason, decision=str(each))


def _names(drafts: Sequence[CredentialDraft], found: Obstacles) -> None:
    persons = {each.enrolment.person_id for each in drafts}
    rows = CertificateName.objects.filter(person__in=persons, ended_at__isnull=True)
    confirmed = set(rows.values_list("person", flat=True))
    for each in drafts:
        if each.enrolment.person_id not in confirmed:
            found[each.enrolment.pk].append(
                NameNotConfirmed(
                    N_(
                        "%(person)s has not confirmed how the name stands on the certificate. They confirm it on their own page, "
                        "or an office that saw it confirmed on paper writes it down there."
                    ),
                    person=each.enrolment.person.reference,
                )
            )


def _capability(cohort: Cohort, drafts: Sequence[CredentialDraft], found: Obstacles) -> None:
    decisions = {each.pk: each for draft in drafts for each in draft.decisions}
    units = {each.unit_id: each.unit for each in decisions.values()}
    places = {draft.enrolment.pk for draft in drafts}
    ground = Ground(sites=[cohort.site], units=units.values())
    known: dict[tuple[UUID, date], Refusal | None] = {}
    for draft in drafts:
        for decision in draft.decisions:
            # What was decided before a move was decided at another site, and is that cohort's to look at.
            if decision.enrolment_id not in places:
                continue
            key = (decision.unit_id, decision.decided_on)
            if key not in known:
                known[key] = _not_capable(cohort, ground, units[decision.unit_id], decision.decided_on)
            if (refusal := known[key]) is not None:
                found[draft.enrolment.pk].append(refusal)


def _not_capable(cohort: Cohort, ground: Ground, unit: Unit, day: date) -> Refusal | None:
    stands = ground.on(day, site=cohort.site, unit=unit)
    if stands.may:
        return None
    return SiteNotCapable(
        N_(
            "%(unit)s could not be assessed at %(site)s on %(day)s. %(why)s Put the site's records right, or ask the secretariat for an exception."
        ),
        unit=unit.code, site=cohort.site.reference, day=day, why=stands.lacks[0],
    )  # fmt: skip


def _texts(cohort: Cohort, drafts: Sequence[CredentialDraft], found: Obstacles) -> None:
    reviewed = cohort.curriculum_version.titles.filter(language=SIGNED_IN, text_state=TextState.REVIEWED)
    whole = None if reviewed.exists() else _not_reviewed(str(cohort.curriculum_version))
    units = {decision.unit_id for draft in drafts for decision in draft.decisions}
    rows = UnitTitle.objects.filter(unit__in=units, language=SIGNED_IN, text_state=TextState.REVIEWED)
    good = set(rows.values_list("unit", flat=True))
    for draft in drafts:
        missing = [_not_reviewed(each.unit.code) for each in draft.decisions if each.unit_id not in good]
        found[draft.enrolment.pk] += [*([whole] if whole else []), *missing]


def _not_reviewed(what: str) -> Refusal:
    return TextNotReviewed(
        N_("The title of %(what)s has no reviewed text in English, in which the certificate is signed. Review it in the curriculum."),
        what=what,
    )  # fmt: skip


def require_all_ready(obstacles: Obstacles, *, cohort: Cohort) -> None:
    """:raises AppealIsOpen, DecisionIsDrawn: for the first. :raises NotAllReady: with all that is in the way of anybody."""
    every = [each for rows in obstacles.values() for each in rows]
    for refusal in every:
        if refusal.code in LOOKED_AT_AGAIN:
            raise refusal
    if every:
        once = {str(each): each for each in every}
        raise NotAllReady(
            [Problem(each.message, each.places) for each in once.values()],
            N_(
                "Not everybody in %(cohort)s is ready. Put this right, or award those who are ready; the others follow."
            ),
            cohort=cohort.reference,
        )


def require_awardable(
    cohort: Cohort, *, issuer: Organisation, on: date, at: datetime, signers: Sequence[Organisation] = ()
) -> None:
    """What must be so of the cohort, the day, the issuer and who signs beside it. Raises what ``award_cohort`` raises."""
    if cohort.status != CohortStatus.ASSESSED:
        raise CohortIsNotAssessed(
            N_("%(cohort)s is “%(now)s”; it can be awarded when its assessments are closed, and once."),
            cohort=cohort.reference,
            now=CohortStatus(cohort.status).label,
        )
    if unsigned(cohort):
        raise CohortIsNotAssessed(N_("%(cohort)s is being awarded already."), cohort=cohort.reference)
    closed_on = last_day(cohort)
    if on < closed_on:
        raise CohortIsNotAssessed(
            N_("The assessments of %(cohort)s were closed on %(day)s; nothing can be awarded before."),
            cohort=cohort.reference,
            day=closed_on,
        )
    require_begun(on, at=at, zone=cohort.site.zone)
    entitlement_for(cohort=cohort, issuer=issuer, on=on)
    entitled_signers(cohort=cohort, issuer=issuer, signers=signers, on=on)
    key_in_use(issuer, at=at)


def unsigned(cohort: Cohort) -> int:
    return Credential.objects.filter(cohort=cohort, status=CredentialStatus.DRAFT, prepared="").count()


def last_day(cohort: Cohort) -> date:
    """The day of its last change: for a cohort that is assessed, the day on which its assessments were closed."""
    return max(cohort.changes.values_list("effective_on", flat=True), default=cohort.ends_before)
