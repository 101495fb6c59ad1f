import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.programmes.actions import (
    HasThatRole,
    HeldThereAlready,
    ReferenceTaken,
    add_members,
    add_sites,
    move_programme,
    propose_programme,
    propose_programmes,
)
from corridor.rooms.programmes.drafts import ProgrammeDraft
from corridor.rooms.programmes.lifecycle import ProgrammeStatus
from corridor.rooms.programmes.models import MemberRole, Programme
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_draft_agreement
from tests.factories.programmes import RUNNING_FROM, make_programme
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")


@pytest.fixture
def agreement():
    return make_draft_agreement()


def draft(agreement, reference="PRG-2023-012", **more):
    given = {"titles": {"en": "Panda College", "zh-Hans": "熊猫学院"}} | more
    return ProgrammeDraft(reference, "vocational", agreement, **given)


def test_the_secretariat_proposes_many_at_once_under_an_agreement_that_exists(agreement):
    site, chongqing = make_site(), find_or_make_member("chongqing")
    members = [(chongqing, MemberRole.LEAD), (chongqing, MemberRole.TEACHING)]
    made = propose_programmes(
        programmes=[draft(agreement, sites=[site], members=members), draft(agreement, "PRG-2023-013")], by=LI
    )
    assert [programme.status for programme in made] == ["proposed", "proposed"]
    assert set(made[0].members.values_list("role", flat=True)) == {"lead", "teaching"}
    assert made[0].places.get().site == site
    assert Entry.objects.filter(event="programmes.proposed", by="li-na").count() == 2


def test_a_coordinator_proposes_none(agreement):
    with pytest.raises(AccessDenied):
        propose_programme(programme=draft(agreement), by=make_actor("coordinator"))
    assert not Programme.objects.exists()


def test_a_reference_is_given_once(agreement):
    propose_programme(programme=draft(agreement), by=LI)
    with pytest.raises(ReferenceTaken):
        propose_programmes(programmes=[draft(agreement, "PRG-2023-013"), draft(agreement)], by=LI)
    assert Programme.objects.count() == 1


def test_what_cannot_be_meant_is_refused_with_every_reason(agreement):
    site, member = make_site(), (find_or_make_member("chongqing"), MemberRole.LEAD)
    with pytest.raises(BadInput) as refused:
        wrong = draft(agreement, titles={}, sites=[site, site], members=[member, member])
        propose_programme(programme=wrong, by=LI)
    assert {problem.column for problem in refused.value.problems} == {"title", "sites", "organisation"}


def test_members_and_sites_may_join_later_each_once():
    programme, colombo = make_programme(), find_or_make_member("colombo")
    assert add_members(members=[(programme, colombo, MemberRole.TEACHING)], by=LI) == 1
    with pytest.raises(HasThatRole):
        add_members(members=[(programme, colombo, MemberRole.TEACHING)], by=LI)
    assert add_members(members=[(programme, colombo, MemberRole.SENDING)], by=LI) == 1
    site = make_site("wks-colombo")
    assert add_sites(sites=[(programme, site)], by=LI) == 1
    with pytest.raises(HeldThereAlready):
        add_sites(sites=[(programme, site)], by=LI)


def test_nobody_joins_what_has_ended():
    programme = make_programme()
    move_programme(programme=programme, to=ProgrammeStatus.COMPLETED, on=RUNNING_FROM, by=LI)
    with pytest.raises(WrongMoment):
        add_members(members=[(programme, find_or_make_member("colombo"), MemberRole.TEACHING)], by=LI)
    with pytest.raises(WrongMoment):
        add_sites(sites=[(programme, make_site("wks-colombo"))], by=LI)


def test_a_member_does_not_join_by_itself():
    programme, colombo = make_programme(), find_or_make_member("colombo")
    mine = make_actor("coordinator", ("member", colombo.pk))
    with pytest.raises(AccessDenied):
        add_members(members=[(programme, colombo, MemberRole.TEACHING)], by=mine)
    with pytest.raises(AccessDenied):
        add_sites(sites=[(programme, make_site("wks-colombo"))], by=mine)
