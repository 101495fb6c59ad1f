"""How a member's certificates look: set as a whole, seen before, and never changed; the next one has the next number."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import receive
from corridor.rooms.members.models import Organisation

from ..certificates.preview import print_preview
from ..layouts import LayoutDraft, PictureDraft, layout_in_use, layout_of, look_at_picture, require_sound
from ..models import CertificateLayout, LayoutSignatory, SignatoryOffice


@transaction.atomic
def set_layout(*, draft: LayoutDraft, at: datetime, by: Actor) -> CertificateLayout:
    """
    Certificates issued from now on look so; those that were issued stay as they are.

    :raises BadInput: for languages, names and offices that cannot be printed, files that are no pictures, and drawings that are more than drawings.
    :raises CannotPrint: if a letter is in none of the fonts, or a drawing cannot be drawn.
    """
    by.require(Permission.LAYOUT_SET, on=draft.organisation)
    require_sound(draft)
    # The member first, and alone: of two who set one at once, the second has the next number.
    Organisation.objects.select_for_update(no_key=True).get(pk=draft.organisation.pk)
    before = layout_of(draft.organisation, draft.programme, draft.kind)
    used = layout_in_use(draft.organisation, draft.programme, draft.kind)
    layout = CertificateLayout.objects.create(
        organisation=draft.organisation, programme=draft.programme, kind=draft.kind or "",
        number=before.number + 1 if before else 1,
        logo=_kept(draft.logo, used.logo if used else None, "logo", at, by),
        seal=_kept(draft.seal, used.seal if used else None, "seal", at, by),
        languages=" ".join(draft.languages), set_at=at, by_label=by.label[:150],
    )  # fmt: skip
    for place, each in enumerate(draft.signatories, start=1):
        person = LayoutSignatory.objects.create(layout=layout, position=place, name=each.name.strip())
        SignatoryOffice.objects.bulk_create(
            SignatoryOffice(signatory=person, language=language, text=text.strip())
            for language, text in each.office.items()
        )
    # What could not be printed is not kept.
    print_preview(layout)
    log.record("credentials.layout_set", by=by, subject=layout)
    return layout


def _kept(picture: PictureDraft, used: Document | None, column: str, at: datetime, by: Actor) -> Document | None:
    if picture.upload is None:
        return used if picture.keep else None
    look_at_picture(picture.upload, column=column)
    return receive(picture.upload, at=at, by=by, drawings=True)
