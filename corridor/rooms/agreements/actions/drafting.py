"""Write an agreement, until it is put before its parties."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange, differences, values_of
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.wording import N_

from ..amendments import require_same_parties, take_up
from ..drafts import AgreementDraft, LineDraft, PartyDraft, TextDraft
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..making import make_drafts
from ..models import Agreement, AgreementLine, AgreementParty, AgreementText
from ..refusals import NotAParty, NotProposed
from ..sides import require_writer
from ..templates import filled
from ..writing import faults_of, name_all_parties, rewrite, write_all_lines, write_all_texts

PERIOD = ("starts_on", "ends_before", "announcement_id")


@transaction.atomic
def draft_agreements(*, agreements: Sequence[AgreementDraft], by: Actor) -> list[Agreement]:
    """
    :raises ReferenceTaken: if a reference is in use. :raises BadInput: if one ends before it starts, or names a thing twice.
    """
    by.require(Permission.AGREEMENT_DRAFT)
    return make_drafts([filled(draft) if draft.kind else draft for draft in agreements], by=by)


def draft_agreement(*, agreement: AgreementDraft, by: Actor) -> Agreement:
    return draft_agreements(agreements=[agreement], by=by)[0]


@transaction.atomic
def write_texts(*, texts: Sequence[tuple[Agreement, TextDraft]], by: Actor) -> int:
    """Add language versions to drafts. :raises NotProposed: if one is past its draft. :raises BadInput: for a language twice."""
    by.require(Permission.AGREEMENT_DRAFT)
    held = _hold_drafts(agreement for agreement, _ in texts)
    there = set(AgreementText.objects.filter(agreement__in=held).values_list("agreement", "language"))
    given = [(agreement.pk, text.language) for agreement, text in texts]
    _refuse_twice(
        [(agreement.reference, text.language) for agreement, text in texts if (agreement.pk, text.language) in there]
        + [(texts[place][0].reference, key[1]) for place, key in enumerate(given) if key in given[:place]],
        N_("%(agreement)s has a text in “%(thing)s” already."),
    )
    write_all_texts(texts)
    log.record_each("agreements.text_written", by=by, subjects=held)
    return len(texts)


@transaction.atomic
def write_lines(*, lines: Sequence[tuple[Agreement, LineDraft]], by: Actor) -> int:
    """Add numbered lines to drafts. :raises NotProposed: if one is past its draft. :raises BadInput: for a number twice in a language."""
    by.require(Permission.AGREEMENT_DRAFT)
    held = _hold_drafts(agreement for agreement, _ in lines)
    rows = AgreementLine.objects.filter(agreement__in=held)
    there = set(rows.values_list("agreement", "number", "language"))
    given = [(agreement.pk, line.number, line.language) for agreement, line in lines]
    _refuse_twice(
        [
            (agreement.reference, str(line.number))
            for place, (agreement, line) in enumerate(lines)
            if given[place] in there or given[place] in given[:place]
        ],
        N_("%(agreement)s has a line %(thing)s in this language already."),
    )
    write_all_lines(lines)
    log.record_each("agreements.lines_written", by=by, subjects=held)
    return len(lines)


@transaction.atomic
def name_parties(*, parties: Sequence[tuple[Agreement, PartyDraft]], by: Actor) -> int:
    """Add parties to drafts. :raises NotProposed: if one is past its draft. :raises BadInput: for a member twice."""
    by.require(Permission.AGREEMENT_DRAFT)
    held = _hold_drafts(agreement for agreement, _ in parties)
    there = set(AgreementParty.objects.filter(agreement__in=held).values_list("agreement", "organisation"))
    given = [(agreement.pk, party.organisation.pk) for agreement, party in parties]
    _refuse_twice(
        [
            (agreement.reference, party.organisation.reference)
            for place, (agreement, party) in enumerate(parties)
            if given[place] in there or given[place] in given[:place]
        ],
        N_("%(thing)s is a party to %(agreement)s already."),
    )
    name_all_parties(parties)
    log.record_each("agreements.parties_named", by=by, subjects=held)
    return len(parties)


@transaction.atomic
def revise_draft(
    *, agreement: Agreement, draft: AgreementDraft, version: int, by: Actor, base: int | None = None
) -> Agreement:
    """
    Put a draft anew: period, announcement, texts, lines and parties as given; its reference stays.

    :param base: of an amendment: the version of what it amends that the writer has read and taken up.

    :raises StaleForm: if somebody revised it since ``version`` was read. :raises NotProposed: if it is past its draft.
    """
    require_writer(agreement, by=by)
    (agreement,) = _hold_drafts([agreement])
    if agreement.version != version:
        raise StaleForm(
            N_("Somebody has revised %(agreement)s since you opened this form."),
            theirs=str(agreement.version), yours=str(version), agreement=agreement.reference,
        )  # fmt: skip
    if problems := faults_of(draft):
        raise BadInput(problems)
    if agreement.amends_id is not None:
        require_same_parties(agreement, draft)
        take_up(agreement, base)
    _require_owing_parties(agreement, draft)
    before = values_of(agreement, PERIOD)
    agreement.version = version + 1
    agreement.save(update_fields=["version"])
    rewrite(agreement, draft)
    # Texts and parties are put anew whole; that they were is all the log says of them.
    changes = [*differences(before, values_of(agreement, PERIOD)), FieldChange("texts"), FieldChange("lines")]
    changes.append(FieldChange("parties"))
    log.record("agreements.revised", by=by, subject=agreement, changes=changes)
    return agreement


def _require_owing_parties(agreement: Agreement, draft: AgreementDraft) -> None:
    stay = [party.organisation.pk for party in draft.parties]
    owed = agreement.obligations.exclude(organisation__in=stay).select_related("organisation").first()
    if owed is not None:
        raise NotAParty(
            N_("%(member)s owes something under %(agreement)s; it stays a party."),
            member=owed.organisation.reference, agreement=agreement.reference,
        )  # fmt: skip


def _hold_drafts(agreements: Iterable[Agreement]) -> list[Agreement]:
    held = hold(agreement.pk for agreement in agreements)
    for agreement in held:
        if agreement.status != AgreementStatus.DRAFT:
            raise NotProposed(
                N_("%(agreement)s is “%(now)s”; its text and its parties stay as they are."),
                agreement=agreement.reference, now=agreement.get_status_display(),
            )  # fmt: skip
    return held


def _refuse_twice(found: Sequence[tuple[str, str]], message: str) -> None:
    if found:
        raise BadInput([Problem(message, {"agreement": agreement, "thing": thing}) for agreement, thing in found])
