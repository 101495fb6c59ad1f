"""What is given to the actions of this room: plain facts, many at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.models import Document
from corridor.rooms.assessment.models import Decision
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Enrolment

from .lifecycle import CredentialStatus
from .models import Credential, CredentialKind, RecognitionKind, SigningKey


@dataclass(frozen=True, kw_only=True)
class EntitlementDraft:
    """``issuer`` may issue for ``programme`` at ``site`` from a day until before a day (None: until it is ended)."""

    issuer: Organisation
    site: Site
    programme: Programme
    starts_on: date
    ends_before: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecognitionDraft:
    """What a programme's credential of one kind counts as in one country. Beyond the house it needs an authority and its document."""

    programme: Programme
    credential_kind: CredentialKind
    country: str
    recognition: RecognitionKind
    starts_on: date
    ends_before: date | None = None
    level: str = ""
    authority: str = ""
    # What the authority is called in further languages.
    authority_names: Mapping[str, str] = field(default_factory=dict)
    document: Document | None = None
    decided_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class KeyDraft:
    """A key pair to make; ``fragment`` names it after the # of the member's DID (``key-2023``)."""

    organisation: Organisation
    fragment: str
    valid_from: datetime
    valid_before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Compromise:
    """A key that somebody else may have had since an instant; ``fragment`` names the key that takes its place."""

    key: SigningKey
    since: datetime
    fragment: str = ""


@dataclass(frozen=True, kw_only=True)
class CredentialDraft:
    """
    A learner's credential to prepare: the final decisions that say competent, by unit, and what that amounts to. ``part`` names the units of
    one that speaks of these alone.
    """

    enrolment: Enrolment
    kind: CredentialKind
    decisions: tuple[Decision, ...]
    replaces: Credential | None = None
    part: str = ""


class Why(models.TextChoices):
    """Why a credential changed. A code, because the list of reasons is public: never free text about a person."""

    AWARDED_IN_ERROR = "awarded-in-error", _("Awarded in error")
    DECISION_OVERTURNED = "decision-overturned", _("A decision behind it was overturned")
    ENTITLEMENT_WITHDRAWN = "entitlement-withdrawn", _("The issuer's entitlement was withdrawn")
    HOLDER_ASKED = "holder-asked", _("The holder asked for it")
    KEY_COMPROMISED = "key-compromised", _("The issuer's key was compromised")
    MISCONDUCT = "misconduct", _("Misconduct in an assessment")
    NAME_CORRECTED = "name-corrected", _("The name was corrected")
    REVIEW_ENDED = "review-ended", _("The review found nothing against it")
    UNDER_REVIEW = "under-review", _("Under review")


@dataclass(frozen=True, kw_only=True)
class CredentialStep:
    """One step in a credential's life: suspended, revoked, or issued again (a suspension is lifted)."""

    credential: Credential
    to: CredentialStatus
    on: date
    why: Why
