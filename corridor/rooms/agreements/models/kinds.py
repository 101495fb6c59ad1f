"""Kinds of agreement as rows: what each is called, how it is signed, and the clauses that a draft of it begins with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id


class SigningOrder(models.TextChoices):
    PARALLEL = "parallel", _("All at once, in any order")
    IN_ORDER = "in_order", _("One after another, in the order of parties and signers")


class AgreementKind(models.Model):
    """A framework, a cooperation agreement, an implementation letter, a learning agreement, or what an alliance adds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(default=1)
    signing_order = models.CharField(max_length=10, choices=SigningOrder, default=SigningOrder.PARALLEL)
    # How many of a party's signers have to sign, for the party to have signed.
    quorum = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.CheckConstraint(condition=Q(quorum__gt=0), name="agreements_kind_somebody_signs")]

    def __str__(self) -> str:
        return self.code


class AgreementKindName(models.Model):
    kind = models.ForeignKey(AgreementKind, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["kind", "language"]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="agreements_kind_name_once")]


class ClauseTemplate(models.Model):
    """One clause in one language, with places in braces ({parties}) that are filled when a draft begins with it."""

    kind = models.ForeignKey(AgreementKind, on_delete=models.PROTECT, related_name="clauses")
    language = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["kind", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="agreements_clause_once"),
            models.CheckConstraint(condition=Q(number__gt=0) & ~Q(text=""), name="agreements_clause_says_something"),
        ]
