"""Keep the letter or the contract by which an employer stated what it needs."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.wording import N_

from ..models import DemandStatement, Strength
from ..refusals import NoPaper
from .stating import _held


@transaction.atomic
def keep_paper(
    *, statement: DemandStatement, paper: str, at: datetime, by: Actor, upload: Upload | None = None
) -> DemandStatement:
    """
    Say which letter or contract it is and where it is kept, with its scan where there is one; a later scan follows the earlier.

    :raises NoPaper: where it was only said, or nothing says which paper it is. :raises BadInput: for a file that is none we keep.
    """
    by.require(Permission.DEMAND_STATE, on=statement)
    statement = _held(statement)
    if statement.strength == Strength.SPOKEN:
        raise NoPaper(
            N_("%(statement)s was only said. State it anew as a letter or a contract; then its paper is kept with that."),
            statement=statement.reference,
        )  # fmt: skip
    if not paper.strip():
        raise NoPaper(
            N_("Say which letter or contract it is, with its day or number, and where it is kept."),
            statement=statement.reference,
        )
    statement.paper = paper.strip()
    if upload is not None:
        statement.document = receive(upload, at=at, by=by, replaces=statement.document)
    statement.save(update_fields=["paper", "document"])
    log.record("demand.paper_kept", by=by, subject=statement)
    return statement
