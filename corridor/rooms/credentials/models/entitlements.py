"""Who may issue what where, and what it counts as in each country."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.curricula.written import Text, TextState
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site


class Entitlement(models.Model):
    """A member may issue for a programme at a site, from a day until a day. Checked when awarding, named when verifying."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "site", "programme", "starts_on"], name="credentials_entitlement_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="credentials_entitlement_ends_after_it_starts",
            ),
        ]

    def covers(self, day: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(day)


class CredentialKind(models.TextChoices):
    AWARD = "award", _("Award")
    STATEMENT = "statement", _("Statement of units")
    UNIT = "unit", _("One unit")
    MODULE = "module", _("Module of several units")
    ATTENDANCE = "attendance", _("Proof of attendance")
    TEACHER = "teacher", _("Teacher in training")


class RecognitionKind(models.TextChoices):
    """How far a credential counts in a country. A reference framework is not recognition."""

    ATTENDANCE = "attendance", _("Proof of attendance")
    INSTITUTION = "institution", _("Certificate of an institution")
    NATIONAL = "national", _("National qualification")
    REFERENCED = "referenced", _("Referenced to the national framework")
    BILATERAL = "bilateral", _("Recognised by an agreement between countries")


class RecognitionStatement(models.Model):
    """What a programme's credential of one kind counts as in one country, who decided, by which document, for which days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    credential_kind = models.CharField(max_length=10, choices=CredentialKind)
    country = models.CharField(max_length=2)
    recognition = models.CharField(max_length=12, choices=RecognitionKind)
    level = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    # The day on which the authority decided it, where that is written down.
    decided_on = models.DateField(null=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "credential_kind", "country", "starts_on"], name="credentials_recognition_once"
            ),
            models.CheckConstraint(
                condition=Q(recognition__in=["attendance", "institution"])
                | (Q(document__isnull=False) & ~Q(authority="")),
                name="credentials_recognition_beyond_the_house_has_a_document",
            ),
        ]

    def authorities(self) -> dict[str, str]:
        """What the authority is called, by language: in English, and where its name was reviewed."""
        names = self.authority_names.all()
        further = {each.language: each.text for each in names if each.text_state == TextState.REVIEWED}
        return {**further, "en": self.authority} if self.authority else {}


class AuthorityName(Text):
    """What the authority of a statement is called in a further language, as it calls itself there."""

    statement = models.ForeignKey(RecognitionStatement, on_delete=models.PROTECT, related_name="authority_names")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "language"], name="credentials_authorityname_once")]
