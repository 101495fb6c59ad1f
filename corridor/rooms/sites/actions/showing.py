"""What a site shows to whoever comes to look at it: its photos, and the days on which its visit page is public."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.foundations.documents.receiving import receive
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_

from ..drafts_of_plans import PhotoDraft, PhotoWords
from ..models import PersonsShown, PhotoText, Site, SitePhoto, SiteShowing
from ..photos import MOST_PHOTOS, as_kept
from ..refusals import ShownAlready, TooManyPhotos

LONGEST_SHOWING = 366
LONGEST_CAPTION, LONGEST_ALTERNATIVE = 200, 300


@transaction.atomic
def add_photos(*, photos: Sequence[PhotoDraft], at: datetime, by: Actor) -> list[SitePhoto]:
    """
    Keep photos of sites, each after those that stand. What the camera wrote beside the picture is taken out.

    :raises BadInput: for what is no picture, without a caption and what it shows, or without a word about the people in it.
    :raises TooManyPhotos: for more than twelve of a site.
    """
    for site in {draft.site.pk: draft.site for draft in photos}.values():
        by.require(Permission.SITE_EDIT, on=site)
    if problems := [problem for draft in photos for problem in _problems_of(draft)]:
        raise BadInput(problems)
    counts = {key: SitePhoto.objects.filter(site=key).count() for key in _hold({draft.site.pk for draft in photos})}
    made = []
    for draft in photos:
        if counts[draft.site.pk] >= MOST_PHOTOS:
            raise TooManyPhotos(
                N_("%(site)s shows %(most)s photos already. Take one down first."), site=draft.site.reference, most=MOST_PHOTOS
            )  # fmt: skip
        counts[draft.site.pk] += 1
        document = receive(as_kept(draft.upload), at=at, by=by) if draft.upload else draft.document
        last = (
            SitePhoto.objects.filter(site=draft.site).order_by("-position").values_list("position", flat=True).first()
        )
        row = SitePhoto(site=draft.site, document=document, position=(last or 0) + 1, persons=draft.persons)
        row.save(force_insert=True)
        _write(row, draft.texts)
        made.append(row)
    log.record_each("sites.photo_added", by=by, subjects=made)
    return made


@transaction.atomic
def describe_photo(*, photo: SitePhoto, texts: Mapping[str, PhotoWords], by: Actor) -> SitePhoto:
    """Write what stands below a photo and what it shows; what stands in these languages is replaced. :raises BadInput: without either."""
    row = _held(photo, by=by)
    if problems := _problems_of_texts(texts):
        raise BadInput(problems)
    _write(row, texts)
    log.record("sites.photo_described", by=by, subject=row)
    return row


@transaction.atomic
def place_photo(*, photo: SitePhoto, position: int, by: Actor) -> SitePhoto:
    """Put a photo in the place of that number, from 1; the others move up. :raises BadInput: for a place that there is not."""
    row = _held(photo, by=by)
    others = list(SitePhoto.objects.filter(site=row.site_id).exclude(pk=row.pk).order_by("position", "pk"))
    if not 1 <= position <= len(others) + 1:
        text = N_("Write a place from 1 to %(last)s.")
        raise BadInput([Problem(text, {"last": len(others) + 1}, column="position")])
    others.insert(position - 1, row)
    for place, each in enumerate(others, start=1):
        each.position = place
    SitePhoto.objects.bulk_update(others, ["position"])
    log.record("sites.photo_placed", by=by, subject=row)
    return row


@transaction.atomic
def take_down_photo(*, photo: SitePhoto, by: Actor) -> None:
    """Show a photo no longer, and forget its file: whoever is in it may ask for that at any time."""
    row = _held(photo, by=by)
    log.record("sites.photo_taken_down", by=by, subject=row)
    document = row.document_id
    row.texts.all().delete()
    row.delete()
    forget_documents([document], by=by)


@transaction.atomic
def show_site(*, site: Site, starts_on: date, ends_before: date, reason: str, by: Actor) -> SiteShowing:
    """
    Make the visit page of a site public for some days.

    :raises BadInput: without a reason, or for more than 366 days or none. :raises ShownAlready: if it is public on one of them.
    """
    by.require(Permission.SITE_EDIT, on=site)
    _hold([site.pk])
    problems = []
    if not reason.strip():
        problems.append(Problem(N_("Say why it is shown to everybody."), column="reason"))
    if not 1 <= (ends_before - starts_on).days <= LONGEST_SHOWING:
        text = N_("It is public for at least a day and at most %(most)s days.")
        problems.append(Problem(text, {"most": LONGEST_SHOWING}, column="ends_on"))
    if problems:
        raise BadInput(problems)
    wanted = Period(starts_on, ends_before)
    for other in SiteShowing.objects.filter(site=site):
        if other.ends_before > other.starts_on and wanted.overlaps(Period(other.starts_on, other.ends_before)):
            raise ShownAlready(
                N_("The visit page of %(site)s is public from %(day)s already. End that first."),
                site=site.reference, day=other.starts_on,
            )  # fmt: skip
    made = SiteShowing.objects.create(site=site, starts_on=starts_on, ends_before=ends_before, reason=reason.strip())
    log.record("sites.shown", by=by, subject=made)
    return made


@transaction.atomic
def stop_showing(*, showing: SiteShowing, ends_before: date, by: Actor) -> SiteShowing:
    """``ends_before`` is the first day on which it is not public. :raises WrongMoment: if it has ended by then."""
    found = SiteShowing.objects.select_for_update(of=("self",)).select_related("site").filter(pk=showing.pk).first()
    if found is None:
        raise NotFound(N_("The visit page was never made public so."))
    by.require(Permission.SITE_EDIT, on=found)
    if ends_before >= found.ends_before:
        raise WrongMoment(N_("The visit page is not public on that day any more."))
    found.ends_before = max(ends_before, found.starts_on)
    found.save(update_fields=["ends_before"])
    log.record("sites.showing_ended", by=by, subject=found)
    return found


def _hold(keys: Sequence[object] | set[object]) -> list[object]:
    """One writer at a time for each site."""
    rows = Site.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _held(photo: SitePhoto, *, by: Actor) -> SitePhoto:
    found = SitePhoto.objects.select_related("site").filter(pk=photo.pk).first()
    if found is None:
        raise NotFound(N_("There is no such photo."))
    by.require(Permission.SITE_EDIT, on=found)
    _hold([found.site_id])
    return found


def _write(row: SitePhoto, texts: Mapping[str, PhotoWords]) -> None:
    for language, words in texts.items():
        said = {"caption": words.caption.strip(), "alternative": words.alternative.strip()}
        PhotoText.objects.update_or_create(photo=row, language=language, defaults=said)


def _problems_of(draft: PhotoDraft) -> list[Problem]:
    problems = _problems_of_texts(draft.texts)
    if draft.persons not in PersonsShown:
        problems.append(
            Problem(N_("Say whether people can be recognised in it, and that they agreed."), column="persons")
        )
    if draft.upload is None and draft.document is None:
        problems.append(Problem(N_("Send a photo: PNG or JPEG."), column="photo"))
    if draft.document is not None and not draft.document.media_type.startswith("image/"):
        problems.append(Problem(N_("Send a photo: PNG or JPEG."), column="document"))
    return problems


def _problems_of_texts(texts: Mapping[str, PhotoWords]) -> list[Problem]:
    problems = []
    for language in texts:
        if not is_language(language):
            text = N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans.")
            problems.append(Problem(text, {"language": language}, column="language"))
    if not texts or any(not each.caption.strip() or len(each.caption) > LONGEST_CAPTION for each in texts.values()):
        problems.append(Problem(N_("Write what stands below the photo, in at most 200 characters."), column="caption"))
    if not texts or any(
        not each.alternative.strip() or len(each.alternative) > LONGEST_ALTERNATIVE for each in texts.values()
    ):
        text = N_("Write what the photo shows, for whoever does not see it, in at most 300 characters.")
        problems.append(Problem(text, column="alternative"))
    return problems
