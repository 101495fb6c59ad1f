"""Every way follow-up waves can be read. Nothing here changes anything."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.outcome_block import OutcomeBlock
from corridor.kernel.wording import N_

from .counting import Question, block_of, outcome_rows
from .models import FollowUp, Wave


@dataclass(frozen=True, slots=True)
class WaveReport:
    """One wave with the counts of both questions, as they are known now."""

    wave: Wave
    working: OutcomeBlock
    relevant: OutcomeBlock


def list_waves(*, by: Actor) -> QuerySet[Wave]:
    """
    Waves, the latest first, with ``eligible``, ``asked`` and ``answered``; for a site's manager those of its cohorts.
    """
    waves = Wave.objects.annotate(
        eligible=Count("follow_ups", distinct=True),
        asked=Count("follow_ups", filter=Q(follow_ups__attempts__gt=0), distinct=True),
        answered=Count("follow_ups", filter=Q(follow_ups__answered_on__isnull=False), distinct=True),
    ).order_by("-opens_on", "reference")
    if by.holds_everywhere(Permission.OUTCOME_VIEW):
        return waves
    sites = by.ids_with(Permission.OUTCOME_VIEW, "site")
    return waves.filter(pk__in=Wave.objects.filter(cohorts__cohort__site__in=sites).values("pk"))


def get_wave(*, reference: str, by: Actor) -> Wave:
    """:raises NotFound: if there is no such wave, or none that the reader may see."""
    wave = list_waves(by=by).filter(reference=reference).first()
    if wave is None:
        raise NotFound(N_("There is no wave %(reference)s that you may see."), reference=reference)
    return wave


def list_follow_ups(*, wave: Wave, by: Actor) -> QuerySet[FollowUp]:
    """The graduates of a wave by cohort and seat, as far as the reader may see them."""
    rows = FollowUp.objects.filter(wave=wave).select_related("enrolment__cohort__site", "enrolment__person")
    rows = rows.order_by("enrolment__cohort__reference", "enrolment__number")
    if by.holds_everywhere(Permission.OUTCOME_VIEW):
        return rows
    return rows.filter(enrolment__cohort__site__in=by.ids_with(Permission.OUTCOME_VIEW, "site"))


def wave_report(*, wave: Wave, by: Actor) -> WaveReport:
    """Asked, reached, answered and bounds of one wave, as far as the reader may see its graduates."""
    rows = list(list_follow_ups(wave=wave, by=by))
    return WaveReport(
        wave,
        block_of(outcome_rows(rows, question=Question.WORKING)),
        block_of(outcome_rows(rows, question=Question.RELEVANT)),
    )
