"""A record that its own room does not show is not opened from a figure either, whatever id somebody asks for."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import NotFound
from corridor.rooms.indicators.queries import walk_record
from tests.factories.actors import make_actor
from tests.factories.agreements import make_draft_agreement
from tests.factories.conferences import make_announcement
from tests.factories.members import make_member, make_membership, make_organisation

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat")


def open_(kind, record, by):
    return walk_record(kind=kind, record_id=record.pk, by=by)


def test_an_application_is_not_opened_by_a_visitor():
    applicant = make_organisation("colombo", country="LK")
    membership = make_membership(applicant, steps=[("applied", date(2023, 5, 1)), ("under_review", date(2023, 6, 1))])
    for kind, record in (("membership", membership), ("organisation", applicant)):
        with pytest.raises(NotFound):
            open_(kind, record, VISITOR)
        assert open_(kind, record, SECRETARIAT).card.reference == "colombo"
    coordinator = make_actor("coordinator", ("member", applicant.pk))
    assert open_("membership", membership, coordinator).card.reference == "colombo"


def test_a_member_s_rejected_application_of_earlier_days_is_not_told():
    member = make_member("vientiane", country="LA", active_from=date(2022, 1, 1), founding_mark="named")
    make_membership(member, steps=[("applied", date(2021, 2, 1)), ("rejected", date(2021, 3, 1))])
    assert "rejected" not in {step.state for step in open_("organisation", member, VISITOR).changes}
    assert "rejected" in {step.state for step in open_("organisation", member, SECRETARIAT).changes}


def test_why_a_membership_changed_is_not_for_visitors():
    member = make_member("vientiane", country="LA", later=[("suspended", date(2022, 3, 1))])
    membership = member.memberships.get()
    membership.changes.filter(to_status="suspended").update(reason="Two years without a reply")
    assert {step.reason for step in open_("membership", membership, VISITOR).changes} == {""}
    assert "Two years without a reply" in {step.reason for step in open_("membership", membership, SECRETARIAT).changes}


def test_a_draft_and_an_unconfirmed_announcement_are_not_opened_by_a_visitor():
    party = make_draft_agreement().parties.first()
    announcement = make_announcement(confirmed_by="")
    for kind, record in (("agreement_party", party), ("announcement", announcement)):
        with pytest.raises(NotFound):
            open_(kind, record, VISITOR)
        assert open_(kind, record, SECRETARIAT)
