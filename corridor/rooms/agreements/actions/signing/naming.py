"""Name the offices that sign for a party, and say how an agreement is signed."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, NotFound, Problem, StaleForm
from corridor.kernel.wording import N_

from ...drafts import SignerDraft
from ...holding import hold
from ...lifecycle import AgreementStatus
from ...models import Agreement, AgreementParty, Signature, Signer, SigningLink, SigningOrder
from ...refusals import AlreadySigned, NotProposed, SignerHasLeft

MOST_SIGNERS = 20
_OPEN = {AgreementStatus.DRAFT.value, AgreementStatus.PROPOSED.value}


@transaction.atomic
def name_signers(*, signers: Sequence[tuple[AgreementParty, SignerDraft]], at: datetime, by: Actor) -> list[Signer]:
    """
    Name offices that sign for a party, in a draft or before all have signed. From then on only named ones sign for it.

    :raises NotProposed: if it is signed or ended. :raises AlreadySigned: if that party has signed.
    :raises BadInput: for an office without a name, an address that is none, an address beside an account, or an office twice.
    """
    for party, _draft in signers:
        by.require(Permission.AGREEMENT_NAME_SIGNERS, on=party)
    _hold_open([party for party, _draft in signers])
    made = []
    for party, draft in signers:
        there = list(Signer.objects.filter(party=party, ended_at__isnull=True))
        problems = _faults_of(draft, there)
        if problems:
            raise BadInput(problems)
        made.append(
            Signer.objects.create(
                party=party, position=draft.position or len(there) + 1, office=draft.office.strip(),
                person_name=draft.person_name.strip(), email=draft.email.strip(), language=draft.language,
                account_id=draft.account, named_by=by.label, named_at=at,
            )
        )  # fmt: skip
        if draft.account is not None:
            link = f"/agreements/{party.agreement.reference}/signers/"
            tell(Event.SIGNER_NAMED, to=[draft.account], about=party.agreement.reference, link=link, at=at, by=by)
    log.record_each("agreements.signer_named", by=by, subjects=made)
    return made


def name_signer(*, party: AgreementParty, draft: SignerDraft, at: datetime, by: Actor) -> Signer:
    return name_signers(signers=[(party, draft)], at=at, by=by)[0]


@transaction.atomic
def change_signer(*, signer: Signer, draft: SignerDraft, at: datetime, by: Actor) -> Signer:
    """
    Put what is known of a signer anew. A link that was sent to another address ends.

    :raises AlreadySigned: if it has signed. :raises SignerHasLeft: if it signs no more. :raises BadInput: as in name_signers.
    """
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=signer.party)
    _hold_open([signer.party])
    signer = _require_unsigned(signer)
    there = list(Signer.objects.filter(party=signer.party_id, ended_at__isnull=True).exclude(pk=signer.pk))
    problems = _faults_of(draft, there)
    if problems:
        raise BadInput(problems)
    if signer.email != draft.email.strip():
        _end_links(signer, at=at)
    signer.position = draft.position or signer.position
    signer.office, signer.person_name = draft.office.strip(), draft.person_name.strip()
    signer.email, signer.language, signer.account_id = draft.email.strip(), draft.language, draft.account
    signer.save(update_fields=["position", "office", "person_name", "email", "language", "account"])
    log.record("agreements.signer_changed", by=by, subject=signer)
    return signer


@transaction.atomic
def end_signer(*, signer: Signer, at: datetime, by: Actor) -> Signer:
    """
    The office signs for the party no more: its link opens nothing, its name and address go. Where it was the last that was named,
    whoever speaks for the party signs again.

    :raises AlreadySigned: if it has signed. :raises SignerHasLeft: if that was said before.
    """
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=signer.party)
    _hold_open([signer.party])
    signer = _require_unsigned(signer)
    _end_links(signer, at=at)
    signer.ended_at, signer.email, signer.person_name = at, "", ""
    signer.save(update_fields=["ended_at", "email", "person_name"])
    log.record("agreements.signer_ended", by=by, subject=signer)
    return signer


@transaction.atomic
def set_signing(*, agreement: Agreement, quorum: int, order: str, read: tuple[int, str], by: Actor) -> Agreement:
    """
    Say how many signers of each party sign, and whether one after another. ``read`` is what stood there when the form was opened.

    :raises NotProposed: if it is signed or ended. :raises AlreadySigned: if somebody has signed: then it stays as it was.
    :raises StaleForm: if somebody else said otherwise since. :raises BadInput: for a number that is none.
    """
    by.require(Permission.AGREEMENT_DRAFT)
    (agreement,) = hold([agreement.pk])
    _require_open(agreement)
    if Signature.objects.filter(party__agreement=agreement, superseded_at__isnull=True).exists():
        raise AlreadySigned(
            N_("Somebody has signed %(agreement)s; how it is signed stays as it is."), agreement=agreement.reference
        )
    now = (agreement.quorum, agreement.signing_order)
    if now != read:
        raise StaleForm(
            N_("Somebody has said otherwise how %(agreement)s is signed since you opened this form."),
            theirs=f"{now[0]}, {now[1]}", yours=f"{read[0]}, {read[1]}", agreement=agreement.reference,
        )  # fmt: skip
    problems = []
    if not 1 <= quorum <= MOST_SIGNERS:
        problems.append(
            Problem(N_("Between 1 and %(most)s signers sign for a party."), {"most": MOST_SIGNERS}, column="quorum")
        )
    if order not in SigningOrder.values:
        problems.append(Problem(N_("Choose how it is signed: all at once, or one after another."), column="order"))
    if problems:
        raise BadInput(problems)
    agreement.quorum, agreement.signing_order = quorum, order
    agreement.save(update_fields=["quorum", "signing_order"])
    changes = [
        FieldChange("quorum", str(now[0]), str(quorum)), FieldChange("signing_order", now[1], order),
    ]  # fmt: skip
    log.record("agreements.signing_set", by=by, subject=agreement, changes=[c for c in changes if c.before != c.after])
    return agreement


def _hold_open(parties: Sequence[AgreementParty]) -> None:
    for agreement in hold(party.agreement_id for party in parties):
        _require_open(agreement)
    signed = AgreementParty.objects.filter(pk__in=[party.pk for party in parties], signed_on__isnull=False)
    done = signed.select_related("organisation", "agreement").first()
    if done is not None:
        raise AlreadySigned(
            N_("%(member)s signed %(agreement)s on %(day)s."), member=done.organisation.reference,
            agreement=done.agreement.reference, day=done.signed_on,
        )  # fmt: skip


def _require_open(agreement: Agreement) -> None:
    if agreement.status not in _OPEN:
        raise NotProposed(
            N_("%(agreement)s is “%(now)s”; who signs it, and how, stays as it is."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip


def _require_unsigned(signer: Signer) -> Signer:
    found = (
        Signer.objects.select_for_update(of=("self",))
        .select_related("party__organisation")
        .filter(pk=signer.pk)
        .first()
    )
    if found is None:
        raise NotFound(N_("There is no such signer."))
    places: dict[str, object] = {"office": found.office, "member": found.party.organisation.reference}
    if found.ended_at is not None:
        raise SignerHasLeft(N_("“%(office)s” signs for %(member)s no more. Ask the secretariat who does."), **places)
    done = found.signatures.filter(superseded_at__isnull=True).first()
    if done is not None:
        raise AlreadySigned(
            N_("“%(office)s” has signed for %(member)s on %(day)s and stays as it is."), **places, day=done.signed_on
        )
    return found


def _end_links(signer: Signer, *, at: datetime) -> None:
    SigningLink.objects.filter(signer=signer, used_at__isnull=True, ended_at__isnull=True).update(ended_at=at)


def _faults_of(draft: SignerDraft, there: Sequence[Signer]) -> list[Problem]:
    faults = []
    office, email = draft.office.strip(), draft.email.strip()
    if not office or len(office) > 150:
        faults.append(Problem(N_("Say in which office it is signed, for example “President”."), column="office"))
    if len(draft.person_name) > 150:
        faults.append(Problem(N_("The name is longer than is kept (150 characters)."), column="person_name"))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            faults.append(Problem(N_("“%(email)s” is no e-mail address."), {"email": email}, column="email"))
    if email and draft.account is not None:
        faults.append(
            Problem(N_("Who has an account signs with it; leave the address empty, or the account."), column="email")
        )
    if draft.language not in dict(settings.LANGUAGES):
        faults.append(
            Problem(N_("The product does not speak %(language)s."), {"language": draft.language}, column="language")
        )
    if draft.position is not None and not 1 <= draft.position <= 500:
        faults.append(Problem(N_("The place in the order is a number from 1 to 500."), column="position"))
    if any(each.office == office for each in there):
        faults.append(Problem(N_("“%(office)s” is named already."), {"office": office}, column="office"))
    if draft.account is not None and any(each.account_id == draft.account for each in there):
        faults.append(Problem(N_("This account is named already."), column="account"))
    if len(there) >= MOST_SIGNERS:
        faults.append(Problem(N_("A party has at most %(most)s signers."), {"most": MOST_SIGNERS}, column="office"))
    return faults
