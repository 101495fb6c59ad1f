"""Genuine, out of scope, unknown, tampered: by file, PDF, address and token, from our own records."""

import json
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.models import Credential, Entitlement
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.refusals import NotOurAddress
from corridor.rooms.members.models import Membership, Organisation
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_assessed_cohort, make_credential
from tests.rooms.credentials.proofs import cast

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)


def verify(raw=None, **given):
    return queries.verify(raw=raw, at=AT, by=VISITOR, **given)


def test_a_genuine_one_passes_every_check_by_every_way_in():
    credential = make_credential()
    page = f"https://alliance.example/c/{credential.token}"
    pdf = queries.certificate_pdf(credential=credential, by=VISITOR)
    ways = [
        {"raw": credential.document}, {"raw": credential.document.encode()}, {"token": credential.token}, {"address": page},
        {"address": f" {page}/credential.json\n"}, {"raw": f"{page}\n"}, {"raw": page.encode()}, {"raw": pdf},
    ]  # fmt: skip
    for way in ways:
        verdict = verify(**way)
        assert verdict.word == Word.VALID, way
        assert {check.result for check in verdict.checks} == {Result.PASS}
        assert verdict.said.programme.endswith(credential.cohort.programme.reference)
        assert [unit.name for unit in verdict.said.units] == ["VI-1 Unit VI-1", "VI-2 Unit VI-2"]


def test_the_name_stands_in_both_scripts_and_the_reference_of_the_person_nowhere():
    cohort = make_assessed_cohort(learners=1)
    person = cohort.enrolments.get().person
    person.names.filter(form="own").update(language="lo", full_name="ຄຳຫຼ້າ")
    person.names.create(form="romanised", language="lo-Latn", full_name="Khamla Phommachanh")
    person.certificate_names.update(language="lo", full_name="ຄຳຫຼ້າ")
    award(cohort)
    credential = Credential.objects.get()
    assert verify(credential.document).said.learner_names == (
        person.names.get(form="own").full_name,
        "Khamla Phommachanh",
    )
    assert person.reference not in credential.document


def test_an_entitlement_taken_back_leaves_it_out_of_scope_and_says_which():
    credential = make_credential()
    Entitlement.objects.update(ends_before=date(2023, 7, 1))
    verdict = verify(credential.document)
    assert verdict.word == Word.OUT_OF_SCOPE
    assert (
        "was not entitled to issue for Vehicle inspection and maintenance at Workshop Vientiane on 2023-07-10"
        in str(verdict.named(CheckName.SCOPE))
    )


def test_an_issuer_that_was_no_active_member_on_the_day_is_unknown_and_no_forger():
    credential = make_credential()
    membership = Membership.objects.get(organisation__reference="chongqing")
    change = membership.changes.create(
        from_status="active", to_status="withdrawn", effective_on=date(2023, 8, 1), by_label="x"
    )
    assert verify(credential.document).word == Word.VALID
    type(change).objects.filter(pk=change.pk).update(effective_on=date(2023, 7, 1))
    assert verify(credential.document).word == Word.UNKNOWN_ISSUER


def test_it_expires_after_its_last_day_at_the_site():
    credential = make_credential(expires_before=date(2024, 1, 1))
    assert verify(credential.document).word == Word.EXPIRED
    last_evening = datetime(2023, 12, 31, 16, 59, tzinfo=UTC)
    assert queries.verify(raw=credential.document, at=last_evening, by=VISITOR).word == Word.VALID
    assert queries.verify(raw=credential.document, at=last_evening.replace(hour=17), by=VISITOR).word == Word.EXPIRED


def test_one_changed_letter_is_tampered():
    credential = make_credential()
    assert verify(credential.document.replace("VI-2 Unit", "VI-3 Unit")).word == Word.TAMPERED


def test_a_strangers_credential_is_of_an_unknown_issuer():
    make_credential()
    stranger = cast.Issuer("nobody", "Nobody's College")
    document = cast.composing.issue(cast.facts(stranger), key=stranger.key, created=cast.ISSUED)
    assert verify(json.dumps(document)).word == Word.UNKNOWN_ISSUER


def test_addresses_that_are_not_ours_are_not_fetched():
    credential = make_credential()
    for address in (
        "https://elsewhere.example/c/abc", "https://alliance.example/status/chongqing/1", "http://169.254.169.254/latest",
        f"https://alliance.example.evil.example/c/{credential.token}",
    ):  # fmt: skip
        with pytest.raises(NotOurAddress):
            verify(address=address)
        with pytest.raises(NotOurAddress):
            verify(address)
    with pytest.raises(NotFound):
        verify(address="https://alliance.example/c/aaaaaaaaaaaaaaaaaaaaaa")


@pytest.mark.parametrize(
    "raw",
    [
        b"", "", "{", b"\xff\xfe", b"%PDF-1.7\n1 0 obj <</Type /EmbeddedFile /Length 3>> stream\nabc", b"%PDF-", "[]",
        b"%PDF-1.4\n<</Type/EmbeddedFile/Filter/FlateDecode/Length 99999999>>stream\n" + b"x" * 50, "null", "\x00" * 10,
    ],
)  # fmt: skip
def test_whatever_is_handed_in_is_answered(raw):
    assert verify(raw).word == Word.MALFORMED


def test_a_bomb_in_a_pdf_is_no_credential():
    import zlib

    bomb = zlib.compress(b"{" + b" " * 50_000_000)
    raw = (
        b"%PDF-1.7\n1 0 obj<</Type/EmbeddedFile/Filter/FlateDecode/Length "
        + str(len(bomb)).encode()
        + b">>\nstream\n"
        + bomb
    )
    assert verify(raw + b"\nendstream").word == Word.MALFORMED


def test_issuers_and_lists_are_read_once_for_many(django_assert_max_num_queries):
    award(make_assessed_cohort(learners=12))
    raws = dict(Credential.objects.values_list("reference", "document"))
    with django_assert_max_num_queries(5 + 4 * 12):
        verdicts = queries.verify_many(raws=raws, at=AT, by=NIGHTLY)
    assert {each.word for each in verdicts.values()} == {Word.VALID}
    assert Organisation.objects.filter(reference="chongqing").exists()
