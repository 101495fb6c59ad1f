"""What was published, beside what the records give."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.indicators.actions import ClaimDraft, state_claims
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.queries import check_claims, list_claims
from corridor.rooms.indicators.refusals import ReferenceTaken
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.figures import AT, REPORT_DAY, complete_at_five_workshops, make_alliance_of_164
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db


def claim(
    reference: str, kind: str, number: int | None, code: str, scope: str = "", *, position: int = 1
) -> ClaimDraft:
    question = ask(code, scope, on=REPORT_DAY, at=AT)
    return ClaimDraft(reference, position, f"claim {reference}", kind, number, question, "A news article")


def state(*claims: ClaimDraft, by=NIGHTLY) -> None:
    state_claims(claims=claims, at=AT, by=by)


def check(by=VISITOR) -> dict[str, object]:
    return {each.claim.reference: each for each in check_claims(at=AT, on=date(2024, 2, 2), by=by)}


def test_164_members_and_fourteen_places_of_which_thirteen_are_named():
    make_alliance_of_164()
    state(
        claim("members", "exactly", 164, "members.active"),
        claim("places", "exactly", 14, "members.countries", position=2),
    )
    checks = check()
    assert [each.verdict for each in checks.values()] == ["holds", "holds"]
    assert (checks["places"].named, checks["places"].of) == (13, 14)


def test_without_hong_kong_the_claim_of_fourteen_differs():
    make_alliance_of_164()
    state(claim("places", "exactly", 14, "members.countries"))
    Organisation.objects.filter(country="HK").update(country="SG")
    found = check()["places"]
    assert found.verdict == "differs"
    assert str(found) == "The records give 13, not 14."


def test_over_600_and_exactly_240():
    make_alliance()
    complete_at_five_workshops()
    completed = "training.persons_completed"
    state(
        claim("teachers", "exactly", 240, completed, "brand=panda&kind=teacher"),
        claim("employees", "over", 600, completed, "brand=panda&kind=company_employee", position=2),
        claim("more", "over", 610, completed, "brand=panda&kind=company_employee", position=3),
        claim("least", "at_least", 610, completed, "brand=panda&kind=company_employee", position=4),
    )
    assert {name: each.verdict for name, each in check().items()} == {
        "teachers": "holds",
        "employees": "holds",
        "more": "differs",
        "least": "holds",
    }


def test_words_only_and_what_nobody_collects_are_not_derivable():
    make_alliance()
    state(
        claim("slew", "words", None, "announcements.made"),
        claim("money", "words", None, "funding.pledged", "currency=CNY", position=2),
        claim("work", "words", None, "outcomes.employed_any", "months=6", position=3),
        claim("standards", "words", None, "curricula.units_mapped", position=4),
    )
    checks = check()
    assert {each.verdict for each in checks.values()} == {"not_derivable"}
    assert "the records give 0" in str(checks["slew"])
    assert "not the same as zero" in str(checks["money"])
    assert "nothing to divide by" in str(checks["standards"])


def test_claims_about_later_days_wait():
    make_alliance_of_164()
    state(claim("members", "exactly", 164, "members.active"))
    assert check_claims(at=AT, on=date(2024, 1, 17), by=VISITOR) == []
    assert len(list_claims(by=VISITOR)) == 1


def test_a_claim_is_stated_once_with_a_number_or_words():
    make_alliance()
    state(claim("members", "exactly", 164, "members.active"))
    with pytest.raises(ReferenceTaken):
        state(claim("members", "exactly", 164, "members.active"))
    with pytest.raises(BadInput):
        state(claim("words", "words", 164, "members.active"))
    with pytest.raises(BadInput):
        state(claim("none", "exactly", None, "members.active"))


def test_only_who_may_states_claims():
    make_alliance()
    with pytest.raises(AccessDenied):
        state(claim("members", "exactly", 164, "members.active"), by=make_actor(Role.AUDITOR))
