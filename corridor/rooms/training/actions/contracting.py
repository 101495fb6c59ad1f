"""The contract of a placement on paper: sent as a file, kept with its fingerprint, replaced by a later one."""

from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import Placement
from ..placement_plans import hold_open

KINDS = (".pdf", ".png", ".jpg", ".jpeg")


@transaction.atomic
def file_contract(*, placement: Placement, upload: Upload, at: datetime, by: Actor) -> Placement:
    """
    Keep the signed contract of a placement; one that stood before is let go of, where nothing else needs it.

    :raises PlacementIsOver: if it was broken off. :raises BadInput: for a file of another kind, or one that cannot be opened.
    """
    by.require(Permission.LEARNER_ENROL, on=placement)
    held = hold_open(placement)
    if PurePath(upload.file_name).suffix.lower() not in KINDS:
        text = N_("Send the contract as a PDF or as photos: %(kinds)s.")
        raise BadInput([Problem(text, {"kinds": ", ".join(KINDS)}, column="contract")])
    before, held.contract = held.contract_id, receive(upload, at=at, by=by)
    held.save(update_fields=["contract"])
    log.record("training.contract_filed", by=by, subject=held)
    if before is not None and before != held.contract_id:
        forget_documents([before], by=by)
    return held
