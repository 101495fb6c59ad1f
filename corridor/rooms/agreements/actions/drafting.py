"""Write an agreement, and put its text before the parties."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange, differences, values_of
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_active

from ..canonical import hash_of
from ..drafts import AgreementDraft, PartyDraft, TextDraft
from ..holding import hold
from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementParty, AgreementText
from ..refusals import NotAParty, NothingToSign, NotProposed, PartyIsNotAMember, ReferenceTaken

PERIOD = ("starts_on", "ends_before", "announcement_id")


@transaction.atomic
def draft_agreements(*, agreements: Sequence[AgreementDraft], by: Actor) -> list[Agreement]:
    """
    :raises ReferenceTaken: if a reference is in use. :raises BadInput: if one ends before it starts, or names a thing twice.
    """
    by.require(Permission.AGREEMENT_DRAFT)
    problems = [problem for draft in agreements for problem in _faults_of(draft)]
    if problems:
        raise BadInput(problems)
    unnumbered = [draft.starts_on for draft in agreements if not draft.reference]
    numbers = iter(give_numbers(model=Agreement, prefix="AGR", days=unnumbered, gate=Organisation))
    references = [draft.reference or next(numbers) for draft in agreements]
    taken = Agreement.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is an agreement %(reference)s already."), reference=again)
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                id=draft.key or new_id(), reference=reference, status=AgreementStatus.DRAFT, announcement=draft.announcement,
                starts_on=draft.starts_on, ends_before=draft.ends_before, source_mark=draft.source_mark,
            )
            for reference, draft in zip(references, agreements, strict=True)
        ]
    )  # fmt: skip
    pairs = list(zip(made, agreements, strict=True))
    _write([(agreement, text) for agreement, draft in pairs for text in draft.texts])
    _name([(agreement, party) for agreement, draft in pairs for party in _placed(draft.parties)])
    log.record_each("agreements.drafted", by=by, subjects=made)
    return made


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
    _write(texts)
    log.record_each("agreements.text_written", by=by, subjects=held)
    return len(texts)


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
    _name(parties)
    log.record_each("agreements.parties_named", by=by, subjects=held)
    return len(parties)


@transaction.atomic
def revise_draft(*, agreement: Agreement, draft: AgreementDraft, version: int, by: Actor) -> Agreement:
    """
    Put a draft anew: period, announcement, texts and parties as given; its reference stays.

    :raises StaleForm: if somebody revised it since ``version`` was read. :raises NotProposed: if it is past its draft.
    """
    by.require(Permission.AGREEMENT_DRAFT)
    (agreement,) = _hold_drafts([agreement])
    if agreement.version != version:
        raise StaleForm(
            N_("Somebody has revised %(agreement)s since you opened this form."),
            theirs=str(agreement.version), yours=str(version), agreement=agreement.reference,
        )  # fmt: skip
    if problems := _faults_of(draft):
        raise BadInput(problems)
    _require_owing_parties(agreement, draft)
    before = values_of(agreement, PERIOD)
    agreement.starts_on, agreement.ends_before = draft.starts_on, draft.ends_before
    agreement.announcement, agreement.version = draft.announcement, version + 1
    agreement.save(update_fields=["starts_on", "ends_before", "announcement", "version"])
    agreement.texts.all().delete()
    agreement.parties.all().delete()
    _write([(agreement, text) for text in draft.texts])
    _name([(agreement, party) for party in _placed(draft.parties)])
    # Texts and parties are put anew whole; that they were is all the log says of them.
    changes = [*differences(before, values_of(agreement, PERIOD)), FieldChange("texts"), FieldChange("parties")]
    log.record("agreements.revised", by=by, subject=agreement, changes=changes)
    return agreement


@transaction.atomic
def propose_agreements(*, proposals: Sequence[tuple[Agreement, date]], by: Actor) -> list[Agreement]:
    """
    Fix the canonical form and its hash, each on its day. From now on the text does not change; parties can sign it.

    :raises NothingToSign: without a text, or with fewer than two parties. :raises WrongMoment: if it is no draft.
    :raises PartyIsNotAMember: names a party that is no active member on that day.
    """
    by.require(Permission.AGREEMENT_PROPOSE)
    held = {row.pk: row for row in hold(agreement.pk for agreement, _ in proposals)}
    prefetch_related_objects(list(held.values()), "texts", "parties__organisation", "announcement")
    for agreement in held.values():
        if not agreement.texts.all() or len(agreement.parties.all()) < 2:
            raise NothingToSign(
                N_("%(agreement)s needs a text, and two parties or more, before it is proposed."),
                agreement=agreement.reference,
            )
        agreement.canonical_hash = hash_of(agreement)
    require_active(
        ((party.organisation, on) for agreement, on in proposals for party in held[agreement.pk].parties.all()),
        refusal=PartyIsNotAMember,
    )
    # Before the status: the table refuses a proposed agreement without a hash.
    Agreement.objects.bulk_update(held.values(), ["canonical_hash"])
    take_steps([Step(held[agreement.pk], AgreementStatus.PROPOSED, on) for agreement, on in proposals], by=by)
    log.record_each("agreements.proposed", by=by, subjects=list(held.values()))
    return list(held.values())


def propose_agreement(*, agreement: Agreement, on: date, by: Actor) -> Agreement:
    return propose_agreements(proposals=[(agreement, on)], by=by)[0]


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


def _write(texts: Iterable[tuple[Agreement, TextDraft]]) -> None:
    AgreementText.objects.bulk_create(
        [
            AgreementText(
                agreement=agreement, language=text.language, title=text.title.strip(), standing=text.standing,
                body=text.body.replace("\r\n", "\n").strip(),
            )
            for agreement, text in texts
        ],
        batch_size=500,
    )  # fmt: skip


def _name(parties: Iterable[tuple[Agreement, PartyDraft]]) -> None:
    AgreementParty.objects.bulk_create(
        [
            AgreementParty(
                agreement=agreement, organisation=party.organisation, position=party.position or 1, role=party.role
            )
            for agreement, party in parties
        ],
        batch_size=500,
    )


def _placed(parties: Sequence[PartyDraft]) -> list[PartyDraft]:
    return [
        PartyDraft(party.organisation, party.role, party.position or place)
        for place, party in enumerate(parties, start=1)
    ]


def _refuse_twice(found: Sequence[tuple[str, str]], message: str) -> None:
    if found:
        raise BadInput([Problem(message, {"agreement": agreement, "thing": thing}) for agreement, thing in found])


def _faults_of(draft: AgreementDraft) -> list[Problem]:
    faults = []
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        faults.append(Problem(N_("An agreement ends on or after its first day."), column="ends_before"))
    languages = [text.language for text in draft.texts]
    if len(set(languages)) < len(languages):
        faults.append(Problem(N_("There is one text in a language, not two."), column="language"))
    members = [party.organisation.pk for party in draft.parties]
    if len(set(members)) < len(members):
        faults.append(Problem(N_("A member is a party once."), column="organisation"))
    if any(not text.title.strip() or not text.body.strip() for text in draft.texts):
        faults.append(Problem(N_("A text has a title and says something."), column="body"))
    return faults
