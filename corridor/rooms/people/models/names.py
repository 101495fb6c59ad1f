"""The forms of a person's name, each whole."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .persons import Person


class NameForm(models.TextChoices):
    OWN = "own", _("In the person's own script")
    ROMANISED = "romanised", _("Romanised")
    OTHER = "other", _("Another form")


class PersonName(models.Model):
    """One form of a person's name, whole, as it is written: nobody's name is cut into first and last."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    form = models.CharField(max_length=10, choices=NameForm)
    language = models.CharField(max_length=12)
    full_name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["full_name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form"],
                condition=Q(form__in=["own", "romanised"]),
                name="people_personname_one_of_a_form",
            ),
            models.UniqueConstraint(
                fields=["person", "form", "language", "full_name"], name="people_personname_said_once"
            ),
        ]
