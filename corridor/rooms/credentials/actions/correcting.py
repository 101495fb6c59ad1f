"""Which certificate a request of its holder is about."""

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.rooms.people.models import RightsRequest

from ..holders import require_holder
from ..models import AskedCorrection, Credential, HolderLink


@transaction.atomic
def note_correction(
    *, request: RightsRequest, credential: Credential, link: HolderLink | None = None, by: Actor
) -> AskedCorrection:
    """``link``: through which its holder came. :raises AccessDenied: for anybody but the holder of the certificate."""
    require_holder(credential, by=by)
    # The request itself stands in the log (people/actions/requests.py).
    return AskedCorrection.objects.create(request=request, credential=credential, link=link)
