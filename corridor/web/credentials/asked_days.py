"""As of which day or instant a published document is asked for."""

from datetime import date, datetime

from django.http import HttpRequest

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.credentials.proofs.instants import read_instant


def instant_asked_for(request: HttpRequest) -> datetime | None:
    """As DID Resolution writes it: ``?versionTime=2023-06-01T00:00:00Z``. :raises BadInput: for anything else."""
    text = request.GET.get("versionTime", "")
    if not text:
        return None
    instant = read_instant(text)
    if instant is None:
        raise BadInput([Problem(N_("Write the instant as 2023-06-01T00:00:00Z."), column="versionTime")])
    return instant


def on_asked_for(request: HttpRequest) -> date | None:
    """``?on=2023-06-01``. :raises BadInput: for anything else."""
    text = request.GET.get("on", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput([Problem(N_("Write the day as 2023-06-01."), column="on")]) from None
