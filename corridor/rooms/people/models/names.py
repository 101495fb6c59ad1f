"""The forms of a person's name, each whole; the one for certificates; and the plain letters by which all are found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .persons import Person


class NameForm(models.TextChoices):
    OWN = "own", _("In the person's own script")
    ROMANISED = "romanised", _("Romanised")
    OTHER = "other", _("Another form")
    FORMER = "former", _("Former name")


class Romanisation(models.TextChoices):
    """By which rules a name was written in Latin letters. The rules decide nothing here; they tell a reader what to expect."""

    PASSPORT = "passport", _("As in the passport")
    OWN = "own", _("As the person writes it")
    PINYIN = "pinyin", _("Hanyu Pinyin")
    ICAO = "icao", _("ICAO 9303")
    BGN_PCGN = "bgn_pcgn", _("BGN/PCGN")
    RTGS = "rtgs", _("Royal Thai General System")
    ALA_LC = "ala_lc", _("ALA-LC")
    UNKNOWN = "unknown", _("Not known by which rules")


class PersonName(models.Model):
    """
    One form of a person's name, whole, as it is written: nobody's name is cut into first and last.

    ``family_part`` and ``given_part`` may mark what stands inside the whole, for sorting and for a letter; the whole stays the truth.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    form = models.CharField(max_length=10, choices=NameForm)
    language = models.CharField(max_length=12)
    full_name = models.CharField(max_length=200)
    romanisation = models.CharField(max_length=10, choices=Romanisation, blank=True)
    family_part = models.CharField(max_length=120, blank=True)
    given_part = models.CharField(max_length=120, blank=True)
    # When it was the person's name, as far as that is known.
    valid_from = models.DateField(null=True)
    valid_before = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["full_name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form"], condition=Q(form="own"), name="people_personname_one_of_a_form"
            ),
            # Who takes a former name up and lays it down again had it twice.
            models.UniqueConstraint(
                fields=["person", "form", "language", "full_name"],
                condition=~Q(form="former"),
                name="people_personname_said_once",
            ),
            models.UniqueConstraint(
                fields=["person", "romanisation"],
                condition=Q(form="romanised"),
                name="people_personname_once_by_each_rule",
            ),
            models.CheckConstraint(
                condition=Q(romanisation="") | Q(form__in=["romanised", "former"]),
                name="people_personname_rules_are_for_latin_letters",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_before__isnull=True)
                | Q(valid_before__gt=F("valid_from")),
                name="people_personname_ends_after_it_begins",
            ),
        ]


class NameKey(models.Model):
    """
    The plain letters of a form of a name from one of its words on, or a person's reference: what a search begins with.

    Kept beside the names (actions/finding.py writes both at once), so that a search among a million persons reads a few rows of an index.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_keys")
    letters = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "letters"], name="people_namekey_once")]


class Confirming(models.TextChoices):
    SELF = "self", _("By the person, here")
    PAPER = "paper", _("By the person, on paper")


class CertificateName(models.Model):
    """
    The name as it shall stand on a certificate, in one language, confirmed by the person.

    A credential is composed with the confirmed name that is in force; one that was signed stays as it is. ``ended_at`` closes it when
    another is confirmed or it is taken back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificate_names")
    language = models.CharField(max_length=12)
    full_name = models.CharField(max_length=200)
    confirmed_on = models.DateField()
    confirming = models.CharField(max_length=10, choices=Confirming)
    # The account that wrote it down; of a paper, the office that saw it signed and the paper itself where it is kept.
    written_by = models.CharField(max_length=150)
    attested_by = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["language", "confirmed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"],
                condition=Q(ended_at__isnull=True),
                name="people_certificatename_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(confirming="paper") | ~Q(attested_by=""), name="people_certificatename_paper_is_attested"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference}: certificate name, {self.language}"
