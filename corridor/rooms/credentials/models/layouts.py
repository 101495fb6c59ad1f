"""How a member's certificates look: its logo, its seal, and who stands below with name and office."""

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme

from .entitlements import CredentialKind


class CertificateLayout(models.Model):
    """
    What a member puts on the certificates of one programme, of one kind, of both, or of all that have none of their own. It never changes:
    the next one has the next number, and a certificate keeps the one with which it was issued. Without any, a certificate has neither
    pictures nor names.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CredentialKind, blank=True, default="")
    number = models.PositiveSmallIntegerField()
    logo = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    seal = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    # The tags of the languages of the paper, the largest first, with a space between them; empty: those of the places behind it.
    languages = models.CharField(max_length=40, blank=True, default="")
    set_at = models.DateTimeField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["organisation", "programme", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "kind", "number"], name="credentials_layout_of_programme_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "number"],
                condition=Q(programme__isnull=True),
                name="credentials_layout_of_all_once",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="credentials_layout_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"

    @property
    def named_languages(self) -> tuple[str, ...]:
        return tuple(self.languages.split())

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})


class LayoutSignatory(models.Model):
    """Who stands below, in their place from left to right. The name was written for this paper, as it is printed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    layout = models.ForeignKey(CertificateLayout, on_delete=models.PROTECT, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["layout", "position"]
        constraints = [models.UniqueConstraint(fields=["layout", "position"], name="credentials_layoutsignatory_once")]

    def __str__(self) -> str:
        return self.name


class SignatoryOffice(models.Model):
    """The office of a signatory in one language."""

    signatory = models.ForeignKey(LayoutSignatory, on_delete=models.PROTECT, related_name="offices")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["signatory", "language"]
        constraints = [
            models.UniqueConstraint(fields=["signatory", "language"], name="credentials_signatoryoffice_once")
        ]
