"""One step for many: what it would do, all or none, and holders are told."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.notices.models import Notice
from corridor.kernel.errors import BadInput, NotFound, WrongMoment
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential
from tests.factories.actors import make_actor, make_user
from tests.factories.credentials import award, make_assessed_cohort

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 10, 6, tzinfo=UTC)
ON = date(2024, 1, 10)


def change(credentials, step, **more):
    return actions.change_many(
        credentials=credentials,
        step=ManyStep(step),
        why=Why.UNDER_REVIEW,
        on=ON,
        at=AT,
        by=make_actor("secretariat"),
        **more,
    )


@pytest.fixture
def three():
    award(make_assessed_cohort(learners=3))
    return list(
        queries.get_credentials(references=sorted(Credential.objects.values_list("reference", flat=True)), by=NIGHTLY)
    )


def states():
    return list(Credential.objects.order_by("reference").values_list("status", flat=True))


def test_a_preview_says_what_would_become_of_each_and_keeps_nothing(three):
    person = three[0].enrolment.person
    person.user = make_user("khamla")
    person.save()
    effects = change(three, "suspend", dry_run=True)
    assert [(each.before, each.after, each.is_told) for each in effects] == [
        ("issued", "suspended", True), ("issued", "suspended", False), ("issued", "suspended", False),
    ]  # fmt: skip
    assert states() == ["issued"] * 3 and not Notice.objects.exists()
    assert [each.status for each in three] == ["issued"] * 3


def test_holders_are_told_and_only_a_suspension_is_undone(three):
    person = three[0].enrolment.person
    person.user = make_user("khamla")
    person.save()
    change(three, "suspend")
    change(three, "lift")
    change(three[:2], "revoke")
    assert states() == ["revoked", "revoked", "issued"]
    assert list(Notice.objects.order_by("told_at", "pk").values_list("event", flat=True)) == [
        "credentials.suspended", "credentials.lifted", "credentials.revoked",
    ]  # fmt: skip
    with pytest.raises(WrongMoment):
        change(three, "lift")
    assert states() == ["revoked", "revoked", "issued"]


def test_many_are_issued_anew_and_both_say_so(three):
    effects = change(three, "replace")
    assert len({each.replaced_by for each in effects}) == 3
    old = queries.get_credential(reference=effects[0].reference, by=NIGHTLY)
    new = queries.get_credential(reference=effects[0].replaced_by, by=NIGHTLY)
    assert (old.replaced_by, new.replaces) == (new, old)


def test_none_and_unknown_ones_are_refused_by_name(three):
    with pytest.raises(BadInput, match="at least one"):
        change([], "revoke")
    with pytest.raises(NotFound, match="CRD-1999-0001"):
        queries.get_credentials(references=[three[0].reference, "CRD-1999-0001"], by=NIGHTLY)
