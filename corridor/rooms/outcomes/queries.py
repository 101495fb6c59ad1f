"""Every way follow-up waves can be read. Nothing here changes anything."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.outcome_block import OutcomeBlock
from corridor.kernel.small_cells import is_small
from corridor.kernel.wording import N_

from .asking import not_to_ask
from .counting import Question, block_of, outcome_rows
from .models import Answer, FollowUp, Wave, WaveCohort


@dataclass(frozen=True, slots=True)
class WaveReport:
    """
    One wave with the counts of both questions, as they are known now. ``not_agreed`` were not asked, because they do not agree to it; they stay among
    those to be asked.
    """

    wave: Wave
    working: OutcomeBlock
    relevant: OutcomeBlock
    not_agreed: int


def list_waves(*, by: Actor) -> QuerySet[Wave]:
    """
    Waves, the latest first, with ``eligible``, ``asked`` and ``answered``; for a site's manager those with a cohort of the site, and
    counts of its graduates alone.
    """
    seen, waves = Q(), Wave.objects.order_by("-opens_on", "reference")
    if not by.holds_everywhere(Permission.OUTCOME_VIEW):
        sites = by.ids_with(Permission.OUTCOME_VIEW, "site")
        seen = Q(follow_ups__enrolment__cohort__site__in=sites)
        waves = waves.filter(pk__in=WaveCohort.objects.filter(cohort__site__in=sites).values("wave"))
    return waves.annotate(
        eligible=Count("follow_ups", filter=seen & Q(follow_ups__isnull=False), distinct=True),
        asked=Count("follow_ups", filter=seen & Q(follow_ups__attempts__gt=0), distinct=True),
        answered=Count("follow_ups", filter=seen & Q(follow_ups__answered_on__isnull=False), distinct=True),
    )


def list_wave_cohorts(*, wave: Wave, by: Actor) -> QuerySet[WaveCohort]:
    """The cohorts of a wave with their sites, by reference, as far as the reader may see their graduates."""
    rows = WaveCohort.objects.filter(wave=wave).select_related("cohort__site").order_by("cohort__reference")
    if by.holds_everywhere(Permission.OUTCOME_VIEW):
        return rows
    return rows.filter(cohort__site__in=by.ids_with(Permission.OUTCOME_VIEW, "site"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Over all closed waves: graduates ``asked``, those who ``answered``, and ``working`` among them, as they answered."""

    waves: int
    asked: int
    answered: int
    working: int


def count_asked(*, by: Actor, on: date) -> Asked:  # noqa: ARG001 (the counts are public; nobody is named)
    """What became of the graduates of all waves that were closed by that day, in counts."""
    closed = Wave.objects.filter(status="closed", closes_on__lte=on)
    rows = FollowUp.objects.filter(wave__in=closed)
    counts = rows.aggregate(
        asked=Count("pk", filter=Q(attempts__gt=0)),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
        working=Count("pk", filter=Q(working=Answer.YES)),
    )
    return Asked(closed.count(), **counts)


def get_wave(*, reference: str, by: Actor) -> Wave:
    """:raises NotFound: if there is no such wave, or none that the reader may see."""
    wave = list_waves(by=by).filter(reference=reference).first()
    if wave is None:
        raise NotFound(N_("There is no wave %(reference)s that you may see."), reference=reference)
    return wave


@dataclass(frozen=True, slots=True)
class FollowingUp:
    """How far graduates of one programme or site were asked; counts are None where they are too few to be shown."""

    eligible: int | None = 0
    asked: int | None = 0
    reached: int | None = 0
    answered: int | None = 0
    months: int | None = None
    last_closes_on: date | None = None


def following_up_of(*, group: str, keys: Collection[UUID], by: Actor) -> dict[UUID, FollowingUp]:
    """
    The follow-up of each programme or site (``group`` as in training's ``teaching_of``), for everybody; what was answered is a figure
    (outcomes.employed_any), never here. One statement.
    """
    through = f"enrolment__cohort__{group}"
    rows = FollowUp.objects.filter(**{f"{through}__in": list(keys)}).order_by()
    found = {key: FollowingUp() for key in keys}
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    for row in rows.values(through).annotate(
        eligible=Count("pk"), asked=Count("pk", filter=Q(attempts__gt=0)),
        reached=Count("pk", filter=Q(reached_on__isnull=False)), answered=Count("pk", filter=Q(answered_on__isnull=False)),
        months=Max("wave__months"), last_closes_on=Max("wave__closes_on"),
    ):  # fmt: skip
        key, months, closes_on = row.pop(through), row.pop("months"), row.pop("last_closes_on")
        shown = {name: count if sees_few or not is_small(count) else None for name, count in row.items()}
        found[key] = FollowingUp(**shown, months=months, last_closes_on=closes_on)
    return found


def list_follow_ups(
    *, wave: Wave, by: Actor, answered: bool | None = None, after: tuple[str, int] | None = None
) -> QuerySet[FollowUp]:
    """
    The graduates of a wave by cohort and seat, as far as the reader may see them. ``answered`` narrows to those who did, or did not;
    ``after`` is a cohort's reference and a seat.
    """
    rows = _graduates(wave, by)
    if answered is not None:
        rows = rows.filter(answered_on__isnull=not answered)
    if after is not None:
        cohort, number = after
        same = Q(enrolment__cohort__reference=cohort, enrolment__number__gt=number)
        rows = rows.filter(Q(enrolment__cohort__reference__gt=cohort) | same)
    return rows.prefetch_related("enrolment__person__names")


def get_follow_up(*, wave: Wave, cohort: str, number: int, by: Actor) -> FollowUp:
    """One graduate in a wave by the cohort's reference and the seat. :raises NotFound: if the reader may not see it."""
    rows = list_follow_ups(wave=wave, by=by)
    found = rows.filter(enrolment__cohort__reference=cohort, enrolment__number=number).first()
    if found is None:
        raise NotFound(N_("There is no seat %(number)s of %(cohort)s that you may see."), cohort=cohort, number=number)
    return found


def _graduates(wave: Wave, by: Actor) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(wave=wave).select_related("enrolment__cohort__site", "enrolment__person")
    rows = rows.order_by("enrolment__cohort__reference", "enrolment__number")
    if by.holds_everywhere(Permission.OUTCOME_VIEW):
        return rows
    return rows.filter(enrolment__cohort__site__in=by.ids_with(Permission.OUTCOME_VIEW, "site"))


def wave_report(*, wave: Wave, on: date, by: Actor) -> WaveReport:
    """Asked, reached, answered and bounds of one wave, as far as the reader may see its graduates; who does not agree, on that day or its last."""
    rows = list(_graduates(wave, by))
    return WaveReport(
        wave,
        block_of(outcome_rows(rows, question=Question.WORKING)),
        block_of(outcome_rows(rows, question=Question.RELEVANT)),
        len(silent_by_wish(wave=wave, rows=rows, on=on, by=by)),
    )


def silent_by_wish(*, wave: Wave, rows: Iterable[FollowUp], on: date, by: Actor) -> frozenset[UUID]:
    """The keys of those of the rows that were not asked because the graduate does not agree: on that day, or on the wave’s last when it is over."""
    unasked = [row for row in rows if not row.attempts and row.answered_on is None]
    return not_to_ask(unasked, on=min(on, wave.closes_on), by=by)
