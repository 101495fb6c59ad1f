"""The life of a request that a person makes about the own record, as data. Overdue follows from its day and is computed."""

from django.db import models
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class RequestStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a request", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("state of a request", "Accepted")
    DONE = "done", pgettext_lazy("state of a request", "Done")
    REFUSED = "refused", pgettext_lazy("state of a request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a request", "Withdrawn")


REQUEST = Lifecycle(
    thing="request of a person",
    first=RequestStatus.ASKED,
    transitions={
        RequestStatus.ASKED: frozenset(
            {RequestStatus.ACCEPTED, RequestStatus.DONE, RequestStatus.REFUSED, RequestStatus.WITHDRAWN}
        ),
        RequestStatus.ACCEPTED: frozenset({RequestStatus.DONE}),
        RequestStatus.DONE: frozenset(),
        RequestStatus.REFUSED: frozenset(),
        RequestStatus.WITHDRAWN: frozenset(),
    },
)
