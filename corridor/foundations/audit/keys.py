"""The alliance's own key pair: it signs checkpoints of the log, the register of issuers, and the trees of the days."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.private_keys import is_sealed_by_guard_of_today, seal, unseal
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from . import log
from .models import AuditKey


class NoAllianceKey(WrongMoment):
    """The alliance has no key of its own yet."""


def alliance_keys() -> QuerySet[AuditKey]:
    """All that there ever were, the first one first, without their private halves."""
    return AuditKey.objects.defer("sealed_private").order_by("made_at")


def alliance_key() -> AuditKey:
    """The one that signs now. :raises NoAllianceKey: if nobody has made one."""
    key = AuditKey.objects.filter(ended_at__isnull=True).order_by("made_at").last()
    if key is None:
        raise NoAllianceKey(N_("The alliance has no key of its own yet: ./run audit key makes one."))
    return key


def open_alliance_key(key: AuditKey) -> Ed25519PrivateKey:
    """The private half. Keep it no longer than the signing takes."""
    return unseal(bytes(key.sealed_private), row=key.pk)


@transaction.atomic
def reseal_keys(*, by: Actor) -> int:
    """Seal every private half anew that an earlier guard sealed; return how many."""
    by.require(Permission.AUDIT_KEY_MAKE)
    changed = []
    for key in AuditKey.objects.select_for_update().order_by("pk"):
        sealed = bytes(key.sealed_private)
        if not is_sealed_by_guard_of_today(sealed, row=key.pk):
            key.sealed_private = seal(unseal(sealed, row=key.pk), row=key.pk)
            changed.append(key)
    AuditKey.objects.bulk_update(changed, ["sealed_private"])
    log.record_each("audit.key_resealed", by=by, subjects=changed)
    return len(changed)
