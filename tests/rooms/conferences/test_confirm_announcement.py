from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.conferences.actions import AlreadyConfirmed, SameHand, confirm_announcement
from corridor.rooms.conferences.queries import (
    announcements_to_confirm,
    count_announcements,
    get_announcement,
    list_announcements,
)
from tests.factories.actors import VISITOR, make_actor
from tests.factories.conferences import make_announcement
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
ON = date(2023, 11, 24)
COUNCIL = make_actor("council", label="khamla")


@pytest.fixture
def unconfirmed():
    return make_announcement(confirmed_by="", made_by="li-na")


def test_a_second_person_confirms_it_and_it_is_public(unconfirmed):
    with pytest.raises(NotFound):
        get_announcement(reference=unconfirmed.reference, by=VISITOR)
    assert not list_announcements(by=VISITOR, on=ON).exists()
    assert count_announcements(by=VISITOR, on=ON)["all"] == 0
    confirm_announcement(announcement=unconfirmed, on=ON, by=COUNCIL)
    shown = get_announcement(reference=unconfirmed.reference, by=VISITOR)
    assert (shown.confirmed_by, shown.confirmed_on) == ("khamla", ON)
    assert Entry.objects.filter(event="conferences.announcement_confirmed", by="khamla").count() == 1


def test_until_then_only_secretariat_council_and_owner_see_it(unconfirmed):
    chongqing, vientiane = unconfirmed.owner, make_member("vientiane", country="LA")
    for by in (make_actor("secretariat"), COUNCIL, make_actor("coordinator", ("member", chongqing.pk))):
        assert get_announcement(reference=unconfirmed.reference, by=by) == unconfirmed
    for by in (make_actor("coordinator", ("member", vientiane.pk)), make_actor("auditor"), make_actor("trainer")):
        with pytest.raises(NotFound):
            get_announcement(reference=unconfirmed.reference, by=by)


def test_the_one_who_made_it_is_not_its_second_person(unconfirmed):
    with pytest.raises(SameHand):
        confirm_announcement(announcement=unconfirmed, on=ON, by=make_actor("council", label="li-na"))
    unconfirmed.refresh_from_db()
    assert unconfirmed.confirmed_by == ""


def test_the_secretariat_does_not_confirm(unconfirmed):
    with pytest.raises(AccessDenied):
        confirm_announcement(announcement=unconfirmed, on=ON, by=make_actor("secretariat", label="other"))


def test_nothing_is_confirmed_twice(unconfirmed):
    confirm_announcement(announcement=unconfirmed, on=ON, by=COUNCIL)
    with pytest.raises(AlreadyConfirmed):
        confirm_announcement(announcement=unconfirmed, on=ON, by=make_actor("council", label="nimali"))


def test_it_waits_on_the_desk_of_the_council_but_not_of_its_maker(unconfirmed):
    assert list(announcements_to_confirm(by=COUNCIL)) == [unconfirmed]
    assert list(announcements_to_confirm(by=make_actor("council", label="li-na"))) == []
    assert list(announcements_to_confirm(by=make_actor("secretariat"))) == []
