"""Two different persons stand for a figure, each over its fingerprint."""

import threading

import pytest
from django.db import connection

from corridor.foundations.access import NIGHTLY, Role
from corridor.kernel.errors import AccessDenied, StaleForm, WrongMoment
from corridor.rooms.indicators.actions import correct_figure, freeze_figure, sign_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import EvidenceLine, Figure, SignOff
from corridor.rooms.indicators.queries import figures_to_sign, get_figure
from corridor.rooms.indicators.refusals import AlreadyCorrected, AlreadySigned, FigureHasChanged
from tests.factories.actors import make_actor
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_members, make_signer
from tests.factories.members import make_alliance, make_member


def make_frozen() -> Figure:
    make_alliance()
    make_members({"LA": 3})
    question = ask("members.active", on=REPORT_DAY, at=AT)
    return freeze_figure(question=question, on=FREEZE_DAY, at=AT, by=NIGHTLY)


@pytest.fixture
def figure(db) -> Figure:
    return make_frozen()


def sign(figure: Figure, by, **more) -> Figure:
    return sign_figure(figure=figure, on=FREEZE_DAY, at=AT, by=by, **more)


def test_the_second_person_signs_it_off(figure):
    mei, somchai = make_signer("mei"), make_signer("somchai", Role.COUNCIL)
    assert sign(figure, mei).status == "frozen"
    assert sign(figure, somchai, content_hash=figure.content_hash).status == "signed_off"
    signatures = figure.sign_offs.all()
    assert [(each.by_label, each.role) for each in signatures] == [("mei", "secretariat"), ("somchai", "council")]
    assert {each.content_hash for each in signatures} == {figure.content_hash}


def test_one_person_does_not_sign_twice(figure):
    mei = make_signer("mei")
    sign(figure, mei)
    with pytest.raises(AlreadySigned):
        sign(figure, mei)
    assert Figure.objects.get().status == "frozen"


def test_a_third_signature_comes_too_late(figure):
    for name in ("mei", "khamla"):
        sign(figure, make_signer(name))
    with pytest.raises(WrongMoment):
        sign(figure, make_signer("nimali"))


def test_who_saw_another_fingerprint_looks_again(figure):
    with pytest.raises(StaleForm) as refused:
        sign(figure, make_signer("mei"), content_hash="0" * 64)
    assert (refused.value.theirs, refused.value.yours) == (figure.content_hash, "0" * 64)


def test_a_version_that_was_corrected_is_not_signed_any_more(figure):
    make_member("late-comer", country="LK")
    second = correct_figure(figure=figure, reason="A member was forgotten.", on=FREEZE_DAY, at=AT, by=NIGHTLY)
    mei = make_signer("mei")
    with pytest.raises(AlreadyCorrected, match=second.reference):
        sign(figure, mei)
    assert [each.reference for each in figures_to_sign(by=mei)] == [second.reference]
    assert sign(second, mei).status == "frozen"


def test_rows_that_were_tampered_with_are_not_signed(figure):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EvidenceLine._meta.db_table} WHERE record_id IS NOT NULL")
    with pytest.raises(FigureHasChanged):
        sign(figure, make_signer("mei"))


def test_machines_and_other_roles_do_not_sign(figure):
    for by in (NIGHTLY, make_signer("auditor", Role.AUDITOR), make_actor(Role.SECRETARIAT)):
        with pytest.raises(AccessDenied):
            sign(figure, by)
    assert not SignOff.objects.exists()


def test_a_desk_lists_what_is_to_be_signed_until_it_is(figure):
    mei, khamla = make_signer("mei"), make_signer("khamla")
    assert [each.reference for each in figures_to_sign(by=mei)] == [figure.reference]
    sign(figure, mei)
    assert list(figures_to_sign(by=mei)) == []
    assert len(figures_to_sign(by=khamla)) == 1
    assert list(figures_to_sign(by=make_actor(Role.AUDITOR))) == []


@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_sign_it_off_once():
    figure = make_frozen()
    sign(figure, make_signer("mei"))
    signers = [make_signer("khamla"), make_signer("nimali", Role.COUNCIL)]
    start, refused = threading.Barrier(2), []

    def last(by) -> None:
        start.wait()
        try:
            sign(figure, by)
        except WrongMoment as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=last, args=(by,)) for by in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = get_figure(reference=figure.reference, by=signers[0])
    assert signed.status == "signed_off"
    assert len(refused) == 1
    assert signed.sign_offs.count() == 2
    assert signed.changes.filter(to_status="signed_off").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_signatures_at_once_both_count():
    figure = make_frozen()
    signers = [make_signer("khamla"), make_signer("nimali", Role.COUNCIL)]
    start = threading.Barrier(2)

    def first(by) -> None:
        start.wait()
        sign(figure, by)
        connection.close()

    threads = [threading.Thread(target=first, args=(by,)) for by in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert get_figure(reference=figure.reference, by=signers[0]).status == "signed_off"
