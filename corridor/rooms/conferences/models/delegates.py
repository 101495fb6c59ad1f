"""Who comes to a conference: what is asked, who registered by a link of their own, letters for a visa, and scans at the door."""

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.application_kinds import AnswerKind, Need
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.models.application_forms import said_in

from ..kinds import PartOf
from ..lifecycle import DELEGATE, VISA_LETTER
from .conferences import Conference


class Registration(models.Model):
    """When delegates of a conference may register, and for how many there is a place (None: for all)."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="registration")
    opens_on = models.DateField()
    closes_before = models.DateField()
    places = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_before__gt=models.F("opens_on")), name="conferences_registration_lasts_a_day"
            )
        ]


class RegistrationPart(models.Model):
    """A question that delegates of one conference are asked, or an answer to choose under it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="questions")
    sort = models.CharField(max_length=10, choices=PartOf)
    under = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    answer = models.CharField(max_length=12, choices=AnswerKind, blank=True)
    need = models.CharField(max_length=10, choices=Need, blank=True)

    # What the reader of answers asks of every question: this one fills no fact and asks for no file.
    fact = ""
    document_id = None

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "code"],
                condition=Q(under__isnull=True),
                name="conferences_registrationpart_asked_once",
            ),
            models.UniqueConstraint(fields=["under", "code"], name="conferences_registrationpart_option_once"),
            models.CheckConstraint(
                condition=Q(sort="question", under__isnull=True, answer__in=AnswerKind.values, need__in=Need.values)
                | Q(sort="option", under__isnull=False, answer="", need=""),
                name="conferences_registrationpart_stands_where_it_belongs",
            ),
            models.CheckConstraint(condition=~Q(answer="file"), name="conferences_registrationpart_asks_for_no_file"),
        ]

    def __str__(self) -> str:
        return self.code

    def said(self, language: str) -> tuple[str, str, str]:
        return said_in(self.texts.all(), language, otherwise=self.code)


class RegistrationPartText(models.Model):
    part = models.ForeignKey(RegistrationPart, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    explanation = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "language"], name="conferences_registrationparttext_once")
        ]


class Delegate(Living):
    """
    Somebody who comes to one conference. Whoever holds the link is the delegate (ADR 0009): no account, and no person of the alliance.

    Names and address go when the conference is long over, or when the delegate says so; the count stays.
    """

    LIFE = DELEGATE

    reference = models.SlugField(max_length=20, unique=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="delegates")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    # As the delegate writes it, where it is no member.
    comes_from = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=150, blank=True)
    # In Latin letters, as in a passport.
    latin_name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    # On the card and in its QR code; a phone at the door knows its fingerprint alone.
    card = models.CharField(max_length=12)
    # The link by which the delegate comes back: 256 bits of which only this is kept.
    secret_digest = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    # When the delegate agreed to stand on the list of participants; None: not agreed, or taken back.
    listed_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "card"], name="conferences_delegate_card_once"),
            models.UniqueConstraint(
                fields=["conference", "email"], condition=Q(status="registered") & ~Q(email=""),
                name="conferences_delegate_registers_once",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(name="", latin_name="", email="", comes_from="", listed_at__isnull=True),
                name="conferences_delegate_emptied_is_empty",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("delegate", self.pk)})


class DelegateChange(Change):
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        pass


class DelegateAnswer(models.Model):
    """What a delegate answered to one question: in ``text``, or as choices."""

    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(RegistrationPart, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=10_000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delegate", "question"], name="conferences_delegateanswer_once")]


class DelegateChoice(models.Model):
    answer = models.ForeignKey(DelegateAnswer, on_delete=models.PROTECT, related_name="choices")
    option = models.ForeignKey(RegistrationPart, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="conferences_delegatechoice_once")]


class VisaLetter(Living):
    """A letter that invites a delegate, for a visa. The number of the passport is asked for it alone, and goes when the conference is over."""

    LIFE = VISA_LETTER

    delegate = models.OneToOneField(Delegate, on_delete=models.PROTECT, related_name="visa_letter")
    passport = models.CharField(max_length=20, blank=True)
    nationality = models.CharField(max_length=2, blank=True)
    born_on = models.DateField(null=True)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.delegate.reference


class VisaLetterChange(Change):
    visa_letter = models.ForeignKey(VisaLetter, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        pass


class Scan(models.Model):
    """One card read at the door by one device. Its key is made on the device, so that what is sent twice is one scan; none is thrown away."""

    id = models.UUIDField(primary_key=True, editable=False)
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="scans")
    device = models.CharField(max_length=40)
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["scanned_at", "pk"]
        indexes = [models.Index(fields=["delegate", "scanned_at"], name="conferences_scan_first")]
