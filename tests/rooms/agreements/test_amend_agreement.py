"""An amendment is written on a copy, signed like an agreement, and merged field by field into what it amends."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.agreements.actions import (
    amend_agreement,
    counter_agreement,
    propose_agreement,
    revise_draft,
    terminate_agreement,
)
from corridor.rooms.agreements.canonical import content_of, hash_still_matches, parties_that_differ
from corridor.rooms.agreements.drafts import LineDraft
from corridor.rooms.agreements.merging import merge, merge_clauses
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.queries import count_agreements, list_agreements
from corridor.rooms.agreements.refusals import AmendmentConflicts, AmendsNothingInForce, NotTheSameParties
from corridor.rooms.agreements.versions import version_on
from corridor.rooms.agreements.writing import draft_of
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_proposed_agreement

from .contents import written
from .signing import coordinator_of, sign

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON, LATER, AT = date(2023, 9, 1), date(2023, 10, 2), datetime(2023, 9, 1, tzinfo=UTC)
LONGER = date(2027, 6, 1)


@pytest.fixture
def agreement():
    return make_agreement()


def changed(agreement, **more):
    draft = draft_of(agreement, content_of(agreement))
    if body := more.pop("body", ""):
        more["texts"] = [replace(text, body=body) if text.language == "en" else text for text in draft.texts]
    return replace(draft, **more)


def amend(agreement, member="vientiane", **more):
    """A draft of an amendment that says that."""
    by = coordinator_of(agreement, member)
    draft = changed(agreement, **more)
    return amend_agreement(agreement=agreement, draft=draft, on=ON, reason="It takes longer.", by=by)


def propose(amendment, member="vientiane"):
    return propose_agreement(agreement=amendment, on=ON, by=coordinator_of(amendment, member))


def sign_all(amendment, on=LATER):
    for member in ("chongqing", "vientiane"):
        signed = sign(amendment, member, on=on)
    return signed


def test_it_is_a_copy_that_is_signed_and_then_the_agreement_says_it(agreement):
    before = agreement.canonical_hash
    amendment = amend(agreement, ends_before=LONGER, lines=[LineDraft(1, "en", "Two brake testers")])
    assert (amendment.reference, amendment.status, amendment.amends) == ("AGR-2023-0031-A1", "draft", agreement)
    amendment = propose(amendment)
    assert amendment.versions.get().party.reference == "vientiane"
    assert sign_all(amendment).status == "in_force"
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert (agreement.ends_before, agreement.lines.get().text) == (LONGER, "Two brake testers")
    assert (agreement.canonical_hash, agreement.amended_hash) == (before, agreement.versions.get(number=2).hash)
    assert hash_still_matches(agreement)
    assert parties_that_differ(agreement) == []
    assert {party.signed_hash for party in agreement.parties.all()} == {before}


def test_what_it_said_is_answered_for_any_day(agreement):
    sign_all(propose(amend(agreement, body="Article 1. We teach more.")))
    numbers = [getattr(version_on(agreement, day), "number", None) for day in (date(2023, 3, 1), ON, LATER)]
    assert numbers == [None, 1, 2]
    second = agreement.versions.get(number=2)
    assert (second.origin, second.amendment.reference, second.reason) == (
        "amended", "AGR-2023-0031-A1", "It takes longer.",
    )  # fmt: skip


def test_amendments_of_different_fields_are_both_merged(agreement):
    longer, truer = (
        amend(agreement, ends_before=LONGER),
        amend(agreement, body="Article 1. We teach together.\n\nArticle 2. We tell all."),
    )
    sign_all(propose(longer))
    sign_all(propose(truer))
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.ends_before == LONGER
    assert "We tell all." in agreement.texts.get(language="en").body
    assert [version.number for version in agreement.versions.all()] == [1, 2, 3]


def test_the_same_field_changed_meanwhile_is_refused_with_both_values(agreement):
    first, second = amend(agreement, ends_before=LONGER), propose(amend(agreement, ends_before=date(2028, 1, 1)))
    sign_all(propose(first))
    sign(second, "chongqing", on=LATER)
    with pytest.raises(AmendmentConflicts) as refused:
        sign(second, "vientiane", on=LATER)
    assert (refused.value.theirs, refused.value.yours) == ("2027-06-01", "2028-01-01")
    second.refresh_from_db()
    assert (second.status, second.parties.filter(signed_on__isnull=False).count()) == ("proposed", 1)
    assert Agreement.objects.get(pk=agreement.pk).ends_before == LONGER
    # The way out: the parties take up what it says now, and answer with that.
    answered = counter_agreement(
        agreement=second, draft=changed(second, ends_before=date(2028, 2, 1)), over=second.canonical_hash, on=LATER, at=AT,
        reason="After the first amendment.", by=coordinator_of(second, "vientiane"), base=2,
    )  # fmt: skip
    assert sign_all(answered).status == "in_force"
    assert Agreement.objects.get(pk=agreement.pk).ends_before == date(2028, 2, 1)


def test_a_draft_that_conflicts_is_not_proposed_until_it_takes_up_what_is_there(agreement):
    second = amend(agreement, ends_before=date(2028, 1, 1))
    sign_all(propose(amend(agreement, ends_before=LONGER)))
    with pytest.raises(AmendmentConflicts):
        propose(second)
    by = coordinator_of(second, "vientiane")
    with pytest.raises(BadInput):
        revise_draft(agreement=second, draft=changed(second), version=1, by=by, base=9)
    revised = revise_draft(agreement=second, draft=changed(second), version=1, by=by, base=2)
    assert propose(revised).status == "proposed"


def test_what_has_ended_is_not_amended(agreement):
    proposed = propose(amend(agreement, ends_before=LONGER))
    draft = amend(agreement, body="Article 1. Other.")
    sign(proposed, "chongqing", on=LATER)
    terminate_agreement(agreement=agreement, on=LATER, by=LI, reason="Vientiane left.")
    with pytest.raises(AmendsNothingInForce):
        sign(proposed, "vientiane", on=LATER)
    with pytest.raises(AmendsNothingInForce):
        propose(draft)
    with pytest.raises(AmendsNothingInForce):
        amend(Agreement.objects.get(pk=agreement.pk), ends_before=LONGER)


def test_what_is_not_in_force_has_lapsed_or_amends_itself_is_not_amended(agreement):
    amendment = amend(agreement, ends_before=LONGER)
    for one, on in ((make_proposed_agreement("AGR-2023-0032"), ON), (agreement, date(2026, 7, 1)), (amendment, ON)):
        with pytest.raises(AmendsNothingInForce):
            amend_agreement(agreement=one, on=on, reason="Longer.", by=LI)


def test_parties_stay_reasons_are_given_and_strangers_write_none(agreement):
    with pytest.raises(NotTheSameParties):
        amend(agreement, parties=[])
    with pytest.raises(BadInput):
        amend_agreement(agreement=agreement, on=ON, reason="", by=LI)
    with pytest.raises(AccessDenied):
        amend_agreement(agreement=agreement, on=ON, reason="Longer.", by=make_actor("coordinator"))


def test_an_amendment_stands_with_its_agreement_and_is_counted_nowhere(agreement):
    sign_all(propose(amend(agreement, ends_before=LONGER)))
    assert [row.reference for row in list_agreements(by=LI, on=LATER)] == ["AGR-2023-0031"]
    assert count_agreements(by=LI, on=LATER)["all"] == 1


def test_merging_takes_both_sides_and_names_each_conflict_once():
    base = content_of(written(lines=[(1, "en", "Two"), (2, "en", "Forty")]))
    ours = content_of(written(lines=[(1, "en", "Three"), (2, "en", "Forty")], ends_before=LONGER))
    theirs = content_of(
        written(lines=[(1, "en", "Four"), (3, "en", "New")], parties=[("chongqing", "pays"), ("vientiane", "hosts")])
    )
    made, conflicts = merge(base, ours, theirs)
    assert (made["ends_before"], made["parties"]["chongqing"]) == (LONGER.isoformat(), "pays")
    assert made["lines"] == {"1": {"en": "Four"}, "3": {"en": "New"}}
    assert [(each.field, each.place, each.base, each.ours, each.theirs) for each in conflicts] == [
        ("line", "1", "Two", "Three", "Four")
    ]


CLAUSES = st.lists(st.sampled_from("abcdef"), max_size=6)


@given(CLAUSES, CLAUSES, CLAUSES)
def test_what_one_side_alone_changed_is_taken_and_equal_changes_are_no_conflict(base, ours, theirs):
    assert merge_clauses(base, ours, base) == (ours, [])
    assert merge_clauses(base, base, theirs) == (theirs, [])
    assert merge_clauses(base, ours, ours) == (ours, [])
    mine, my_conflicts = merge_clauses(base, ours, theirs)
    other, their_conflicts = merge_clauses(base, theirs, ours)
    assert len(my_conflicts) == len(their_conflicts)
    if not my_conflicts:
        assert mine == other
