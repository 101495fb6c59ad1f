"""In which days somebody teaches a cohort."""

from datetime import date

from django.db.models import Q


def teaching_on(day: date) -> Q:
    """The places of trainers that hold on that day."""
    begun = Q(held_from__isnull=True) | Q(held_from__lte=day)
    return begun & (Q(held_before__isnull=True) | Q(held_before__gt=day))
