"""How a person can be reached."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import add_months

from .persons import Person

# A number that nobody has confirmed for so long may be another's by now. The rule is our own choice.
CONFIRMED_FOR_MONTHS = 12


class ContactKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    WECHAT = "wechat", "WeChat"
    WHATSAPP = "whatsapp", "WhatsApp"
    LINE = "line", "LINE"
    POST = "post", _("Postal address")


class ContactUse(models.TextChoices):
    FIRST = "first", _("Try this first")
    ALSO = "also", _("Also works")


class ContactChannel(models.Model):
    """
    One way to reach a person. ``value`` is normalised: an e-mail address in small letters, a telephone as E.164 (+8562055512345).

    ``confirmed_on`` is the last day on which somebody saw that it works; ``confirmed_by`` says which account wrote that down.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind)
    value = models.CharField(max_length=300)
    use = models.CharField(max_length=10, choices=ContactUse, default=ContactUse.ALSO)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-use", "kind", "value"]
        indexes = [models.Index(fields=["kind", "value"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "value"],
                condition=Q(ended_on__isnull=True),
                name="people_contactchannel_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True, use="first"),
                name="people_contactchannel_one_is_first",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | ~Q(confirmed_by=""),
                name="people_contactchannel_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference}: {self.kind}"

    def is_unconfirmed(self, *, on: date) -> bool:
        """Whether nobody has confirmed it in the twelve months before that day."""
        return self.confirmed_on is None or add_months(self.confirmed_on, CONFIRMED_FOR_MONTHS) <= on
