"""Call for contributions, send them in, judge them, decide, and tell the decision in a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.vocabularies.languages import FALLBACK, bcp47, is_language
from corridor.kernel.errors import AccessDenied, BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..delegate_refusals import NotOpen
from ..ledger import refuse_taken, require_loader
from ..lifecycle import ContributionStatus
from ..models import (
    Conference,
    Contribution,
    ContributionCall,
    ContributionLetter,
    ContributionReview,
    ContributionSpeaker,
)

DECISIONS = (ContributionStatus.ACCEPTED, ContributionStatus.WAITING, ContributionStatus.DECLINED)
# What the letter says, by the decision.
SAID = {
    ContributionStatus.ACCEPTED: N_("“%(title)s” (%(reference)s) is accepted for %(conference)s. You will find it on the agenda."),
    ContributionStatus.WAITING: N_("“%(title)s” (%(reference)s) is on the waiting list of %(conference)s. We write again when a place is free."),
    ContributionStatus.DECLINED: N_("“%(title)s” (%(reference)s) is not taken for %(conference)s this time. Thank you for offering it."),
}  # fmt: skip


class OwnContribution(AccessDenied):
    """Whoever speaks for a member does not judge what it offers."""


@dataclass(frozen=True)
class ContributionDraft:
    """``language`` is the one in which it will be held; ``speakers`` in their order. A ``reference`` only where it was kept elsewhere before."""

    conference: Conference
    member: Organisation
    title: str
    abstract: str
    language: str
    speakers: Sequence[str]
    reference: str = ""


@dataclass(frozen=True)
class JudgementDraft:
    """How an account judged, where that was kept elsewhere before."""

    contribution: Contribution
    user: User
    score: int
    note: str
    on: date


@transaction.atomic
def call_for_contributions(
    *, conference: Conference, opens_on: date, closes_before: date, by: Actor
) -> ContributionCall:
    """Say from when until when contributions may be sent in; said again, the new days count. :raises BadInput: for days that do not fit."""
    by.require(Permission.CONFERENCE_PLAN)
    if closes_before <= opens_on:
        raise BadInput([Problem(N_("The call ends after it begins."), column="closes_on")])
    if closes_before > conference.starts_on:
        raise BadInput([Problem(N_("The call ends before the conference begins."), column="closes_on")])
    call, _is_new = ContributionCall.objects.update_or_create(
        conference=conference, defaults={"opens_on": opens_on, "closes_before": closes_before}
    )
    log.record("conferences.contributions_called", by=by, subject=conference)
    return call


@transaction.atomic
def send_contribution(*, contribution: ContributionDraft, on: date, by: Actor) -> Contribution:
    """
    Offer to say something at a conference, for a member.

    :raises NotOpen: outside the days of the call. :raises BadInput: for what is missing, at its field.
    """
    by.require(Permission.CONTRIBUTION_SEND, on=contribution.member)
    conference = Conference.objects.select_for_update().get(pk=contribution.conference.pk)
    call = ContributionCall.objects.filter(conference=conference).first()
    if call is None or on < call.opens_on:
        raise NotOpen(N_("Contributions to %(conference)s are not called for yet."), conference=conference.reference)
    if on >= call.closes_before:
        raise NotOpen(
            N_("The call for contributions to %(conference)s is over. Ask the secretariat."),
            conference=conference.reference,
        )
    speakers = [name.strip() for name in contribution.speakers if name.strip()]
    problems = []
    if not contribution.title.strip() or len(contribution.title) > 250:
        problems.append(Problem(N_("Give it a title."), column="title"))
    if not contribution.abstract.strip() or len(contribution.abstract) > 5000:
        problems.append(Problem(N_("Say in a few sentences what it is about."), column="abstract"))
    if not is_language(contribution.language):
        problems.append(
            Problem(
                N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."), {"language": contribution.language},
                column="language",
            )
        )  # fmt: skip
    if not speakers or any(len(name) > 150 for name in speakers):
        problems.append(Problem(N_("Name at least one speaker, one a line."), column="speakers"))
    if problems:
        raise BadInput(problems)
    if contribution.reference:
        require_loader(by)
        refuse_taken(Contribution, [contribution.reference])
    reference = (
        contribution.reference
        or give_numbers(model=Contribution, prefix="CTB", days=[conference.starts_on], gate=Conference)[0]
    )
    made = Contribution.objects.create(
        reference=reference, status=ContributionStatus.SUBMITTED, conference=conference, member=contribution.member,
        title=contribution.title.strip(), abstract=contribution.abstract.strip(), language=contribution.language, sent_on=on, sent_by=by.label,
    )  # fmt: skip
    ContributionSpeaker.objects.bulk_create(
        ContributionSpeaker(contribution=made, place=place, name=name) for place, name in enumerate(speakers, start=1)
    )
    log.record("conferences.contribution_sent", by=by, subject=made)
    return made


@transaction.atomic
def judge_contribution(*, contribution: Contribution, score: int, note: str, on: date, by: Actor) -> ContributionReview:
    """
    Judge from 1 (no) to 5 (certainly).

    :raises OwnContribution: for whoever speaks for the member that offers it. :raises WrongMoment: once it is decided.
    :raises BadInput: for no such score.
    """
    by.require(Permission.CONTRIBUTION_REVIEW)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.member_id in by.keys_reached("member"):
        raise OwnContribution(
            N_("You speak for the member that offers %(contribution)s; somebody else judges it."),
            contribution=contribution.reference,
        )
    if contribution.status not in {ContributionStatus.SUBMITTED, ContributionStatus.WAITING}:
        raise _decided(contribution)
    if not 1 <= score <= 5:
        raise BadInput([Problem(N_("Judge from 1 to 5."), column="score")])
    if by.user_id is None:
        raise AccessDenied(N_("What you write here is written in your own name."))
    review, _is_new = ContributionReview.objects.update_or_create(
        contribution=contribution, user_id=by.user_id,
        defaults={"score": score, "note": note.strip()[:1000], "by_label": by.label, "reviewed_on": on},
    )  # fmt: skip
    log.record("conferences.contribution_judged", by=by, subject=contribution)
    return review


@transaction.atomic
def load_judgements(*, judgements: Sequence[JudgementDraft], by: Actor) -> int:
    """
    Write down how contributions were judged, where that was kept elsewhere before: each stays that of its account.

    :raises AccessDenied: for anyone but the loader. :raises BadInput: for no such score.
    """
    require_loader(by)
    if any(not 1 <= each.score <= 5 for each in judgements):
        raise BadInput([Problem(N_("Judge from 1 to 5."), column="score")])
    rows = [
        ContributionReview(
            contribution=each.contribution, user=each.user, score=each.score, note=each.note.strip()[:1000],
            by_label=each.user.username, reviewed_on=each.on,
        )
        for each in judgements
    ]  # fmt: skip
    ContributionReview.objects.bulk_create(rows)
    log.record_each("conferences.contribution_judged", by=by, subjects=[each.contribution for each in judgements])
    return len(rows)


@transaction.atomic
def decide_on_contribution(
    *, contribution: Contribution, to: ContributionStatus, on: date, by: Actor, reason: str = ""
) -> Contribution:
    """
    Accept, decline or put on the waiting list, and write the letter that says so, in the language of the contribution where we speak it.

    :raises BadInput: for no decision, or a declined one without a reason. :raises WrongMoment: before anybody judged it, or if its state does
    not lead there.
    """
    by.require(Permission.CONFERENCE_PLAN)
    contribution = (
        Contribution.objects.select_for_update(of=("self",)).select_related("conference").get(pk=contribution.pk)
    )
    if to not in DECISIONS:
        raise BadInput([Problem(N_("Accept it, decline it, or let it wait."), column="to")])
    if to == ContributionStatus.DECLINED and not reason.strip():
        raise BadInput([Problem(N_("Say why; the member reads it."), column="reason")])
    if not contribution.reviews.exists():
        raise WrongMoment(N_("Nobody has judged %(contribution)s yet."), contribution=contribution.reference)
    move(contribution, to=to, on=on, by=by, reason=reason.strip())
    _write_letter(contribution, to, on=on, reason=reason.strip())
    log.record("conferences.contribution_decided", by=by, subject=contribution)
    return contribution


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, on: date, by: Actor, reason: str = "") -> Contribution:
    """The member takes it back. :raises WrongMoment: if its state does not lead there."""
    by.require(Permission.CONTRIBUTION_SEND, on=contribution.member)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    move(contribution, to=ContributionStatus.WITHDRAWN, on=on, by=by, reason=reason.strip())
    log.record("conferences.contribution_withdrawn", by=by, subject=contribution)
    return contribution


def _decided(contribution: Contribution) -> WrongMoment:
    return WrongMoment(
        N_("%(contribution)s is “%(now)s”; it is not judged any more."), contribution=contribution.reference,
        now=contribution.get_status_display(),
    )  # fmt: skip


def _write_letter(contribution: Contribution, to: ContributionStatus, *, on: date, reason: str) -> None:
    spoken = next((code for code, _name in settings.LANGUAGES if bcp47(code) == contribution.language), FALLBACK)
    titles = {each.language: each.text for each in contribution.conference.titles.all()}
    with translation.override(spoken):
        filled = {
            "title": contribution.title, "reference": contribution.reference,
            "conference": titles.get(bcp47(spoken)) or titles.get("en") or contribution.conference.reference,
        }  # fmt: skip
        subject, body = gettext("The decision on your contribution %(reference)s") % filled, gettext(SAID[to]) % filled
    ContributionLetter.objects.create(
        contribution=contribution,
        language=bcp47(spoken),
        subject=subject,
        body=f"{body}\n\n{reason}".strip(),
        written_on=on,
    )
