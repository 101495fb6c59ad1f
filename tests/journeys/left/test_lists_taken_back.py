"""A member that left signs its lists itself; the house that it left takes the newer ones back, and never an older one."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import SignedElsewhere
from corridor.rooms.credentials.drafts import Compromise
from corridor.rooms.credentials.models import Credential, SigningKey, StatusList
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotTheirList, SignsHere
from tests.commands.run import run
from tests.factories.actors import VISITOR, make_user
from tests.factories.credentials import make_key
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import machine_of
from tests.web.readers import browser_of, text_of

from .kits import AT, keys_of, sign

pytestmark = pytest.mark.django_db


def served(address: str = "/status/chongqing/1") -> bytes:
    return Client().get(address).content


def word_here(credential: Credential, at=AT) -> Word:
    return queries.verify(raw=credential.document, at=at, by=VISITOR).word


def bring(capsys, kit, *more):
    return run(capsys, "leave", "bring", kit, *more)


def test_the_house_that_was_left_serves_the_newer_lists_and_its_records_follow(capsys, credentials, endorsed, kit):
    first, second, third = credentials
    assert bring(capsys, kit).out == "0 of 1 lists are served anew.\n"
    assert (
        sign(capsys, kit, "--revoke", first.reference, "--suspend", second.reference, "--why", "misconduct").code == 0
    )
    assert sign(capsys, kit, "--revoke", endorsed.reference).code == 0
    before = served()
    dry = json.loads(bring(capsys, kit, "--dry-run", "--json").out)
    assert dry["lists"][0]["changed"] == [endorsed.reference, first.reference, second.reference]
    assert served() == before and word_here(first) == Word.VALID
    assert f"changed here: {endorsed.reference}, {first.reference}, {second.reference}" in bring(capsys, kit).out
    assert served() == (kit / "status/chongqing-1.json").read_bytes() != before
    assert served("/status/chongqing/1/reasons") == (kit / "companions/chongqing-1.json").read_bytes()
    assert [word_here(each) for each in (*credentials, endorsed)] == [
        Word.REVOKED,
        Word.SUSPENDED,
        Word.VALID,
        Word.REVOKED,
    ]
    for each, status in ((first, "revoked"), (second, "suspended"), (third, "issued"), (endorsed, "revoked")):
        each.refresh_from_db()
        assert each.status == status
    assert first.changes.last().reason == "misconduct"
    assert sign(capsys, kit, "--restore", second.reference).code == 0
    assert second.reference in bring(capsys, kit).out
    second.refresh_from_db()
    assert second.status == "issued" and word_here(second) == Word.VALID


def test_an_older_list_is_not_served_again_nor_one_in_which_something_comes_to_life(capsys, credentials, kit):
    older = shutil.copytree(kit, kit.parent / "older")
    assert sign(capsys, kit, "--revoke", credentials[0].reference).code == 0
    assert bring(capsys, kit).code == 0
    refused = bring(capsys, older)
    assert refused.code == 1 and "as number 3 already; this one is number 2" in refused.err
    # Signed as often as the newer one, but from the older folder.
    for _ in range(3):
        assert run(capsys, "leave", "sign", older, "--with", keys_of(kit)).code == 0
    refused = bring(capsys, older)
    assert refused.code == 1 and "something stands again that was revoked or replaced" in refused.err
    assert word_here(credentials[0]) == Word.REVOKED


def test_what_was_published_last_outlives_records_that_were_put_back(
    capsys, credentials, kit, django_capture_on_commit_callbacks
):
    older = shutil.copytree(kit, kit.parent / "older")
    kept = list(StatusList.objects.all())
    for folder in (older, kit, kit):
        assert sign(capsys, folder).code == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert bring(capsys, kit).code == 0
    for each in kept:
        each.save()
    refused = bring(capsys, older)
    assert refused.code == 1 and "as number 4 already; this one is number 3" in refused.err
    assert bring(capsys, kit).code == 1 and word_here(credentials[0]) == Word.EXPIRED
    assert sign(capsys, kit).code == 0 and bring(capsys, kit).code == 0
    assert word_here(credentials[0]) == Word.VALID


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"validFrom": "2024-02-01T00:00:00Z"}, "was altered on the way"),
        ({"issuer": "did:web:alliance.example:members:vientiane"}, "no status list of chongqing"),
        ({"id": "https://alliance.example/status/chongqing/9"}, "no status list of chongqing"),
        ({"type": "nothing"}, "no status list of chongqing"),
    ],
    ids=["altered", "of_another", "at_another_address", "no_list"],
)
def test_a_list_that_is_not_the_members_own_is_not_served(capsys, credentials, kit, change, said):
    assert sign(capsys, kit).code == 0
    before, listed = served(), kit / "status/chongqing-1.json"
    listed.write_text(json.dumps(json.loads(listed.read_text("utf-8")) | change), "utf-8")
    refused = bring(capsys, kit)
    assert refused.code == 1 and said in refused.err and served() == before and credentials


def test_a_list_signed_with_a_stolen_key_is_not_served(capsys, credentials, kit):
    at = datetime.now(UTC)
    key = SigningKey.objects.get(organisation__reference="chongqing")
    actions.compromise_key(compromise=Compromise(key=key, since=at - timedelta(hours=1)), at=at, by=NIGHTLY)
    assert sign(capsys, kit).code == 0
    refused = bring(capsys, kit)
    assert refused.code == 1 and "not signed with a key that chongqing had on that day" in refused.err and credentials


def test_of_a_day_to_come_or_past_its_end_it_is_not_served(capsys, credentials, kit):
    assert sign(capsys, kit, "--days", "1").code == 0
    member, lists = credentials[0].issuer, [texts_of(kit)]
    for at in (datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=2)):
        with pytest.raises(NotTheirList, match="still to come, or has ended"):
            actions.take_lists_back(organisation=member, lists=lists, on=at.date(), at=at, by=NIGHTLY)


def texts_of(kit) -> SignedElsewhere:
    return SignedElsewhere(
        *((kit / folder / "chongqing-1.json").read_text("utf-8") for folder in ("status", "companions"))
    )


def test_of_a_member_that_signs_here_nothing_is_brought(capsys, credentials, kit):
    assert sign(capsys, kit).code == 0
    member = credentials[0].issuer
    begun = AT.replace(year=2025)
    SigningKey.objects.update(valid_before=begun)
    make_key(member, fragment="key-again", valid_from=begun)
    with pytest.raises(SignsHere):
        actions.take_lists_back(
            organisation=member, lists=[texts_of(kit)], on=AT.date(), at=datetime.now(UTC), by=NIGHTLY
        )
    other = make_member("colombo")
    make_key(other)
    with pytest.raises(SignsHere):
        actions.take_lists_back(organisation=other, lists=[texts_of(kit)], on=AT.date(), at=AT, by=NIGHTLY)
    with pytest.raises(NotFound):
        queries.lists_signed_elsewhere(organisation=other, by=NIGHTLY)


def test_the_key_holder_and_the_secretariat_bring_it_by_the_page_and_nobody_else(capsys, credentials, kit):
    member = credentials[0].issuer
    page = "/keys/chongqing/lists/"
    assert browser_of("coordinator", member=member).get(page).status_code == 403
    holder, office = browser_of("key_holder", member=member), browser_of("secretariat")
    assert "took its keys along" in text_of(office.get(page))
    assert page in text_of(holder.get("/keys/chongqing/key-2023/"))
    assert office.post(page, {}).status_code == 422
    assert sign(capsys, kit, "--revoke", credentials[0].reference).code == 0
    assert f"Changed here with it: {credentials[0].reference}" in text_of(send(holder, page, kit))
    assert "served already" in text_of(send(office, page, kit))
    older = {"signed_list": upload(kit, "kit.json"), "companion": upload(kit, "kit.json")}
    refused = office.post(page, older)
    assert refused.status_code == 409 and "no status list of chongqing" in text_of(refused)


def upload(kit: Path, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (kit / name).read_bytes(), "application/json")


def send(browser: Client, page: str, kit: Path):
    names = {"signed_list": "status/chongqing-1.json", "companion": "companions/chongqing-1.json"}
    return browser.post(page, {field: upload(kit, name) for field, name in names.items()}, follow=True)


def test_a_machine_brings_it_with_the_version_that_it_has_read(capsys, credentials, kit):
    user = make_user("mei")
    make_seat(user, "secretariat")
    machine = machine_of(user)
    address = "/members/chongqing/status-lists/1"
    now = machine.get(address)
    assert now.json()["sequence"] == 2
    assert sign(capsys, kit, "--suspend", credentials[0].reference).code == 0
    given = texts_of(kit)
    sent = {"signed_list": given.signed_list, "reasons": given.companion}
    assert machine.put(address, sent).status_code == 428
    done = machine.put(address, sent, if_match=now["ETag"])
    assert done.status_code == 200 and done.json()["changed"] == [credentials[0].reference]
    assert done.json()["sequence"] == 3
    assert machine.put(address, sent, if_match=now["ETag"]).status_code == 412
    assert machine.get("/members/chongqing/status-lists/7").status_code == 404
