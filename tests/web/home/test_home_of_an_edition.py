"""Once an edition is published, the first page tells its figures, and the desk what is to be signed for the next."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, Role
from corridor.rooms.indicators.actions import (
    EditionDraft,
    build_edition,
    freeze_figures,
    place_figures,
    publish_edition,
    sign_figures,
)
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import Figure
from tests.factories.actors import make_actor
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_five_workshops, make_members, make_signer
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def figures() -> list[Figure]:
    make_alliance(named=("CN", "LA"), assumed=("LK",))
    make_members({"LA": 3, "CN": 4, "LK": 1})
    make_five_workshops()
    asked = [
        ask("members.active", on=REPORT_DAY, at=AT),
        ask("members.countries", on=REPORT_DAY, at=AT),
        ask("sites.operating", "brand=panda", on=REPORT_DAY, at=AT),
        ask("sites.countries", "brand=panda", on=REPORT_DAY, at=AT),
    ]
    return freeze_figures(questions=asked, on=FREEZE_DAY, at=AT, by=NIGHTLY)


def publish(figures: list[Figure]) -> None:
    for signer in (make_signer("mei"), make_signer("somchai", Role.COUNCIL)):
        sign_figures(figures=figures, on=FREEZE_DAY, at=AT, by=signer)
    secretariat = make_actor(Role.SECRETARIAT)
    edition = build_edition(edition=EditionDraft("2024", "Annual report 2024", REPORT_DAY), by=secretariat)
    place_figures(edition=edition, figures=figures, by=secretariat)
    publish_edition(edition=edition, on=date(2024, 1, 30), at=AT, by=secretariat)


def test_the_cards_are_those_of_the_edition_and_members_are_counted_on_its_day(client, figures):
    publish(figures)
    make_member("late-joiner", active_from=date(2024, 1, 25))
    page = text_of(client.get("/"))
    assert "Members as on 18 January 2024." in page
    assert f">{Figure.objects.get(code='members.active').value}</a> members in" in page
    assert "places: 2 named, 1 assumed" in page
    assert "Sites in operation: " in page
    assert "sites in 3 countries" in page
    assert 'href="/figures/sites.operating/?brand=panda&amp;on=2024-01-18"' in page
    assert 'href="/reports/2024/"' in page


def test_a_frozen_figure_waits_on_the_desk_of_who_may_sign_it(figures):
    page = text_of(browser_of("council").get("/desk/"))
    assert "Sign the figure members.active" in page
    assert f"/figures/members.active/versions/{figures[0].reference}/" in page
    assert "Sign the figure" not in text_of(browser_of("auditor").get("/desk/"))
