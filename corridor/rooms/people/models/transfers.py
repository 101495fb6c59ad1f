"""Personal data that left a country: who to whom, of which class, about whom, on which ground; and how many may leave in a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .persons import Person


class DataClass(models.TextChoices):
    SENSITIVE = "sensitive", _("Sensitive")
    OTHER = "other", _("Other personal data")


class TransferBasis(models.TextChoices):
    CONSENT = "consent", _("Consent of the persons")
    CONTRACT = "contract", _("A contract with the persons")
    STANDARD_CONTRACT = "standard_contract", _("Standard contract between sender and recipient")
    CERTIFICATION = "certification", _("Certification")
    ASSESSMENT = "assessment", _("Security assessment by an authority")
    LEGAL_DUTY = "legal_duty", _("A duty of law")


class Occasion(models.TextChoices):
    EXPORT = "export", _("An export from the product")
    EDITION = "edition", _("The evidence of an edition")
    API = "api", _("The interface for machines")
    ACCESS = "access", _("A site read records from abroad")
    MAIL = "mail", _("By mail")
    PAPER = "paper", _("On paper")


class Transfer(models.Model):
    """
    Personal data left a country on a day. Persons who are known stand in ``listed``; ``unlisted`` counts those of whom only the number is
    known (paper), each taken for another person: a counter is never too low.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=30, unique=True)
    happened_on = models.DateField()
    from_country = models.CharField(max_length=2)
    from_member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    to_country = models.CharField(max_length=2)
    to_member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    data_class = models.CharField(max_length=10, choices=DataClass)
    basis = models.CharField(max_length=20, choices=TransferBasis)
    occasion = models.CharField(max_length=10, choices=Occasion)
    # What left, by its reference: an edition, a sheet, a letter.
    about = models.CharField(max_length=120)
    unlisted = models.PositiveIntegerField(default=0)
    # Filled where a threshold was reached and somebody let it leave all the same.
    over_because = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-happened_on", "-reference"]
        indexes = [models.Index(fields=["from_country", "data_class", "happened_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(from_country=F("to_country")), name="people_transfer_crosses_a_border")
        ]

    def __str__(self) -> str:
        return self.reference


class TransferredPerson(models.Model):
    """One person whose data left. The key alone: it outlives an erasure, so that the counters stay right."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="listed")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "person"], name="people_transferred_person_once")]


class TransferThreshold(models.Model):
    """How many different persons' data of a class may leave a country in a calendar year before somebody must decide."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_country = models.CharField(max_length=2)
    data_class = models.CharField(max_length=10, choices=DataClass)
    persons = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["from_country", "data_class"]
        constraints = [
            models.UniqueConstraint(fields=["from_country", "data_class"], name="people_threshold_once"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="people_threshold_is_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.from_country}/{self.data_class}"
