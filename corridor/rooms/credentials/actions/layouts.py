"""How a member's certificates look: set as a whole, seen before, and never changed; the next one has the next number."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import receive
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..certificates.preview import print_preview
from ..layouts import MOST_SIGNATORIES, OFFICE_LANGUAGES, LayoutDraft, PictureDraft, layout_of
from ..models import CertificateLayout, LayoutSignatory, SignatoryOffice

_LONGEST = 120
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")


@transaction.atomic
def set_layout(*, draft: LayoutDraft, at: datetime, by: Actor) -> CertificateLayout:
    """
    Certificates issued from now on look so; those that were issued stay as they are.

    :raises BadInput: for names and offices that cannot be printed, files that are no pictures, and drawings that are more than drawings.
    :raises CannotPrint: if a letter is in none of the fonts, or a drawing cannot be drawn.
    """
    by.require(Permission.LAYOUT_SET, on=draft.organisation)
    _require_sound(draft)
    # The member first, and alone: of two who set one at once, the second has the next number.
    Organisation.objects.select_for_update(no_key=True).get(pk=draft.organisation.pk)
    programme = draft.programme.pk if draft.programme else None
    before = layout_of(draft.organisation.pk, programme)
    layout = CertificateLayout.objects.create(
        organisation=draft.organisation, programme=draft.programme, number=before.number + 1 if before else 1,
        logo=_kept(draft.logo, before.logo if before else None, "logo", at, by),
        seal=_kept(draft.seal, before.seal if before else None, "seal", at, by),
        set_at=at, by_label=by.label[:150],
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


def _require_sound(draft: LayoutDraft) -> None:
    problems = []
    if len(draft.signatories) > MOST_SIGNATORIES:
        problems.append(
            Problem(
                N_("At most %(most)s persons stand below a certificate."), {"most": MOST_SIGNATORIES}, column="signatories"
            )
        )  # fmt: skip
    for place, each in enumerate(draft.signatories, start=1):
        offices = {language: text for language, text in each.office.items() if text.strip()}
        if not each.name.strip() or not offices or len(offices) != len(each.office):
            problems.append(
                Problem(
                    N_("Give name and office of person %(place)s, or leave both empty."), {"place": place}, row=place,
                    column="signatories",
                )
            )  # fmt: skip
        if not set(each.office) <= set(OFFICE_LANGUAGES) or not all(is_language(each) for each in each.office):
            problems.append(
                Problem(
                    N_("The office of person %(place)s is given in a language in which the paper is not written: %(languages)s."),
                    {"place": place, "languages": ", ".join(OFFICE_LANGUAGES)}, row=place, column="signatories",
                )
            )  # fmt: skip
        if max(map(len, (each.name, *each.office.values()))) > _LONGEST:
            problems.append(
                Problem(
                    N_("Name and office of person %(place)s have at most %(most)s letters each."),
                    {"place": place, "most": _LONGEST}, row=place, column="signatories",
                )
            )  # fmt: skip
    if problems:
        raise BadInput(problems)


def _kept(picture: PictureDraft, before: Document | None, column: str, at: datetime, by: Actor) -> Document | None:
    if picture.upload is None:
        return before if picture.keep else None
    try:
        document = receive(picture.upload, at=at, by=by, drawings=True)
    except BadInput as wrong:
        raise BadInput([_at(problem, column) for problem in wrong.problems]) from None
    if document.media_type not in _PICTURES:
        problem = Problem(N_("Send a picture: PNG, JPEG or SVG."), file=picture.upload.file_name, column=column)
        raise BadInput([problem])
    return document


def _at(problem: Problem, column: str) -> Problem:
    return Problem(problem.message, problem.places, file=problem.file, column=column)
