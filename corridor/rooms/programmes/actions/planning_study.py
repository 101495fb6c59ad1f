"""Plan joint study: who gives how many credits in which term of a degree."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import StudyDraft
from ..models import (
    HUNDREDTHS,
    ProgrammeKind,
    ProgrammeMember,
    StudyCredit,
    StudyMember,
    StudyPlan,
    StudyTerm,
)
from ..refusals import CreditsOfMemberDiffer, CreditsOfTermDiffer, NoDegree, StudyStands, TakesNoPart

MOST_YEARS, MOST_TERMS, MOST_CREDITS = 10, 6, 1000


@transaction.atomic
def plan_study(*, plans: Sequence[StudyDraft], by: Actor) -> list[StudyPlan]:
    """
    Plan joint study from a day on.

    :raises NoDegree: for a programme that is none. :raises TakesNoPart: for a member that takes no part in it.
    :raises CreditsOfTermDiffer: where what the members give in a term is not what its learners need; :raises CreditsOfMemberDiffer:
        where what a member gives in all terms is not what it has to give. :raises StudyStands: for a second plan of a day.
    :raises BadInput: for terms or members named twice, and for credits that cannot be kept exactly.
    """
    by.require(Permission.PROGRAMME_PROPOSE)
    for draft in plans:
        _require_degree(draft)
        _require_sound(draft)
    _require_part(plans)
    for draft in plans:
        _require_sums(draft)
    _refuse_standing(plans)
    made = [
        StudyPlan(programme=draft.programme, starts_on=draft.starts_on, reason=draft.reason.strip(), by_label=by.label)
        for draft in plans
    ]
    with contested(lambda: _refuse_standing(plans)):
        StudyPlan.objects.bulk_create(made, batch_size=500)
    for plan, draft in zip(made, plans, strict=True):
        _write(plan, draft)
    log.record_each("programmes.study_planned", by=by, subjects=[draft.programme for draft in plans])
    return made


def _require_degree(draft: StudyDraft) -> None:
    if draft.programme.kind != ProgrammeKind.DEGREE:
        raise NoDegree(
            N_("%(programme)s leads to no degree (it is “%(kind)s”); credits are planned for degrees alone."),
            programme=draft.programme.reference, kind=draft.programme.get_kind_display(),
        )  # fmt: skip


def _require_sound(draft: StudyDraft) -> None:
    places: dict[str, object] = {"programme": draft.programme.reference}
    faults = []
    terms = [(each.year, each.term) for each in draft.terms]
    if not terms or not draft.members:
        faults.append(
            Problem(N_("%(programme)s: a plan has terms, and members that give credits."), places, column="terms")
        )
    for year, term in terms:
        if not (1 <= year <= MOST_YEARS and 1 <= term <= MOST_TERMS):
            said = {**places, "year": year, "term": term}
            faults.append(
                Problem(N_("%(programme)s: there is no year %(year)s with a term %(term)s."), said, column="terms")
            )
    named = [member.pk for member, _credits in draft.members]
    if len(set(terms)) < len(terms):
        faults.append(Problem(N_("%(programme)s names a term twice."), places, column="terms"))
    given = [[member.pk for member, _credits in each.given] for each in draft.terms]
    if len(set(named)) < len(named) or any(len(set(keys)) < len(keys) for keys in given):
        faults.append(
            Problem(
                N_("%(programme)s names a member twice; name it once with all its credits."), places, column="members"
            )
        )
    numbers = [credit for _member, credit in draft.members]
    for each in draft.terms:
        numbers += [each.required, *(credit for _member, credit in each.given)]
    for number in numbers:
        if not 0 <= number <= MOST_CREDITS or number * HUNDREDTHS % 1:
            said = {**places, "credits": f"{number:f}"}
            faults.append(
                Problem(
                    N_("%(programme)s: %(credits)s are no credits; at most two digits after the point."),
                    said,
                    column="terms",
                )
            )
    if faults:
        raise BadInput(faults)


def _require_part(plans: Sequence[StudyDraft]) -> None:
    rows = ProgrammeMember.objects.filter(programme__in=[draft.programme for draft in plans])
    taking_part = set(rows.values_list("programme", "organisation"))
    for draft in plans:
        named = [*(member for member, _credits in draft.members)]
        named += [member for each in draft.terms for member, _credits in each.given]
        for member in named:
            if (draft.programme.pk, member.pk) not in taking_part:
                raise TakesNoPart(
                    N_("%(member)s takes no part in %(programme)s; name a member that does, or add it first."),
                    member=member.reference, programme=draft.programme.reference,
                )  # fmt: skip


def _require_sums(draft: StudyDraft) -> None:
    totals: dict[object, Decimal] = {}
    for each in draft.terms:
        found = sum((credit for _member, credit in each.given), Decimal(0))
        if found != each.required:
            raise CreditsOfTermDiffer(
                N_("Year %(year)s, term %(term)s: the members give %(given)s credits together, and %(required)s are needed."),
                year=each.year, term=each.term, given=f"{found:f}", required=f"{each.required:f}",
            )  # fmt: skip
        for member, credit in each.given:
            totals[member.pk] = totals.get(member.pk, Decimal(0)) + credit
    has_to_give = {member.pk: (member, credit) for member, credit in draft.members}
    for each in draft.terms:
        for member, _credit in each.given:
            has_to_give.setdefault(member.pk, (member, Decimal(0)))
    for key, (member, required) in has_to_give.items():
        found = totals.get(key, Decimal(0))
        if found != required:
            raise CreditsOfMemberDiffer(
                N_("%(member)s gives %(given)s credits in all terms together, and has to give %(required)s."),
                member=member.reference, given=f"{found:f}", required=f"{required:f}",
            )  # fmt: skip


def _refuse_standing(plans: Sequence[StudyDraft]) -> None:
    rows = StudyPlan.objects.filter(programme__in=[draft.programme for draft in plans])
    standing = set(rows.values_list("programme", "starts_on"))
    for draft in plans:
        if (draft.programme.pk, draft.starts_on) in standing:
            raise StudyStands(
                N_("The study of %(programme)s from %(day)s on is planned already; plan it anew from another day."),
                programme=draft.programme.reference, day=draft.starts_on,
            )  # fmt: skip
        standing.add((draft.programme.pk, draft.starts_on))


def _write(plan: StudyPlan, draft: StudyDraft) -> None:
    StudyMember.objects.bulk_create(
        [StudyMember(plan=plan, organisation=member, required=_kept(credit)) for member, credit in draft.members]
    )
    terms = [
        StudyTerm(plan=plan, year=each.year, term=each.term, required=_kept(each.required)) for each in draft.terms
    ]
    StudyTerm.objects.bulk_create(terms)
    StudyCredit.objects.bulk_create(
        [
            StudyCredit(term=term, organisation=member, hundredths=_kept(credit))
            for term, each in zip(terms, draft.terms, strict=True) for member, credit in each.given if credit
        ]
    )  # fmt: skip


def _kept(number: Decimal) -> int:
    return int(number * HUNDREDTHS)
