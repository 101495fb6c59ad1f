"""The life of a credential, as data. Expired follows from its last day and is computed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class CredentialStatus(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


_C = CredentialStatus


class AttestationStatus(models.TextChoices):
    """What a member signs outside of a cohort. A mistake is revoked and signed anew: nothing replaces it."""

    DRAFT = "draft", _("Being prepared")
    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")


_A = AttestationStatus
ATTESTATION = Lifecycle(
    thing="attestation",
    first=_A.DRAFT,
    transitions={
        _A.DRAFT: frozenset({_A.ISSUED}),
        _A.ISSUED: frozenset({_A.SUSPENDED, _A.REVOKED}),
        _A.SUSPENDED: frozenset({_A.ISSUED, _A.REVOKED}),
        _A.REVOKED: frozenset(),
    },
)

CREDENTIAL = Lifecycle(
    thing="credential",
    first=_C.DRAFT,
    transitions={
        _C.DRAFT: frozenset({_C.ISSUED}),
        _C.ISSUED: frozenset({_C.SUSPENDED, _C.REVOKED, _C.REPLACED}),
        _C.SUSPENDED: frozenset({_C.ISSUED, _C.REVOKED}),
        _C.REVOKED: frozenset(),
        _C.REPLACED: frozenset(),
    },
)
