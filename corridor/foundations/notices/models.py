"""What people are told, how they wish to be told, and what has left by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .events import Event


class Rhythm(models.TextChoices):
    """When what is new leaves by mail. In the product it stands at once, whatever is chosen."""

    AT_ONCE = "at_once", _("As it happens")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("No mail")


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    NOT_WANTED = "not_wanted", _("Not wanted")
    FAILED = "failed", _("Failed")


class Notice(models.Model):
    """One event, told to one account. It holds references alone, so that it may travel and outlive an erasure."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60, choices=Event)
    about = models.CharField(max_length=120)
    link = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    # Whoever sends holds the row until then; a sender that dies leaves it to the next.
    held_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # With it the same event about the same record is told once: "at-risk-60-2024-02".
    once = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-told_at", "-id"], name="notices_of_a_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(fields=["mail", "told_at"], name="notices_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event", "once"], condition=~Q(once=""), name="notices_notice_told_once"
            ),
            models.CheckConstraint(condition=Q(link__startswith="/"), name="notices_notice_links_into_the_product"),
        ]


class NoticePlace(models.Model):
    """What fills a named place of a notice's sentence: a reference, a day, a number."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "name"], name="notices_noticeplace_filled_once")]


class Wishes(models.Model):
    """How an account wishes to be told. Who never chose is told once a day, in the language and the zone of the alliance."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.DAILY)
    language = models.CharField(max_length=12)
    zone = models.CharField(max_length=60)
    # No mail between these times of day, told in the zone; both or none. Over midnight where the first is the later.
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notices_wishes_quiet_has_two_ends",
            )
        ]


class Mute(models.Model):
    """An event that an account does not wish to be told of by mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60, choices=Event)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notices_mute_once")]
