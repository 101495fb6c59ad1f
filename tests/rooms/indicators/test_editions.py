"""An edition is signed figures under one fingerprint; published, it never changes."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.indicators.actions import (
    EditionDraft,
    build_edition,
    correct_figure,
    freeze_figures,
    place_figures,
    publish_edition,
    sign_figures,
)
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.fingerprints import edition_fingerprint
from corridor.rooms.indicators.keeping import particulars
from corridor.rooms.indicators.models import Edition, Figure
from corridor.rooms.indicators.queries import figures_in, get_edition, list_editions, open_edition, show_figure
from corridor.rooms.indicators.refusals import AlreadyPublished, NotSignedOff, ReferenceTaken
from tests.factories.actors import make_actor
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_members, make_signer
from tests.factories.members import make_alliance, make_member

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor(Role.SECRETARIAT)
PUBLISH_DAY = date(2024, 1, 30)


@pytest.fixture
def figures() -> list[Figure]:
    make_alliance()
    make_members({"LA": 3, "CN": 4})
    questions = [ask(code, on=REPORT_DAY, at=AT) for code in ("members.active", "members.countries")]
    return freeze_figures(questions=questions, on=FREEZE_DAY, at=AT, by=NIGHTLY)


@pytest.fixture
def edition(figures) -> Edition:
    edition = build_edition(edition=EditionDraft("2024", "Annual report 2024", REPORT_DAY), by=SECRETARIAT)
    return place_figures(edition=edition, figures=figures, by=SECRETARIAT)


def sign(figures: list[Figure]) -> None:
    for signer in (make_signer("mei"), make_signer("somchai", Role.COUNCIL)):
        sign_figures(figures=figures, on=FREEZE_DAY, at=AT, by=signer)


def publish(edition: Edition, by=SECRETARIAT) -> Edition:
    return publish_edition(edition=edition, on=PUBLISH_DAY, at=AT, by=by)


def test_a_signed_edition_is_published_with_its_fingerprint(edition, figures):
    sign(figures)
    published = publish(edition)
    kept = figures_in(edition=published, by=VISITOR)
    assert published.status == "published"
    assert published.fingerprint == edition_fingerprint(particulars(figure) for figure in kept)
    assert [figure.status for figure in kept] == ["published", "published"]
    assert show_figure(code="members.active", on=REPORT_DAY, at=AT, by=VISITOR).state == "published"
    assert [answered.value for answered in open_edition(reference="2024", at=AT, by=VISITOR).figures] == [7, 2]


def test_one_digit_or_another_order_gives_another_fingerprint(edition, figures):
    said = [particulars(figure) for figure in figures]
    fingerprint = edition_fingerprint(said)
    assert edition_fingerprint(reversed(said)) != fingerprint
    assert edition_fingerprint([said[0] | {"value": 8}, said[1]]) != fingerprint


def test_unsigned_figures_hold_it_back_by_name(edition, figures):
    sign(figures[:1])
    with pytest.raises(NotSignedOff, match=figures[1].reference):
        publish(edition)
    assert Figure.objects.get(pk=figures[0].pk).status == "signed_off"


def test_a_draft_follows_a_correction_and_must_be_signed_again(edition, figures):
    sign(figures)
    make_member("late-comer", country="LK")
    second = correct_figure(figure=figures[0], reason="A member was forgotten.", on=FREEZE_DAY, at=AT, by=SECRETARIAT)
    assert figures_in(edition=edition, by=SECRETARIAT)[0].reference == second.reference
    with pytest.raises(NotSignedOff, match=second.reference):
        publish(edition)
    sign([second])
    assert publish(edition).status == "published"


def test_a_published_edition_keeps_its_figures_when_they_are_corrected_later(edition, figures):
    sign(figures)
    fingerprint = publish(edition).fingerprint
    make_member("late-comer", country="LK")
    second = correct_figure(figure=figures[0], reason="A member was forgotten.", on=PUBLISH_DAY, at=AT, by=SECRETARIAT)
    opened = open_edition(reference="2024", at=AT, by=VISITOR)
    assert [answered.value for answered in opened.figures] == [7, 2]
    assert opened.figures[0].figure.corrected_by == second.reference
    assert opened.edition.fingerprint == fingerprint


def test_a_published_edition_never_changes(edition, figures):
    sign(figures)
    publish(edition)
    with pytest.raises(AlreadyPublished):
        publish(edition)
    with pytest.raises(AlreadyPublished):
        place_figures(edition=edition, figures=figures[:1], by=SECRETARIAT)


def test_an_empty_edition_and_a_figure_twice_are_refused(figures):
    edition = build_edition(edition=EditionDraft("2025", "Annual report 2025", REPORT_DAY), by=SECRETARIAT)
    with pytest.raises(BadInput):
        publish(edition)
    with pytest.raises(BadInput):
        place_figures(edition=edition, figures=[figures[0], figures[0]], by=SECRETARIAT)
    with pytest.raises(ReferenceTaken):
        build_edition(edition=EditionDraft("2025", "Again", REPORT_DAY), by=SECRETARIAT)


def test_drafts_are_for_those_who_build_and_sign(edition):
    assert list(list_editions(by=VISITOR)) == []
    with pytest.raises(NotFound):
        get_edition(reference="2024", by=VISITOR)
    assert get_edition(reference="2024", by=SECRETARIAT).title == "Annual report 2024"
    assert get_edition(reference="2024", by=make_signer("somchai", Role.COUNCIL)).status == "draft"


def test_only_who_may_publishes(edition, figures):
    sign(figures)
    for by in (VISITOR, make_actor(Role.COUNCIL), make_actor(Role.AUDITOR)):
        with pytest.raises(AccessDenied):
            publish(edition, by=by)
