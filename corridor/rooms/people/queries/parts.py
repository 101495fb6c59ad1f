"""The parts of a person's record, each for who may see it (fields.py), and what a person has agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..fields import PersonField, fields_seen
from ..merging import same_person_ids
from ..models import CertificateName, Consent, ContactChannel, PaperSeen, Person, Purpose, PurposeText


@dataclass(frozen=True)
class ConsentState:
    """One purpose for one person: the sentence that would be shown now, the receipt that stands, and all earlier ones, latest first."""

    purpose: Purpose
    text: PurposeText | None
    standing: Consent | None
    history: tuple[Consent, ...]

    @property
    def shown(self) -> PurposeText | None:
        """The sentence to show: today's, else the one that was agreed to."""
        return self.text or (self.standing.text if self.standing else None)

    @property
    def is_of_an_older_sentence(self) -> bool:
        return bool(self.text and self.standing and self.text.version != self.standing.text.version)


def list_contacts(*, person: Person, by: Actor) -> QuerySet[ContactChannel]:
    """How the person can be reached, the first one first; nothing for who may not see it. Ended ones are left out."""
    rows = ContactChannel.objects.filter(person=person, ended_on__isnull=True)
    return rows if PersonField.CONTACTS in fields_seen(person, by=by) else rows.none()


def list_certificate_names(*, person: Person, by: Actor) -> QuerySet[CertificateName]:
    """The names that stand for certificates now, by language."""
    rows = CertificateName.objects.filter(person=person, ended_at__isnull=True)
    return rows if PersonField.CERTIFICATE_NAME in fields_seen(person, by=by) else rows.none()


def list_papers(*, person: Person, by: Actor) -> QuerySet[PaperSeen]:
    """Which documents of the person were seen."""
    rows = PaperSeen.objects.filter(person=person)
    return rows if PersonField.PAPERS in fields_seen(person, by=by) else rows.none()


def list_purposes(*, by: Actor) -> list[tuple[Purpose, list[PurposeText]]]:
    """
    Every purpose with all its sentences, the latest version first.

    :raises AccessDenied: for who does not keep them.
    """
    by.require(Permission.PURPOSE_DESCRIBE)
    purposes = Purpose.objects.prefetch_related("texts")
    return [(each, sorted(each.texts.all(), key=lambda text: (-text.version, text.language))) for each in purposes]


def get_purpose(*, code: str, by: Actor) -> Purpose:  # noqa: ARG001 (what is asked of everybody is no secret)
    """:raises NotFound: if there is none of that code."""
    found = Purpose.objects.filter(code=code).first()
    if found is None:
        raise NotFound(N_("There is no purpose “%(purpose)s”."), purpose=code)
    return found


def purposes_to_choose(*, by: Actor) -> list[Purpose]:  # noqa: ARG001
    """The purposes for which a fact may be collected."""
    return list(Purpose.objects.filter(ended_on__isnull=True))


def list_consents(*, person: Person, language: str, on: date, by: Actor) -> list[ConsentState]:
    """What the person is asked and has answered, purpose by purpose, in the reader's language where it was written so. Three statements."""
    if PersonField.CONSENTS not in fields_seen(person, by=by):
        return []
    receipts: dict[UUID, list[Consent]] = {}
    for each in Consent.objects.filter(person=person).select_related("text", "document").order_by("-given_at"):
        receipts.setdefault(each.purpose_id, []).append(each)
    states = []
    for purpose in Purpose.objects.prefetch_related("texts"):
        given = receipts.get(purpose.pk, [])
        standing = next((each for each in given if each.withdrawn_at is None), None)
        text = _text_for(purpose.texts.all(), language)
        has_ended = purpose.ended_on is not None and purpose.ended_on <= on
        if given or (text is not None and not has_ended):
            states.append(ConsentState(purpose, None if has_ended else text, standing, tuple(given)))
    return states


def sentences_of(*, purpose: Purpose, on: date, by: Actor) -> list[PurposeText]:  # noqa: ARG001 (what is asked of everybody is no secret)
    """Every sentence that was shown for it by that day, the latest version first: one of them stands on a paper."""
    texts = PurposeText.objects.filter(purpose=purpose, from_day__lte=on)
    return sorted(texts, key=lambda text: (-text.version, text.language))


def open_consent_paper(*, person: Person, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """The scan of a consent on paper, for who may see what the person agreed to. :raises NotFound: if there is none."""
    found = Consent.objects.filter(pk=key, person=person).select_related("document").first()
    if found is None or found.document is None or PersonField.CONSENTS not in fields_seen(person, by=by):
        raise NotFound(N_("There is no paper of such a consent."))
    return found.document, bytes_of(found.document)


def _text_for(texts: Iterable[PurposeText], language: str) -> PurposeText | None:
    """The latest version, in that language, else in English, else in whichever there is."""
    rows = list(texts)
    latest = max((each.version for each in rows), default=0)
    now = [each for each in rows if each.version == latest]
    wanted = language.lower()
    return min(
        now,
        key=lambda each: (
            each.language.lower() != wanted,
            each.language.split("-")[0].lower() != wanted.split("-")[0],
            each.language != "en",
            each.language,
        ),
        default=None,
    )


def has_consent(*, person: Person, purpose: str, on: date, by: Actor) -> bool:
    """Whether the person agrees to that purpose (its code) on that day; a receipt of any record of the human being counts."""
    return person.pk in persons_who_agree(persons=[person.pk], purpose=purpose, on=on, by=by)


def persons_who_agree(*, persons: Iterable[UUID], purpose: str, on: date, by: Actor) -> frozenset[UUID]:  # noqa: ARG001
    """Those of the persons who agree to the purpose at the end of that day. Where no such purpose is written down, nobody was asked."""
    records = same_person_ids(persons)
    keys = {key for several in records.values() for key in several}
    end = datetime.combine(on, time.max, ZoneInfo(settings.HOME_ZONE))
    agreed: set[UUID] = set()
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        rows = Consent.objects.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=end),
            person__in=wanted[start : start + 500],
            purpose__code=purpose,
            given_at__lte=end,
        )
        agreed.update(rows.values_list("person_id", flat=True))
    return frozenset(key for key, several in records.items() if several & agreed)
