"""The agenda of a conference: what happens when, where, by whom and in which language; and the documents that belong to it."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from ..kinds import ItemKind
from .conferences import Conference
from .contributions import Contribution


class Hall(models.Model):
    """A room of the house where a conference meets."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="halls")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="conferences_hall_named_once")]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """Instants are kept; the clock on the wall of the place is that of the conference's zone. Without a room it is held online or in all."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="agenda")
    kind = models.CharField(max_length=15, choices=ItemKind)
    hall = models.ForeignKey(Hall, null=True, on_delete=models.PROTECT, related_name="items")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # The language that is spoken.
    language = models.CharField(max_length=12)
    # What a member offered and was accepted: it is held once. Taken back later, the item says so until the agenda is changed.
    contribution = models.OneToOneField(Contribution, null=True, on_delete=models.PROTECT, related_name="item")

    class Meta:
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="conferences_agendaitem_takes_time")
        ]


class AgendaTitle(models.Model):
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="conferences_agendatitle_once")]


class AgendaSpeaker(models.Model):
    """Who speaks, as printed: a name and whence. Public, and told to the speaker before."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="speakers")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    comes_from = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["item", "place"], name="conferences_agendaspeaker_in_order")]


class ConferenceDocument(models.Model):
    """A document of a conference, for anyone."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document__stored_at", "pk"]
