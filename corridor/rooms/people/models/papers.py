"""Which documents of a person were seen: the kind and the day, not the number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .persons import Person


class PaperKind(models.TextChoices):
    PASSPORT = "passport", _("Passport")
    NATIONAL_ID = "national_id", _("National identity card")
    BORDER_PASS = "border_pass", _("Border pass")
    RESIDENCE = "residence", _("Residence permit")
    FAMILY_BOOK = "family_book", _("Family book or household register")
    BIRTH = "birth", _("Birth certificate")
    SCHOOL_LEAVING = "school_leaving", _("School leaving certificate")
    OTHER = "other", _("Another document")


class PaperSeen(models.Model):
    """
    Somebody of the alliance has seen this document of the person.

    Its number is kept only where the rule of the alliance says so (DOCUMENT_NUMBERS in the settings), and never whole: the last four
    signs, or a keyed fingerprint by which two of the same number are found.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind)
    country = models.CharField(max_length=2)
    seen_on = models.DateField()
    seen_by = models.CharField(max_length=150)
    expires_on = models.DateField(null=True)
    number_end = models.CharField(max_length=4, blank=True)
    number_print = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ["kind", "-seen_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "country", "seen_on"], name="people_paperseen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference}: {self.kind}"
