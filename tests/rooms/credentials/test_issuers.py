"""The register of issuers: who might issue what on which days, signed by the alliance, edition after edition."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.keys import NoAllianceKey
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.entitlement import entitlement_for
from corridor.rooms.credentials.models import Entitlement, RegisterEdition
from corridor.rooms.credentials.proofs.registers import is_signed, read_register
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.refusals import NotEntitled, RegisterIsSigned
from corridor.rooms.members.models import Membership
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import make_alliance_key, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
ON = date(2024, 2, 2)
CHONGQING = "did:web:alliance.example:members:chongqing"


def sign(at: datetime = AT, by=NIGHTLY) -> RegisterEdition:
    return actions.sign_issuers(on=at.date(), at=at, by=by)


def leave(reference: str, on: date) -> None:
    membership = Membership.objects.get(organisation__reference=reference)
    membership.changes.create(from_status="active", to_status="withdrawn", effective_on=on, by_label="x")


def test_it_says_who_might_issue_what_where_and_on_which_days():
    credential = make_credential()
    make_alliance_key()
    edition = sign(by=make_actor("secretariat"))
    document = json.loads(edition.document)
    assert is_signed(document, alliance=alliance_document())
    register = read_register(document)
    issuer = register.issuers[CHONGQING]
    assert register.day == ON and register.number == 1
    place = {"programme": f"https://alliance.example/programmes/{credential.cohort.programme.reference}",
             "site": f"https://alliance.example/sites/{credential.cohort.site.reference}"}  # fmt: skip
    assert issuer.might_issue(**place, on=date(2023, 7, 10))
    assert not issuer.might_issue(**place, on=date(2022, 12, 31))


def test_the_scope_ends_with_the_membership_and_earlier_awards_stay_valid():
    credential = make_credential()
    make_alliance_key()
    leave("chongqing", date(2023, 8, 1))
    issuer = read_register(json.loads(sign().document)).issuers[CHONGQING]
    ((_programme, _site, days),) = issuer.scopes
    assert days == (date(2023, 1, 1), date(2023, 8, 1))
    assert issuer.was_member(date(2023, 7, 31)) and not issuer.was_member(date(2023, 8, 1))
    assert queries.verify(raw=credential.document, at=AT, by=VISITOR).word == Word.VALID
    cohort = make_assessed_cohort("COH-2023-099", learners=1)
    with pytest.raises(NotEntitled, match="no active member of the alliance on 2023-08-01"):
        entitlement_for(cohort=cohort, issuer=credential.issuer, on=date(2023, 8, 1))
    assert entitlement_for(cohort=cohort, issuer=credential.issuer, on=date(2023, 7, 31))


def test_who_comes_back_has_a_scope_for_each_time():
    credential = make_credential()
    leave("chongqing", date(2023, 8, 1))
    again = Membership.objects.create(organisation=credential.issuer, status="rejected")
    for status in ("applied", "active"):
        again.changes.create(from_status="", to_status=status, effective_on=date(2024, 1, 1), by_label="x")
    make_alliance_key()
    issuer = read_register(json.loads(sign().document)).issuers[CHONGQING]
    assert [days for _programme, _site, days in issuer.scopes] == [
        (date(2023, 1, 1), date(2023, 8, 1)), (date(2024, 1, 1), None),
    ]  # fmt: skip


def test_a_new_edition_is_signed_when_it_says_something_else_or_the_last_one_ends_soon(settings):
    settings.REGISTER_DAYS = 30
    make_credential()
    make_alliance_key()
    assert actions.register_is_due(at=AT, by=NIGHTLY)
    first = sign()
    assert not actions.register_is_due(at=AT + timedelta(days=14), by=NIGHTLY)
    with pytest.raises(RegisterIsSigned, match="Edition 1 says the same"):
        sign(AT + timedelta(days=14))
    assert actions.register_is_due(at=AT + timedelta(days=16), by=NIGHTLY)
    second = sign(AT + timedelta(days=16))
    Entitlement.objects.update(ends_before=date(2024, 3, 1))
    assert actions.register_is_due(at=AT + timedelta(days=17), by=NIGHTLY)
    third = sign(AT + timedelta(days=17))
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    assert queries.get_edition(on=date(2024, 2, 3), by=VISITOR) == first
    assert queries.get_edition(by=VISITOR) == third
    with pytest.raises(NotFound):
        queries.get_edition(on=date(2024, 1, 1), by=VISITOR)


def test_without_a_key_of_the_alliance_none_is_signed_and_only_the_secretariat_signs():
    make_credential()
    with pytest.raises(NoAllianceKey, match="run audit key makes one"):
        sign()
    assert not actions.register_is_due(at=AT, by=NIGHTLY)
    for role in ("key_holder", "council", "auditor"):
        with pytest.raises(AccessDenied):
            sign(by=make_actor(role))


def test_an_exported_folder_says_who_was_entitled_by_the_register_in_it(tmp_path: Path):
    credential = make_credential()
    make_alliance_key()
    sign()
    bundle = queries.export_bundle(at=AT, by=NIGHTLY)
    for name, text in bundle.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    verdict = queries.verdict_of(raw=credential.document, resolver=FolderResolver(tmp_path), at=AT, by=VISITOR)
    assert verdict.word == Word.VALID and verdict.named(CheckName.SCOPE).result == Result.PASS
    # A register that the alliance did not sign says nothing.
    altered = (tmp_path / "register.json").read_text("utf-8").replace("2023-01-01", "2022-01-01")
    (tmp_path / "register.json").write_text(altered, "utf-8")
    verdict = queries.verdict_of(raw=credential.document, resolver=FolderResolver(tmp_path), at=AT, by=VISITOR)
    assert verdict.named(CheckName.SCOPE).result == Result.UNKNOWN


def test_a_number_that_was_published_is_never_given_again(django_capture_on_commit_callbacks):
    make_credential()
    make_alliance_key()
    with django_capture_on_commit_callbacks(execute=True):
        sign()
    RegisterEdition.objects.all().delete()
    assert sign().number == 2
