"""What the people's room holds about one human being, for "my data", for its export, and for the preview of an erasure."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .lifecycle import RequestStatus
from .models import (
    CertificateName,
    Consent,
    ContactChannel,
    ContactKind,
    DataExport,
    Disability,
    Hold,
    LikelyDouble,
    NameForm,
    PaperKind,
    PaperSeen,
    Part,
    Person,
    PersonName,
    PersonPhoto,
    RequestKind,
    RightsRequest,
    SourcedId,
    SourceMark,
    TransferBasis,
    TransferredPerson,
    UndoneMerge,
)

_ONE = {"female": N_("Female"), "male": N_("Male")}
_KEPT = N_("As long as you take part, and then as long as the rules of retention say.")
_TO_KNOW_YOU = N_("To know who you are, and to write your name on what you earn.")
_NOBODY_NEEDS = N_("Nobody needs it once the person is gone.")


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Twelve statements."""
    return [
        _record(keys), _names(keys), _contacts(keys), _papers(keys), _elsewhere(keys), _photo(keys), _consents(keys), _requests(keys),
        _holds(keys), _merges(keys), _transfers(keys),
    ]  # fmt: skip


def _record(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {
            "reference": each.reference,
            "sex": each.sex,
            "born_on": each.born_on.isoformat() if each.born_on else None,
            "birth_written": each.birth_written or None,
            "honorific": each.honorific or None,
            "disability": each.disability or None,
            "residence_country": each.residence_country or None,
            "source": each.source_mark,
        }
        for each in Person.objects.filter(pk__in=keys).order_by("reference")
    ]
    return PersonalPart(
        "record", N_("The record"), ("people.Person", "people.Erasure"), Permission.PERSON_VIEW, _TO_KNOW_YOU, _KEPT,
        OnErasure.EMPTIED,
        N_("The row stays with its reference and says nothing; figures that were counted refer to its key."),
        {
            "reference": N_("Reference"), "sex": N_("Sex"), "born_on": N_("Day of birth"),
            "birth_written": N_("Day of birth as you gave it"), "honorific": N_("Form of address"),
            "disability": N_("Disability"), "residence_country": N_("Country where you live"), "source": N_("Source"),
        },
        rows,
        {"sex": _ONE | {"unknown": N_("Not known")}, "disability": dict(Disability.choices), "source": dict(SourceMark.choices)},
    )  # fmt: skip


def _names(keys: Collection[UUID]) -> PersonalPart:
    rows: list[dict[str, str | int | None]] = [
        {"form": form, "language": language, "full_name": name}
        for form, language, name in PersonName.objects.filter(person__in=keys)
        .order_by("pk")
        .values_list("form", "language", "full_name")
    ]
    rows += [
        {"form": "certificate", "language": language, "full_name": name}
        for language, name in CertificateName.objects.filter(person__in=keys).values_list("language", "full_name")
    ]
    return PersonalPart(
        "names", N_("Names"), ("people.PersonName", "people.CertificateName", "people.NameKey"),
        Permission.PERSON_VIEW, _TO_KNOW_YOU, _KEPT, OnErasure.GOES, _NOBODY_NEEDS,
        {"form": N_("Form"), "language": N_("Language"), "full_name": N_("Name")}, rows,
        {"form": dict(NameForm.choices) | {"certificate": N_("For certificates")}},
    )  # fmt: skip


def _contacts(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {
            "kind": each.kind,
            "value": each.value,
            "confirmed_on": each.confirmed_on.isoformat() if each.confirmed_on else None,
        }
        for each in ContactChannel.objects.filter(person__in=keys)
    ]
    return PersonalPart(
        "contacts", N_("Ways to reach the person"), ("people.ContactChannel",), Permission.PERSON_VIEW,
        N_("To tell you of sessions and decisions, and to ask later what became of you."), _KEPT, OnErasure.GOES,
        _NOBODY_NEEDS, {"kind": N_("Kind"), "value": N_("Address or number"), "confirmed_on": N_("Confirmed on")}, rows,
        {"kind": dict(ContactKind.choices)},
    )  # fmt: skip


def _papers(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {"kind": each.kind, "country": each.country, "seen_on": each.seen_on.isoformat(), "number_end": each.number_end}
        for each in PaperSeen.objects.filter(person__in=keys)
    ]
    return PersonalPart(
        "papers", N_("Papers that were seen"), ("people.PaperSeen",), Permission.PERSON_VIEW,
        N_("To be sure that the record is of you."), _KEPT, OnErasure.GOES, _NOBODY_NEEDS,
        {"kind": N_("Kind"), "country": N_("Country"), "seen_on": N_("Seen on"), "number_end": N_("Last signs of the number")},
        rows, {"kind": dict(PaperKind.choices)},
    )  # fmt: skip


def _elsewhere(keys: Collection[UUID]) -> PersonalPart:
    rows = [{"system": each.source, "called": each.value} for each in SourcedId.objects.filter(person__in=keys)]
    return PersonalPart(
        "elsewhere", N_("What other systems call the person"), ("people.SourcedId",), Permission.PERSON_VIEW,
        N_("So that what another system sends again finds this record."), _KEPT, OnErasure.GOES, _NOBODY_NEEDS,
        {"system": N_("System"), "called": N_("Identifier there")}, rows,
    )  # fmt: skip


def _photo(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {"file": each.document.reference, "kept_at": each.kept_at.isoformat(), "kept_by": each.kept_by}
        for each in PersonPhoto.objects.filter(person__in=keys).select_related("document")
    ]
    return PersonalPart(
        "photo", N_("Photo for registers"), ("people.PersonPhoto",), Permission.REGISTER_TAKE,
        N_("So that your trainers know who is there, if you agree to it."),
        N_("Until you take your consent back, or take the photo away."), OnErasure.GOES, _NOBODY_NEEDS,
        {"file": N_("File"), "kept_at": N_("Kept at"), "kept_by": N_("Kept by")}, rows,
    )  # fmt: skip


def _consents(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {
            "purpose": each.purpose.code, "given_at": each.given_at.isoformat(), "text": each.text.text,
            "withdrawn_at": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            "paper": each.document.reference if each.document else None,
        }
        for each in Consent.objects.filter(person__in=keys).select_related("purpose", "text", "document")
    ]  # fmt: skip
    return PersonalPart(
        "consents", N_("Consents"), ("people.Consent",), Permission.PERSON_VIEW,
        N_("To show what you agreed to, and that you may take it back."), _KEPT, OnErasure.EMPTIED,
        N_("That somebody agreed stays as proof; the paper that shows who goes."),
        {
            "purpose": N_("Purpose"), "text": N_("What you read"), "given_at": N_("Given at"),
            "withdrawn_at": N_("Taken back at"), "paper": N_("Signed paper"),
        },
        rows,
    )  # fmt: skip


def _requests(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {
            "reference": each.reference, "kind": each.kind, "part": each.part, "should_be": each.should_be,
            "words": each.words, "asked_on": each.asked_on.isoformat(), "status": each.status, "answer": each.answer,
        }
        for each in RightsRequest.objects.filter(person__in=keys)
    ]  # fmt: skip
    exports = [
        {"reference": str(each.pk), "kind": "copy", "asked_on": each.asked_at.date().isoformat()}
        for each in DataExport.objects.filter(person__in=keys)
    ]
    return PersonalPart(
        "requests", N_("Requests about the record"),
        ("people.RightsRequest", "people.DataExport"), Permission.RIGHTS_ANSWER,
        N_("To answer you, and to show that you were answered."), _KEPT, OnErasure.EMPTIED,
        N_("That something was asked and answered stays; the words and files go."),
        {
            "reference": N_("Reference"), "kind": N_("Kind"), "part": N_("About"), "should_be": N_("Should be"),
            "words": N_("Your words"), "asked_on": N_("Asked on"), "status": N_("State"), "answer": N_("Answer"),
        },
        [*rows, *exports],
        {
            "kind": dict(RequestKind.choices) | {"copy": N_("A copy of my data")}, "part": dict(Part.choices),
            "status": dict(RequestStatus.choices),
        },
    )  # fmt: skip


def _holds(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {"reason": each.reason, "from": each.starts_on.isoformat(), "before": each.ends_before.isoformat() if each.ends_before else None}
        for each in Hold.objects.filter(person__in=keys)
    ]  # fmt: skip
    return PersonalPart(
        "holds", N_("Reasons of law to keep the record"), ("people.Hold",), Permission.PERSON_ERASE,
        N_("Because a law or a case demands it."), N_("Until the last day that stands here."), OnErasure.STAYS,
        N_("Nothing is erased while one stands; those that ended show why it took until now."),
        {"reason": N_("Reason"), "from": N_("From"), "before": N_("Before")}, rows,
    )  # fmt: skip


def _merges(keys: Collection[UUID]) -> PersonalPart:
    about = Q(one__in=keys) | Q(other__in=keys)
    rows: Sequence[dict[str, str | int | None]] = [
        {"one": one, "other": other, "answer": answer}
        for one, other, answer in LikelyDouble.objects.filter(about).values_list(
            "one__reference", "other__reference", "answer"
        )
    ]
    undone = [
        {"one": each.person.reference, "other": each.into.reference, "answer": "undone"}
        for each in UndoneMerge.objects.filter(Q(person__in=keys) | Q(into__in=keys)).select_related("person", "into")
    ]
    return PersonalPart(
        "merges", N_("Records that were taken for the same person"), ("people.LikelyDouble", "people.UndoneMerge"),
        Permission.PERSON_MERGE, N_("So that you stand here once."), _KEPT, OnErasure.EMPTIED,
        N_("The keys stay, so that figures count you once; the reasons go."),
        {"one": N_("One record"), "other": N_("The other"), "answer": N_("Answer")}, [*rows, *undone],
    )  # fmt: skip


def _transfers(keys: Collection[UUID]) -> PersonalPart:
    rows = [
        {
            "reference": each.transfer.reference, "on": each.transfer.happened_on.isoformat(),
            "from": each.transfer.from_country, "to": each.transfer.to_country, "basis": each.transfer.basis,
            "about": each.transfer.about,
        }
        for each in TransferredPerson.objects.filter(person__in=keys)
        .select_related("transfer").order_by("transfer__happened_on", "pk")
    ]  # fmt: skip
    return PersonalPart(
        "transfers", N_("When data left a country"), ("people.TransferredPerson",), Permission.TRANSFER_VIEW,
        N_("Laws ask how many persons’ data leave a country in a year."), N_("For good: it holds a key alone."),
        OnErasure.STAYS, N_("It holds the key alone and nothing else; the counters of the year stay right."),
        {
            "reference": N_("Reference"), "on": N_("Day"), "from": N_("From"), "to": N_("To"), "basis": N_("Ground"),
            "about": N_("What"),
        },
        rows, {"basis": dict(TransferBasis.choices)},
    )  # fmt: skip
