"""A brand looks at a place: its criteria, what a panel found, and what is put right; and what a place says of its rooms and address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..models import (
    Brand,
    Correction,
    Criterion,
    CriterionText,
    Finding,
    Listing,
    Met,
    Review,
    Site,
    SiteAddress,
    SiteRoom,
    Verdict,
)
from ..refusals import NotListedThen, WrittenAlready


@dataclass(frozen=True)
class CriterionDraft:
    """``texts`` maps a language (BCP 47) to the wording."""

    brand: Brand
    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class FindingDraft:
    criterion: Criterion
    met: str
    words: str = ""


@dataclass(frozen=True)
class CorrectionDraft:
    what: str
    owner: Organisation
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class ReviewDraft:
    """``valid_before`` is the first day on which it no longer holds; None where it has no end."""

    listing: Listing
    held_on: date
    panel: str
    verdict: str
    valid_before: date | None
    findings: Sequence[FindingDraft]
    corrections: Sequence[CorrectionDraft] = ()
    upload: Upload | None = None


@transaction.atomic
def describe_criteria(*, criteria: Sequence[CriterionDraft], by: Actor) -> list[Criterion]:
    """Write down what brands look at; a criterion that stands gets the new wording. :raises BadInput: without a wording."""
    by.require(Permission.SITE_CHANGE_STATE)
    found = []
    for draft in criteria:
        if not draft.code.strip() or not any(text.strip() for text in draft.texts.values()):
            raise BadInput([Problem(N_("A criterion has a code and a wording."), column="code")])
        row = Criterion.objects.filter(brand=draft.brand, code=draft.code).first()
        if row is None:
            last = Criterion.objects.filter(brand=draft.brand).order_by("-position").first()
            row = Criterion.objects.create(
                brand=draft.brand, code=draft.code, position=last.position + 1 if last else 1
            )
        for language, text in draft.texts.items():
            CriterionText.objects.update_or_create(criterion=row, language=language, defaults={"text": text})
        found.append(row)
    log.record_each("sites.criteria_described", by=by, subjects=found)
    return found


@transaction.atomic
def review_listing(*, review: ReviewDraft, at: datetime, by: Actor) -> Review:
    """
    Write down what a panel found and decided. The first acceptance accepts the listing from that day.

    :raises NotListedThen: if the place does not stand under the brand that day. :raises WrittenAlready: if that day has its review.
    :raises BadInput: without a finding for every criterion, for acceptance of what is not met, or for nothing to put right.
    """
    by.require(Permission.SITE_CHANGE_STATE)
    rows = Listing.objects.select_for_update(of=("self",)).select_related("site", "brand")
    listing = rows.filter(pk=review.listing.pk).first()
    if listing is None:
        raise NotFound(N_("There is no such listing."))
    places: dict[str, object] = {
        "site": listing.site.reference,
        "brand": listing.brand.name,
        "day": review.held_on,
    }
    if not listing.is_in_force(on=review.held_on):
        raise NotListedThen(N_("%(site)s does not stand under %(brand)s on %(day)s."), **places)
    if Review.objects.filter(listing=listing, held_on=review.held_on).exists():
        raise WrittenAlready(N_("%(site)s was looked at for %(brand)s on %(day)s already."), **places)
    if problems := _problems_of(review):
        raise BadInput(problems)
    made = Review.objects.create(
        listing=listing, held_on=review.held_on, panel=review.panel.strip(), verdict=review.verdict,
        valid_before=review.valid_before,
        document=receive(review.upload, at=at, by=by) if review.upload else None,
    )  # fmt: skip
    Finding.objects.bulk_create(
        [
            Finding(review=made, criterion=each.criterion, met=each.met, words=each.words.strip())
            for each in review.findings
        ]
    )
    Correction.objects.bulk_create(
        [
            Correction(review=made, what=each.what.strip(), owner=each.owner, due_on=each.due_on, done_on=each.done_on)
            for each in review.corrections
        ]
    )
    if review.verdict != Verdict.REFUSED and listing.accepted_on is None:
        listing.accepted_on = review.held_on
        listing.save(update_fields=["accepted_on"])
        log.record("sites.listing_accepted", by=by, subject=listing)
    log.record("sites.listing_reviewed", by=by, subject=made)
    return made


@transaction.atomic
def finish_correction(*, correction: Correction, on: date, by: Actor) -> Correction:
    """It was put right that day: by the staff of the site or the secretariat. :raises WrongMoment: if it was, or before the review."""
    rows = Correction.objects.select_for_update(of=("self",)).select_related("review__listing__site")
    found = rows.filter(pk=correction.pk).first()
    if found is None:
        raise NotFound(N_("There is nothing such to put right."))
    by.require(Permission.SITE_EDIT, on=found)
    if found.done_on is not None or on < found.review.held_on:
        raise WrongMoment(N_("It was put right already, or the day is before the review."))
    found.done_on = on
    found.save(update_fields=["done_on"])
    log.record("sites.put_right", by=by, subject=found)
    return found


@transaction.atomic
def describe_room(*, site: Site, name: str, capacity: int, by: Actor) -> SiteRoom:
    """A room that stands gets the new number of people. :raises BadInput: without a name, or for nobody."""
    by.require(Permission.SITE_EDIT, on=site)
    if not name.strip() or not 1 <= capacity <= 5_000:
        raise BadInput([Problem(N_("A room has a name and holds 1 to 5000 people."), column="capacity")])
    room, _is_new = SiteRoom.objects.update_or_create(site=site, name=name.strip(), defaults={"capacity": capacity})
    log.record("sites.room_described", by=by, subject=room)
    return room


@transaction.atomic
def write_address(*, site: Site, language: str, text: str, by: Actor) -> SiteAddress:
    """In the form of its country, once in each language; what stands is replaced. :raises BadInput: for no language or no text."""
    by.require(Permission.SITE_EDIT, on=site)
    problems = []
    if not is_language(language):
        problems.append(
            Problem(
                N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."),
                {"language": language},
                column="language",
            )
        )
    if not text.strip() or len(text) > 300:
        problems.append(Problem(N_("Write the address in at most %(most)s characters."), {"most": 300}, column="text"))
    if problems:
        raise BadInput(problems)
    row, _is_new = SiteAddress.objects.update_or_create(site=site, language=language, defaults={"text": text.strip()})
    log.record("sites.address_written", by=by, subject=site)
    return row


def _problems_of(review: ReviewDraft) -> list[Problem]:
    problems = []
    if not review.panel.strip():
        problems.append(Problem(N_("Say which offices sat in the panel."), column="panel"))
    if review.verdict not in Verdict:
        problems.append(Problem(N_("Say what the panel decided."), column="verdict"))
    if review.valid_before is not None and review.valid_before <= review.held_on:
        problems.append(Problem(N_("It holds at least on the day of the review."), column="valid_until"))
    if any(each.met not in Met for each in review.findings):
        problems.append(Problem(N_("Say of each criterion whether it is met."), column="findings"))
    wanted = set(Criterion.objects.filter(brand=review.listing.brand_id).values_list("pk", flat=True))
    if {each.criterion.pk for each in review.findings} != wanted or len(review.findings) != len(wanted):
        problems.append(Problem(N_("Say of each criterion whether it is met."), column="findings"))
    not_met = [each.criterion.code for each in review.findings if each.met == Met.NOT_MET]
    if review.verdict == Verdict.ACCEPTED and not_met:
        text = N_("%(criterion)s is not met: accept it with something to put right, or not.")
        problems.append(Problem(text, {"criterion": not_met[0]}, column="verdict"))
    if review.verdict == Verdict.WITH_ACTIONS and not review.corrections:
        problems.append(Problem(N_("Say what must be put right, by whom and by which day."), column="corrections"))
    if any(not each.what.strip() or each.due_on < review.held_on for each in review.corrections):
        text = N_("What must be put right is said in words, and due after the review.")
        problems.append(Problem(text, column="corrections"))
    return problems
