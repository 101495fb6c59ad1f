"""What a holder shows, for the holder alone."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..addresses import showing_url
from ..holders import held_persons
from ..models import Credential, Showing, ShowingPart


def own_showings(*, by: Actor, credential: Credential | None = None) -> QuerySet[Showing]:
    """The actor's own, the latest first, with parts and who looked; of one certificate where it is given."""
    rows = Showing.objects.filter(credential__enrolment__person__in=held_persons(by))
    if credential is not None:
        rows = rows.filter(credential=credential)
    parts = Prefetch("parts", ShowingPart.objects.order_by("pk"))
    return rows.select_related("credential__enrolment").prefetch_related(parts, "looks").order_by("-made_at", "-pk")


def get_showing(*, key: UUID, by: Actor) -> Showing:
    """:raises NotFound: for one that is not the actor's own."""
    found = own_showings(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("You show nothing by that name."))
    return found


def address_of_showing(*, showing: Showing, by: Actor) -> str:  # noqa: ARG001 (who was given the showing may)
    """Where it is looked at."""
    return showing_url(showing.token)
