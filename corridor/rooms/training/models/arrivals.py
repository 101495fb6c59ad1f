"""Learners who say by themselves that they are in the room, with the code that is on the screen there; their trainer confirms it."""

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id

from .enrolments import Enrolment
from .sessions import Session


class ArrivalScreen(models.Model):
    """The changing code of one session is shown. ``nonce`` makes its key, together with the secret of the house; each showing has its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="arrival_screens")
    nonce = models.CharField(max_length=64)
    shown_by = models.CharField(max_length=150)
    shown_at = models.DateTimeField()
    # Until when codes of it are taken: when its trainer has ended it, else when the session is over.
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["shown_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("shown_at")), name="training_screen_ends_later")
        ]


class Arrival(models.Model):
    """A learner has said "I am there", from a phone. It is no mark: it waits for the trainer, and what the trainer writes counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    screen = models.ForeignKey(ArrivalScreen, on_delete=models.PROTECT, related_name="arrivals")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="arrivals")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField()
    # A fingerprint of the phone: one phone speaks for one learner in a session.
    phone = models.CharField(max_length=64)

    class Meta:
        ordering = ["arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="training_arrival_once"),
            models.UniqueConstraint(fields=["session", "phone"], name="training_arrival_one_for_a_phone"),
        ]
