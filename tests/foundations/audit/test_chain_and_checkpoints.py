"""What was changed, removed, inserted, put in another order or cut off is found; a personal value never stands in the log."""

import json
from datetime import UTC, date, datetime

import pytest

from corridor.commands.worker import keep_house
from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import checkpoints, log
from corridor.foundations.audit.changes import FieldChange, differences
from corridor.foundations.audit.models import AuditKey, ChainEnd, Checkpoint, Entry, EntryDetail
from corridor.foundations.audit.sealing import check_chain, seal_entries, seal_of
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from tests.commands.run import run
from tests.factories.actors import make_actor, make_user

DAY, AT = date(2024, 2, 2), datetime(2024, 2, 2, 9, tzinfo=UTC)
AUDITOR = make_actor("auditor")

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    subject = make_user("mei")
    for number in range(4):
        changes = [FieldChange("city", "Vientiane", "Pakse")] if number % 2 else []
        log.record("members.edited", by=NIGHTLY, subject=subject, changes=changes)
    seal_entries()
    return subject


def kept(day: date = DAY) -> dict[str, object]:
    return json.loads(json.dumps(checkpoints.checkpoint_file(day=day, by=AUDITOR)))


@pytest.fixture
def signed(chain):
    checkpoints.make_key(at=AT, by=NIGHTLY)
    return checkpoints.make_checkpoint(on=DAY, at=AT, by=NIGHTLY)


def test_an_edit_is_remembered_field_by_field_and_a_personal_one_by_its_name_alone():
    before = {"city": "Vientiane", "born_on": date(1999, 1, 1), "region": ""}
    after = {"city": "Pakse", "born_on": date(1998, 1, 1), "region": ""}
    assert differences(before, after, personal={"born_on"}) == [
        FieldChange("city", "Vientiane", "Pakse"),
        FieldChange("born_on"),
    ]


def test_an_untouched_chain_holds_with_and_without_details(chain):
    assert check_chain().first_broken is None


def test_a_changed_detail_an_added_one_and_a_removed_one_are_found(chain):
    detail = EntryDetail.objects.order_by("pk").first()
    EntryDetail.objects.filter(pk=detail.pk).update(after="Savannakhet")
    assert check_chain().first_broken == 2
    EntryDetail.objects.filter(pk=detail.pk).update(after="Pakse")
    added = EntryDetail.objects.create(entry=Entry.objects.get(place=1), field="city", after="Pakse")
    assert check_chain().first_broken == 1
    added.delete()
    detail.delete()
    assert check_chain().first_broken == 2


def test_a_changed_entry_a_removed_one_and_an_inserted_one_are_found(chain):
    Entry.objects.filter(place=3).update(event="members.read")
    assert check_chain().first_broken == 3
    Entry.objects.filter(place=3).update(event="members.edited")
    EntryDetail.objects.filter(entry__place=2).delete()
    Entry.objects.filter(place=2).delete()
    assert check_chain().first_broken == 2


def test_an_inserted_entry_is_found(chain):
    Entry.objects.create(event="members.edited", by="system", subject="x", place=5, seal="f" * 64)
    assert check_chain().first_broken == 5


def in_place(place: int, how: str) -> None:
    """What somebody with the database in hand does to one row: changes it, takes it out, or puts another in its place."""
    if how == "changed":
        Entry.objects.filter(place=place).update(by="nobody")
    elif how == "removed":
        EntryDetail.objects.filter(entry__place=place).delete()
        Entry.objects.filter(place=place).delete()
    else:
        for later in Entry.objects.filter(place__gte=place).order_by("-place"):
            Entry.objects.filter(pk=later.pk).update(place=later.place + 1)
        before = Entry.objects.filter(place=place - 1).values_list("seal", flat=True).first() or ""
        made = Entry.objects.create(event="members.edited", by="nobody", subject="x", place=place, seal="-")
        Entry.objects.filter(pk=made.pk).update(seal=seal_of(made, after=before))


def hash_anew() -> None:
    """Every seal made anew from the first place on, and the end of the chain with them."""
    place, seal = 0, ""
    for entry in Entry.objects.filter(place__isnull=False).order_by("place").prefetch_related("details"):
        place, seal = place + 1, seal_of(entry, after=seal)
        Entry.objects.filter(pk=entry.pk).update(place=place, seal=seal)
    ChainEnd.objects.update(place=place, seal=seal)


HOWS = ["changed", "removed", "inserted"]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("place", [1, 2, 4], ids=["first", "middle", "last"])
def test_one_row_that_is_changed_removed_or_inserted_is_found_wherever_it_stands(chain, place, how):
    in_place(place, how)
    broken = check_chain().first_broken
    # A row put in before others with a seal that fits is found at the one that follows it.
    assert broken in {place, place + 1}


def test_a_row_after_the_last_one_is_found_too(chain):
    in_place(5, "inserted")
    assert check_chain().first_broken == 5


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("place", [1, 3, 5], ids=["first", "middle", "last"])
def test_a_row_that_was_hashed_anew_with_all_that_follow_is_found_by_a_kept_checkpoint(
    signed, place, how, capsys, tmp_path
):
    """The chain looks whole then; that is what the signed file is for, which somebody else keeps."""
    file = tmp_path / "checkpoint.json"
    file.write_text(json.dumps(kept()))
    assert run(capsys, "audit", "check", "--checkpoint", str(file)).code == 0
    in_place(place, how)
    hash_anew()
    assert check_chain().first_broken is None
    assert not checkpoints.check_against(kept(), by=AUDITOR).holds
    assert run(capsys, "audit", "check").code == 0
    assert run(capsys, "audit", "check", "--checkpoint", str(file)).code == 1


def test_what_happens_after_the_checkpoint_may_be_hashed_anew_unseen_until_the_next_one(signed, chain):
    """How far a checkpoint reaches, said plainly: to its own place."""
    log.record("members.edited", by=NIGHTLY, subject=chain)
    log.record("members.edited", by=NIGHTLY, subject=chain)
    seal_entries()
    document = kept()
    last = Entry.objects.order_by("-place").first()
    Entry.objects.filter(pk=last.pk).update(by="nobody")
    hash_anew()
    assert checkpoints.check_against(document, by=AUDITOR).holds
    checkpoints.make_checkpoint(on=date(2024, 2, 3), at=AT, by=NIGHTLY)
    assert checkpoints.check_against(kept(date(2024, 2, 3)), by=AUDITOR).holds


def test_two_entries_that_changed_places_are_found(chain):
    first, second = Entry.objects.get(place=1), Entry.objects.get(place=2)
    Entry.objects.filter(pk=first.pk).update(place=99)
    Entry.objects.filter(pk=second.pk).update(place=1)
    Entry.objects.filter(pk=first.pk).update(place=2)
    assert check_chain().first_broken == 1


def test_a_checkpoint_agrees_with_the_chain_it_was_made_of_and_with_a_longer_one(signed, chain):
    log.record("members.edited", by=NIGHTLY, subject=chain)
    seal_entries()
    report = checkpoints.check_against(kept(), by=AUDITOR)
    assert report.holds
    # The four of the chain, and the making of the key.
    assert report.place == 5


def test_a_tail_that_was_cut_with_the_end_of_the_chain_rewritten_is_found_by_a_kept_checkpoint(signed):
    document = kept()
    last = Entry.objects.get(place=3)
    EntryDetail.objects.filter(entry__place__gt=3).delete()
    Entry.objects.filter(place__gt=3).delete()
    Entry.objects.filter(place__isnull=True).delete()
    ChainEnd.objects.update(place=3, seal=last.seal)
    assert check_chain().first_broken is None
    report = checkpoints.check_against(document, by=AUDITOR)
    assert (report.is_signed, report.is_there, report.holds) == (True, False, False)


def test_a_chain_that_was_sealed_anew_is_found_by_a_kept_checkpoint(signed):
    document = kept()
    Entry.objects.filter(place=2).update(by="nobody")
    Entry.objects.update(place=None, seal="")
    ChainEnd.objects.update(place=0, seal="")
    seal_entries()
    assert check_chain().first_broken is None
    assert not checkpoints.check_against(document, by=AUDITOR).holds


def test_a_checkpoint_that_somebody_changed_or_signed_with_another_key_shows_nothing(signed):
    assert not checkpoints.check_against({**kept(), "entries": 4}, by=AUDITOR).is_signed
    assert not checkpoints.check_against({**kept(), "key": "00" * 32}, by=AUDITOR).is_signed
    assert not checkpoints.check_against({**kept(), "signature": "no"}, by=AUDITOR).is_signed


def test_an_older_key_still_checks_what_it_signed(signed):
    checkpoints.make_key(at=AT, by=NIGHTLY)
    assert checkpoints.check_against(kept(), by=AUDITOR).holds
    assert AuditKey.objects.filter(ended_at__isnull=True).count() == 1


def test_there_is_one_checkpoint_a_day_and_none_without_a_key(chain):
    with pytest.raises(WrongMoment, match="no key"):
        checkpoints.make_checkpoint(on=DAY, at=AT, by=NIGHTLY)
    checkpoints.make_key(at=AT, by=NIGHTLY)
    assert checkpoints.is_due(on=DAY)
    checkpoints.make_checkpoint(on=DAY, at=AT, by=NIGHTLY)
    assert not checkpoints.is_due(on=DAY)
    with pytest.raises(WrongMoment, match="already"):
        checkpoints.make_checkpoint(on=DAY, at=AT, by=NIGHTLY)


def test_nobody_without_the_right_signs_or_reads(signed):
    for refused in (
        lambda: checkpoints.make_key(at=AT, by=AUDITOR),
        lambda: checkpoints.make_checkpoint(on=DAY, at=AT, by=make_actor("secretariat")),
        lambda: checkpoints.list_checkpoints(by=make_actor("visitor")),
    ):
        with pytest.raises(AccessDenied):
            refused()
    assert checkpoints.list_checkpoints(by=make_actor("coordinator")).count() == 1
    with pytest.raises(NotFound):
        checkpoints.checkpoint_file(day=date(2024, 1, 1), by=AUDITOR)


def test_the_command_makes_a_key_a_checkpoint_and_holds_the_chain_against_it(chain, capsys, tmp_path):
    assert run(capsys, "audit", "checkpoint").code == 1
    assert run(capsys, "audit", "key").code == 0
    file = tmp_path / "checkpoint.json"
    file.write_text(run(capsys, "audit", "checkpoint").out)
    assert "agrees" in run(capsys, "audit", "check", "--checkpoint", str(file)).out
    Entry.objects.filter(place=2).update(by="nobody")
    Entry.objects.update(place=None, seal="")
    ChainEnd.objects.update(place=0, seal="")
    ended = run(capsys, "audit", "check", "--checkpoint", str(file), "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["checkpoint"]["is_there"] is False


def test_a_file_that_is_no_checkpoint_is_refused(chain, capsys, tmp_path):
    (tmp_path / "no.json").write_text("[1]")
    assert run(capsys, "audit", "check", "--checkpoint", str(tmp_path / "no.json")).code == 1
    with pytest.raises(BadInput):
        checkpoints.check_against({"format": "else"}, by=AUDITOR)


def test_the_worker_signs_once_a_day(chain, capsys, settings):
    settings.EXAMPLE_DAY = DAY
    run(capsys, "audit", "key")
    keep_house()
    keep_house()
    assert Checkpoint.objects.count() == 1
