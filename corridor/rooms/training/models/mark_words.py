"""The marks that a register knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    LEFT_EARLY = "left_early", _("Left early")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excused")


# Who was in the room, if not all the time.
IN_THE_ROOM = [Mark.PRESENT.value, Mark.LATE.value, Mark.LEFT_EARLY.value]
