"""Lists of a member that signs them elsewhere, as they are served here."""

from collections.abc import Sequence

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..models import SigningKey, StatusList


def lists_signed_elsewhere(*, organisation: Organisation, by: Actor) -> Sequence[StatusList]:
    """
    The published lists of a member whose keys were handed over, by number, without their texts.

    For who keeps its keys, and for who signs the register of issuers. :raises NotFound: if it signs here.
    """
    if not by.may(Permission.ISSUERS_SIGN):
        by.require(Permission.KEY_MAKE, on=organisation)
    if not SigningKey.objects.filter(organisation=organisation, handed_over_at__isnull=False).exists():
        raise NotFound(
            N_("%(member)s has handed no key over: its lists are signed here."), member=organisation.reference
        )
    rows = StatusList.objects.filter(organisation=organisation).exclude(signed_list="")
    return list(rows.defer("signed_list", "signed_companion", "bits").order_by("number"))
