"""The photograph of a register on paper: kept as evidence, and read as a proposal that a person confirms."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import Session, SheetPhoto
from ..paper.reading import ReadSheet, read_sheet


def keep_sheet_photo(*, session: Session, upload: Upload, at: datetime, by: Actor) -> ReadSheet:
    """
    Keep the photograph of the sheet of this session, and say what is read on it. Nothing is marked by it: ``take_register`` does that,
    with what a person has confirmed.

    :raises BadInput: if it is no picture of a sheet, of the sheet of another session, or of none that is kept.
    """
    by.require(Permission.REGISTER_TAKE, on=session)
    # Reading takes a second: it is done before anything is held.
    read = read_sheet(upload.content)
    if read.code.session != session.pk:
        other = Session.objects.filter(pk=read.code.session).select_related("cohort").first()
        message = (
            N_("This is the sheet of %(other)s, not of %(session)s.")
            if other
            else N_("This is the sheet of no session of this house.")
        )
        raise BadInput(
            [Problem(message, {"other": str(other), "session": str(session)} if other else {}, column="photo")]
        )
    with transaction.atomic():
        document = receive(upload, at=at, by=by)
        SheetPhoto.objects.create(session=session, document=document, kept_by=by.label, kept_at=at)
        log.record("training.sheet_photo_kept", by=by, subject=session)
    return read
