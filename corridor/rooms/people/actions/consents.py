"""What persons agree to: the purposes and their sentences, and the receipts of who agreed and who took it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..fields import PersonField, is_own, require_field
from ..models import Consent, Need, Person, Purpose, PurposeBasis, PurposeText, Taking
from ..purposes import REGISTER_PHOTO
from ..refusals import ConsentNeeded, NotOpenToConsent
from .photos import forget_photos


@dataclass(frozen=True, kw_only=True)
class ConsentDraft:
    """``text`` is the sentence that was shown, in its version and language. ``document`` is the signed paper, where it was on paper."""

    person: Person
    text: PurposeText
    given_at: datetime
    taking: Taking = Taking.SELF
    document: Document | None = None


@transaction.atomic
def describe_purpose(
    *, code: str, legal_basis: PurposeBasis, need: Need, by: Actor, ended_on: date | None = None
) -> Purpose:
    """Write down a purpose, or what is known of it now. Its sentence: write_purpose_text."""
    by.require(Permission.PURPOSE_DESCRIBE)
    purpose, _ = Purpose.objects.update_or_create(
        code=code, defaults={"legal_basis": legal_basis, "need": need, "ended_on": ended_on}
    )
    log.record("people.purpose_described", by=by, subject=purpose)
    return purpose


@transaction.atomic
def write_purpose_text(*, purpose: Purpose, texts: Mapping[str, tuple[str, str]], on: date, by: Actor) -> int:
    """
    A new version of the sentence: by language, (title, text). Who agreed to an earlier version agreed to that one. Return its number.

    :raises BadInput: without any text, or for a language that is none.
    """
    by.require(Permission.PURPOSE_DESCRIBE)
    problems = [
        Problem(N_("“%(language)s” is no tag of a language."), {"language": language}, column="language")
        for language in texts
        if not is_language(language)
    ]
    if not texts or any(not title.strip() or not text.strip() for title, text in texts.values()):
        problems.append(Problem(N_("Write a title and a sentence in at least one language."), column="text"))
    if problems:
        raise BadInput(problems)
    held = Purpose.objects.select_for_update().get(pk=purpose.pk)
    version = (held.texts.aggregate(last=Max("version"))["last"] or 0) + 1
    PurposeText.objects.bulk_create(
        PurposeText(
            purpose=held, version=version, language=language, title=title.strip(), text=text.strip(), from_day=on
        )
        for language, (title, text) in texts.items()
    )
    log.record("people.purpose_text_written", by=by, subject=held)
    return version


def give_consent(*, draft: ConsentDraft, by: Actor) -> Consent:
    """Refuses as give_consents."""
    return give_consents(drafts=[draft], by=by)[0]


@transaction.atomic
def give_consents(*, drafts: Sequence[ConsentDraft], by: Actor) -> list[Consent]:
    """
    Write receipts. Who agrees to a newer sentence has the older receipt closed at that instant.

    The person agrees here for themself; anybody else writes down what was signed on paper.

    :raises NotOpenToConsent: for a purpose that has ended. :raises BadInput: if somebody else agrees without a paper.
    :raises WrongMoment: if a later receipt stands already.
    """
    _hold([draft.person for draft in drafts], by=by)
    problems = []
    for draft in drafts:
        ended = draft.text.purpose.ended_on
        if ended is not None and ended <= draft.given_at.date():
            raise NotOpenToConsent(N_("Nobody is asked for “%(purpose)s” any more."), purpose=draft.text.purpose.code)
        if draft.taking == Taking.SELF and not is_own(draft.person, by=by) and not _is_machine(by):
            problems.append(
                Problem(
                    N_("Only %(person)s agrees here; write down a consent on paper as one."),
                    {"person": draft.person.reference},
                    column="taking",
                )
            )
    if problems:
        raise BadInput(problems)
    pairs = {(draft.person.pk, draft.text.purpose_id): draft for draft in drafts}
    open_now = [
        each
        for each in Consent.objects.select_for_update(of=("self",))
        .select_related("purpose")
        .filter(person__in={key for key, _ in pairs}, withdrawn_at__isnull=True)
        if (each.person_id, each.purpose_id) in pairs
    ]
    for each in open_now:
        at = pairs[each.person_id, each.purpose_id].given_at
        if at < each.given_at:
            raise WrongMoment(N_("A later receipt for “%(purpose)s” stands already."), purpose=each.purpose.code)
        each.withdrawn_at, each.withdrawn_by = at, by.label
    Consent.objects.bulk_update(open_now, ["withdrawn_at", "withdrawn_by"], batch_size=500)
    made = [
        Consent(
            person=draft.person, purpose=draft.text.purpose, text=draft.text, taking=draft.taking,
            given_at=draft.given_at, taken_by=by.label, document=draft.document,
        )
        for draft in pairs.values()
    ]  # fmt: skip
    Consent.objects.bulk_create(made, batch_size=500)
    log.record_each("people.consent_given", by=by, subjects=[each.person for each in made])
    return made


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: Purpose, at: datetime, by: Actor) -> Consent:
    """
    Take a consent back, from that instant. What was done before stays done; a photo that was kept by it goes at once.

    :raises ConsentNeeded: if there is none that stands.
    """
    _hold([person], by=by)
    row = Consent.objects.select_for_update(of=("self",)).filter(
        person=person, purpose=purpose, withdrawn_at__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise ConsentNeeded(
            N_("%(person)s has not agreed to “%(purpose)s”."), person=person.reference, purpose=purpose.code
        )
    row.withdrawn_at, row.withdrawn_by = at, by.label
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if purpose.code == REGISTER_PHOTO:
        forget_photos(persons=[person.pk], by=by)
    log.record("people.consent_withdrawn", by=by, subject=person)
    return row


def _hold(persons: Sequence[Person], *, by: Actor) -> None:
    for person in persons:
        by.require(Permission.PERSON_EDIT, on=person)
        require_field(PersonField.CONSENTS, person, by=by)
    keys = sorted({person.pk for person in persons})
    for start in range(0, len(keys), 500):
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500]).order_by("pk"))


def _is_machine(by: Actor) -> bool:
    return by.holds_everywhere(Permission.PURPOSE_DESCRIBE) and by.user_id is None
