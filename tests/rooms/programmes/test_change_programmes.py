"""A proposal may change in everything; what was approved is added to, and what others rely on stays."""

from dataclasses import replace
from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.audit.models import EntryDetail
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.agreements.actions import suspend_agreement
from corridor.rooms.programmes.actions import (
    AgreementNotInForce,
    StaysOnceApproved,
    change_programme,
    move_programme,
    suspend_programmes_under,
)
from corridor.rooms.programmes.drafts import ProgrammeDraft
from corridor.rooms.programmes.lifecycle import ProgrammeStatus as Status
from corridor.rooms.programmes.models import MemberRole, Programme
from corridor.rooms.programmes.queries import get_programme, list_programmes
from corridor.rooms.training.actions.cohorts import CohortPlan
from corridor.rooms.training.opening import Ground
from corridor.rooms.training.refusals import AgreementIsNotInForce
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.agreements import find_or_make_member, make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand
from tests.factories.programmes import make_programme
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
TODAY = date(2024, 2, 2)


def draft_of(programme, **more):
    shown = get_programme(reference=programme.reference, by=NIGHTLY)
    given = ProgrammeDraft(
        reference=shown.reference, kind=shown.kind, agreement=shown.agreement,
        titles={each.language: each.text for each in shown.titles.all()},
        sites=[each.site for each in shown.places.all()],
        members=[(each.organisation, MemberRole(each.role)) for each in shown.members.all()],
        source_mark=shown.source_mark,
    )  # fmt: skip
    return replace(given, **more)


def test_a_proposal_changes_in_everything():
    programme = make_programme(running_from=None)
    site, agreement = make_site("wks-luang"), make_agreement("AGR-2023-0040")
    members = [(find_or_make_member("colombo"), MemberRole.LEAD)]
    draft = draft_of(
        programme, kind="language", agreement=agreement, more_agreements=[programme.agreement], sites=[site], members=members,
        titles={"en": "Chinese for port staff"}, announcement=make_announcement(), demands=[make_demand()],
        languages=["zh-Hans", "lo"],
    )  # fmt: skip
    change_programme(programme=programme, draft=draft, by=LI)
    shown = get_programme(reference=programme.reference, by=VISITOR)
    assert (shown.kind, shown.agreement.reference, shown.announcement.reference) == (
        "language",
        "AGR-2023-0040",
        "ANN-2023-0001",
    )
    assert [each.text for each in shown.titles.all()] == ["Chinese for port staff"]
    assert [each.site.reference for each in shown.places.all()] == ["wks-luang"]
    assert [each.organisation.reference for each in shown.members.all()] == ["colombo"]
    assert [each.language for each in shown.languages.all()] == ["zh-Hans", "lo"]
    told = EntryDetail.objects.filter(entry__event="programmes.changed").values_list("field", flat=True)
    assert list(told) == ["kind", "titles", "agreements"]
    for wanted in ({"agreement": "AGR-2023-0031"}, {"agreement": "AGR-2023-0040"}, {"demand": "DEM-2023-0007"}):
        assert [each.reference for each in list_programmes(by=VISITOR, on=TODAY, **wanted)] == [programme.reference]


def test_what_was_approved_is_added_to_and_what_others_rely_on_stays():
    programme = make_programme()
    whole, more = draft_of(programme), make_agreement("AGR-2023-0040")
    for wrong in (
        replace(whole, kind="language"),
        replace(whole, sites=[]),
        replace(whole, members=whole.members[:1]),
        replace(whole, agreement=more),
    ):
        with pytest.raises(StaysOnceApproved):
            change_programme(programme=programme, draft=wrong, by=LI)
    better = replace(
        whole, agreement=more, more_agreements=[programme.agreement], sites=[*whole.sites, make_site("wks-luang")],
        members=[*whole.members, (find_or_make_member("colombo"), MemberRole.SENDING)],
    )  # fmt: skip
    change_programme(programme=programme, draft=better, by=LI)
    row = Programme.objects.get()
    assert (row.agreement.reference, row.places.count(), row.members.count()) == ("AGR-2023-0040", 2, 3)


def test_who_may_not_and_what_has_ended():
    programme = make_programme()
    draft = draft_of(programme)
    with pytest.raises(AccessDenied):
        change_programme(programme=programme, draft=draft, by=make_actor("coordinator"))
    for wrong in (
        {"titles": {"en": " "}},
        {"more_agreements": [programme.agreement]},
        {"languages": ["lo", "lo"]},
        {"sites": [*draft.sites, *draft.sites]},
    ):
        with pytest.raises(BadInput):
            change_programme(programme=programme, draft=replace(draft, **wrong), by=LI)
    move_programme(programme=programme, to=Status.COMPLETED, on=TODAY, by=LI)
    with pytest.raises(WrongMoment):
        change_programme(programme=programme, draft=draft, by=LI)


def test_of_several_agreements_one_in_force_is_enough_to_run_and_to_teach():
    waiting, force = make_proposed_agreement("AGR-2024-0006"), make_agreement("AGR-2023-0031")
    programme = make_programme(agreement=waiting, running_from=None)
    steps = [(Status.APPROVED, date(2023, 9, 4)), (Status.RUNNING, date(2023, 9, 4))]
    change_programme(programme=programme, draft=draft_of(programme, more_agreements=[force]), by=LI)
    for to, on in steps:
        programme = move_programme(programme=programme, to=to, on=on, by=LI)
    version, site = make_version(), programme.places.get().site
    plan = CohortPlan(
        reference="VTE-VI-09", programme=programme, curriculum_version=version, site=site, no_demand_reason="A pilot.",
        starts_on=TODAY, ends_before=date(2024, 6, 1),
    )  # fmt: skip

    def ground():
        return Ground.under(programmes=[programme], sites=[site], versions=[version])

    ground().require_room_for(plan)
    assert suspend_programmes_under(agreement=waiting, on=TODAY, by=LI) == 0
    suspend_agreement(agreement=force, on=TODAY, by=NIGHTLY)
    with pytest.raises(AgreementIsNotInForce):
        ground().require_room_for(plan)
    assert suspend_programmes_under(agreement=force, on=TODAY, by=LI) == 1
    with pytest.raises(AgreementNotInForce):
        move_programme(programme=programme, to=Status.RUNNING, on=date(2024, 2, 5), by=LI)
