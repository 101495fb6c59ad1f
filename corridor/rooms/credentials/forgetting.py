"""What goes by itself: texts that are shown no more, names of who looked, addresses of links that have ended."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID

from django.db.models import Q

from .models import HolderLink, Showing, ShowingLook, ShowingPart, ShownText

# After the end the holder still reads for so long to whom it was shown, and who looked.
KEPT_FOR = timedelta(days=90)


def drop_what_is_over(*, at: datetime) -> int:
    """Return how many rows went or were emptied."""
    over = Q(ended_at__isnull=False) | Q(ends_at__lte=at)
    long_over = Q(ended_at__lte=at - KEPT_FOR) | Q(ends_at__lte=at - KEPT_FOR)
    gone, _kinds = ShownText.objects.filter(showing__in=Showing.objects.filter(over)).delete()
    for keys in batched(Showing.objects.filter(long_over).order_by("pk").values_list("pk", flat=True), 500):
        gone += _drop(keys)
    links = HolderLink.objects.exclude(email="").filter(Q(ended_at__isnull=False) | Q(expires_at__lte=at))
    return gone + links.update(email="", code_digest="", code_expires_at=None)


def drop_of_persons(keys: Collection[UUID], *, at: datetime) -> None:
    """Everything that these persons showed, and every link that was made for them, ended."""
    shown = list(Showing.objects.filter(credential__enrolment__person__in=keys).values_list("pk", flat=True))
    for some in batched(shown, 500):
        _drop(some)
    links = HolderLink.objects.filter(credential__enrolment__person__in=keys)
    links.update(email="", code_digest="", code_expires_at=None)
    links.filter(ended_at__isnull=True).update(ended_at=at)


def _drop(keys: Collection[UUID]) -> int:
    gone = 0
    for model in (ShownText, ShowingLook, ShowingPart):
        gone += model.objects.filter(showing__in=keys).delete()[0]
    return gone + Showing.objects.filter(pk__in=keys).delete()[0]
