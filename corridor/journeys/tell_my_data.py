"""Everything the product holds about one human being: told on a page, and carried away as one file (docs/rules/my-data.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import transaction
from django.tasks import task
from django.utils.translation import gettext, override

from corridor.foundations.access import NIGHTLY, Actor, Permission
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.accounts import personal_data as account
from corridor.foundations.accounts.addresses import confirmed_addresses
from corridor.foundations.accounts.models import User
from corridor.foundations.grants import personal_data as grants
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.working import take_up
from corridor.foundations.journal import personal_data as journal
from corridor.foundations.notices import personal_data as notices
from corridor.foundations.sheets import personal_data as sheets
from corridor.foundations.vocabularies.languages import language_name
from corridor.kernel.errors import NotFound
from corridor.kernel.personal_data import SCHEMA_VERSION, PersonalPart
from corridor.kernel.wording import N_
from corridor.rooms.agreements import personal_data as agreements
from corridor.rooms.assessment import personal_data as assessment
from corridor.rooms.conferences import personal_data as conferences
from corridor.rooms.credentials import personal_data as credentials
from corridor.rooms.members import personal_data as members
from corridor.rooms.outcomes import personal_data as outcomes
from corridor.rooms.people import personal_data as people
from corridor.rooms.people.accounts_of import Accounts, accounts_of
from corridor.rooms.people.actions.exports import ask_export, keep_export
from corridor.rooms.people.models import Consent, DataExport, Person, PersonPhoto, RightsRequest
from corridor.rooms.people.records import records_of
from corridor.rooms.people.rights_refusals import ExportGone
from corridor.rooms.sites import personal_data as sites
from corridor.rooms.training import personal_data as training

from ._my_data_page import page_of

KIND = "people.export"
# So many rows are put together while the person waits; more are a job.
AT_ONCE = 2_000
# Fields of parts that hold the code of a language.
LANGUAGE_FIELDS = frozenset({"language"})
ROOMS = (people, training, assessment, credentials, outcomes, grants)


def parts_by_account(*, accounts: Accounts, by: Actor) -> list[PersonalPart]:  # noqa: ARG001 (journeys are always told)
    """
    What stands with the accounts of a human being: their ways in and where they are signed in, offices, roles beside them, notices, sheets they
    sent, applications with their address.
    """
    users = accounts.users
    return [
        *account.personal_data(users),
        *members.personal_data(users, accounts.addresses), *conferences.personal_data(users, accounts.addresses),
        *agreements.personal_data(users, accounts.addresses),
        *sites.personal_data(users), *grants.personal_data_of(users), *sheets.personal_data(users),
        *notices.personal_data(users), *journal.personal_data(users),
    ]  # fmt: skip


@dataclass(frozen=True)
class MyData:
    """
    All parts, and whose they are: every record of one human being, the one that stays first; none for an account with which no record stands.
    """

    records: tuple[Person, ...]
    parts: tuple[PersonalPart, ...]

    @property
    def person(self) -> Person:
        return self.records[0]

    @property
    def rows(self) -> int:
        return sum(len(part.rows) for part in self.parts)


def tell_my_data(*, person: Person, by: Actor) -> MyData:
    """Everything held about oneself. :raises AccessDenied: for anybody else's record."""
    by.require(Permission.RIGHTS_USE, on=person)
    return _told(person)


def tell_my_account(*, by: Actor) -> MyData:
    """
    What is held with the asking account, whether a record of a person stands with it or not.

    :raises NotFound: if nobody is signed in, or the product is seen as a role: that is nobody in particular.
    """
    if by.user_id is None or by.only is not None:
        raise NotFound(N_("Nothing is held of who is not signed in."))
    accounts = Accounts((by.user_id,), confirmed_addresses([by.user_id]))
    return MyData((), tuple(parts_by_account(accounts=accounts, by=by)))


def my_account_as_json(*, language: str, at: datetime, by: Actor) -> dict[str, object]:
    """The same as the document that docs/rules/my-data.md describes. Refuses as ``tell_my_account``."""
    told = tell_my_account(by=by)
    name = User.objects.values_list("username", flat=True).get(pk=by.user_id)
    with override(language):
        return _as_json(told, language=language, at=at, name=name)


def tell_for_erasure(*, person: Person, by: Actor) -> MyData:
    """The same parts for whoever looks at what an erasure would do. :raises AccessDenied: for who may erase nobody."""
    by.require(Permission.PERSON_ERASE)
    return _told(person)


def roles_that_see(*, part: PersonalPart, by: Actor) -> list[str]:  # noqa: ARG001 (journeys are always told)
    """The roles that may see the part, in the order of the table of roles; the night's work is nobody."""
    return [role.value for role, verbs in PERMISSIONS_OF.items() if part.permission in verbs and role.value != "system"]


def make_export(*, person: Person, language: str, at: datetime, by: Actor) -> DataExport:
    """
    One zip of JSON, a page to read and print, and the own certificates; made at once, or by a job where there is much of it.

    :raises AccessDenied: for anybody else's record.
    """
    by.require(Permission.RIGHTS_USE, on=person)
    told = _told(person)
    with transaction.atomic():
        export = ask_export(person=person, language=language, at=at, by=by)
        if told.rows > AT_ONCE:
            start_job(kind=KIND, subject=str(export.pk), task=_make, total=1, by=by, at=at)
            return export
    return keep_export(export=export, content=_packed(told, export), at=at, by=by)


def own_exports(*, by: Actor) -> list[DataExport]:
    """The copies that this person asked for, the latest first."""
    return list(DataExport.objects.filter(person__in=by.ids_with(Permission.RIGHTS_USE, "person"))[:20])


def open_export(*, key: UUID, at: datetime, by: Actor) -> bytes:
    """
    The bytes of a copy, for its person alone: nobody else is even told that there is one.

    :raises NotFound: if there is none of one's own with that key. :raises ExportGone: when its days are over, or before it is ready.
    """
    mine = by.ids_with(Permission.RIGHTS_USE, "person")
    export = DataExport.objects.filter(pk=key, person__in=mine).first()
    if export is None:
        raise NotFound(N_("You have no such copy."))
    if not export.stored_as or at >= export.expires_at:
        raise ExportGone(N_("This copy is not there any more, or not yet. Ask for a new one."))
    with default_storage.open(export.stored_as) as stored:
        content: bytes = stored.read()
    return content


@task
def _make(job_id: str) -> None:
    with take_up(job_id) as held, transaction.atomic():
        export = DataExport.objects.select_related("person").get(pk=held.job.subject)
        by = Actor(label=held.job.asked_by, grants=NIGHTLY.grants)
        keep_export(export=export, content=_packed(_told(export.person), export), at=held.job.asked_at, by=by)
        held.advance(done=1)


def _told(person: Person) -> MyData:
    records = records_of(person)
    keys = [each.pk for each in records]
    parts = [part for room in ROOMS for part in room.personal_data(keys)]
    return MyData(records, (*parts, *parts_by_account(accounts=accounts_of(keys), by=NIGHTLY)))


def _packed(told: MyData, export: DataExport) -> bytes:
    """The zip. Its names are the same in every language, so that a program finds them."""
    packed = BytesIO()
    keys = [each.pk for each in told.records]
    with ZipFile(packed, "w", ZIP_DEFLATED) as files, override(export.language):
        name = told.records[0].called(export.language).name
        said = _as_json(told, language=export.language, at=export.asked_at, name=name)
        files.writestr("my-data.json", json.dumps(said, ensure_ascii=False, indent=2))
        files.writestr("my-data.html", page_of(said))
        for reference, text in credentials.signed_texts(keys, by=NIGHTLY).items():
            files.writestr(f"certificates/{reference}.json", text)
        for name, content in _own_files(keys):
            files.writestr(f"files/{name}", content)
    return packed.getvalue()


def _as_json(told: MyData, *, language: str, at: datetime, name: str) -> dict[str, object]:
    """The document that docs/rules/my-data.md describes; words are in the active language."""
    return {
        "schema_version": SCHEMA_VERSION,
        "made_at": at.isoformat(),
        "language": language,
        "person": name,
        "references": [each.reference for each in told.records],
        "parts": [
            {
                "code": part.code,
                "title": gettext(part.title),
                "why": gettext(part.why),
                "until": gettext(part.until),
                "seen_by": roles_that_see(part=part, by=NIGHTLY),
                "on_erasure": part.becomes.value,
                "heads": {name: gettext(word) for name, word in part.heads.items()},
                "words": _words(part, language),
                "rows": list(part.rows),
            }
            for part in told.parts
        ],
    }


def _words(part: PersonalPart, language: str) -> dict[str, dict[str, str]]:
    """The words for the codes of a part, those of languages too."""
    words = {name: {code: gettext(str(word)) for code, word in said.items()} for name, said in part.words.items()}
    for name in LANGUAGE_FIELDS & part.heads.keys():
        tags = {str(row[name]) for row in part.rows if row.get(name)}
        words[name] = {tag: language_name(tag, language) for tag in sorted(tags)}
    return words


def _own_files(keys: Sequence[UUID]) -> list[tuple[str, bytes]]:
    """The files that the person sent with requests, the papers on which they agreed to something, and their photo."""
    sent = RightsRequest.objects.filter(person__in=keys, evidence__isnull=False).select_related("evidence")
    signed = Consent.objects.filter(person__in=keys, document__isnull=False).select_related("document")
    shown = PersonPhoto.objects.filter(person__in=keys).select_related("document")
    found = []
    for document in (
        *(each.evidence for each in sent), *(each.document for each in signed), *(each.document for each in shown),
    ):  # fmt: skip
        if document is not None and default_storage.exists(document.stored_as):
            with default_storage.open(document.stored_as) as stored:
                suffix = document.file_name.rpartition(".")[2][:8]
                found.append((f"{document.reference}.{suffix}", stored.read()))
    return found
