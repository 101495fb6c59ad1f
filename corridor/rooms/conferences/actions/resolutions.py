"""Write down what a conference decided and its minutes, say what was carried out, and approve as the second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..ledger import SameHand, refuse_taken, require_loader
from ..lifecycle import ConferenceStatus, ResolutionStatus
from ..models import Conference, Minutes, Resolution, ResolutionText

LONGEST_MINUTES = 50_000


@dataclass(frozen=True)
class ResolutionDraft:
    """Without an owner the secretariat carries it out. ``texts`` by language. Without a reference it gets the next of its year."""

    conference: Conference
    texts: Mapping[str, str]
    resolved_on: date
    due_on: date
    owner: Organisation | None = None
    reference: str = ""


@transaction.atomic
def resolve(*, resolutions: Sequence[ResolutionDraft], by: Actor) -> list[Resolution]:
    """
    Write down what was decided.

    :raises BadInput: for one without words, before its conference, or due before it was decided. :raises NumberTaken: as its name says.
    """
    by.require(Permission.CONFERENCE_PLAN)
    problems = []
    for draft in resolutions:
        if not any(text.strip() for text in draft.texts.values()):
            problems.append(Problem(N_("Write what was decided."), column="text_en"))
        if draft.resolved_on < draft.conference.starts_on:
            problems.append(Problem(N_("A conference decides nothing before its first day."), column="resolved_on"))
        if draft.due_on < draft.resolved_on:
            problems.append(Problem(N_("It is due on the day of the decision or later."), column="due_on"))
    if problems:
        raise BadInput(problems)
    unnumbered = [draft.resolved_on for draft in resolutions if not draft.reference]
    numbers = iter(give_numbers(model=Resolution, prefix="RES", days=unnumbered, gate=Conference))
    references = [draft.reference or next(numbers) for draft in resolutions]
    refuse_taken(Resolution, references)
    made = Resolution.objects.bulk_create(
        Resolution(
            reference=reference, status=ResolutionStatus.OPEN, conference=draft.conference, owner=draft.owner,
            resolved_on=draft.resolved_on, due_on=draft.due_on,
        )
        for reference, draft in zip(references, resolutions, strict=True)
    )  # fmt: skip
    ResolutionText.objects.bulk_create(
        ResolutionText(resolution=resolution, language=language, text=text.strip())
        for resolution, draft in zip(made, resolutions, strict=True)
        for language, text in draft.texts.items()
        if text.strip()
    )
    log.record_each("conferences.resolved", by=by, subjects=made)
    return made


@transaction.atomic
def settle_resolution(*, resolution: Resolution, to: ResolutionStatus, on: date, by: Actor, reason: str) -> Resolution:
    """
    Say that it was carried out and how, or that it is dropped and why; dropping is the secretariat's.

    :raises BadInput: without a word. :raises WrongMoment: if it is settled, or that day is before the decision.
    """
    if to == ResolutionStatus.DROPPED:
        by.require(Permission.CONFERENCE_PLAN)
    by.require(Permission.RESOLUTION_SETTLE, on=resolution)
    resolution = Resolution.objects.select_for_update().get(pk=resolution.pk)
    if not reason.strip():
        raise BadInput([Problem(N_("Say how it was carried out, or why it is dropped."), column="reason")])
    if on < resolution.resolved_on:
        raise WrongMoment(
            N_("%(resolution)s was decided on %(day)s; nothing came of it before."),
            resolution=resolution.reference,
            day=resolution.resolved_on,
        )
    move(resolution, to=to, on=on, by=by, reason=reason.strip())
    log.record("conferences.resolution_settled", by=by, subject=resolution)
    return resolution


@transaction.atomic
def write_minutes(
    *,
    conference: Conference,
    language: str,
    text: str,
    on: date,
    by: Actor,
    made_by: str = "",
    approved_by: str = "",
    approved_on: date | None = None,
) -> Minutes:
    """
    Write the minutes in one language, or write them anew while nobody has approved them. The last three are for records kept elsewhere before.

    :raises WrongMoment: before the conference took place, or once they are approved. :raises BadInput: without words or for no language.
    """
    by.require(Permission.CONFERENCE_PLAN)
    if made_by or approved_by:
        require_loader(by)
    if conference.status != ConferenceStatus.HELD:
        raise WrongMoment(
            N_("%(conference)s has not taken place yet; there is nothing to write down."),
            conference=conference.reference,
        )
    problems = []
    if not is_language(language):
        problems.append(
            Problem(N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."), {"language": language}, column="language")
        )  # fmt: skip
    if not text.strip() or len(text) > LONGEST_MINUTES:
        problems.append(
            Problem(
                N_("Write what was said and decided, in at most %(most)s characters."),
                {"most": LONGEST_MINUTES},
                column="text",
            )
        )
    if problems:
        raise BadInput(problems)
    standing = Minutes.objects.select_for_update().filter(conference=conference, language=language).first()
    if standing is not None and standing.approved_by:
        raise WrongMoment(
            N_("These minutes were approved on %(day)s; they stay as they are."), day=standing.approved_on
        )
    minutes = standing or Minutes(conference=conference, language=language)
    minutes.text, minutes.written_on, minutes.written_by = text.strip(), on, made_by or by.label
    minutes.approved_by, minutes.approved_on = approved_by, approved_on
    minutes.save()
    log.record("conferences.minutes_written", by=by, subject=conference)
    return minutes


@transaction.atomic
def approve_minutes(*, minutes: Minutes, on: date, by: Actor) -> Minutes:
    """
    Stand for the minutes as the second person; from now on anyone reads them.

    :raises SameHand: for whoever wrote them. :raises WrongMoment: if somebody has.
    """
    by.require(Permission.MINUTES_APPROVE)
    minutes = Minutes.objects.select_for_update(of=("self",)).select_related("conference").get(pk=minutes.pk)
    if minutes.approved_by:
        raise WrongMoment(N_("These minutes were approved on %(day)s; they stay as they are."), day=minutes.approved_on)
    if minutes.written_by == by.label:
        raise SameHand(N_("You wrote these minutes yourself; a second person has to approve them."))
    minutes.approved_by, minutes.approved_on = by.label, on
    minutes.save(update_fields=["approved_by", "approved_on"])
    log.record("conferences.minutes_approved", by=by, subject=minutes.conference)
    return minutes
