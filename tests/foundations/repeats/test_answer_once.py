"""What is sent twice under one key is done once, and answered twice the same."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.repeats.answering import KEPT_FOR, KeyInUse, answer_once, forget_answers
from corridor.foundations.repeats.models import KeptAnswer
from corridor.kernel.errors import AccessDenied, BadInput
from tests.factories.actors import make_actor, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)


@pytest.fixture
def mei():
    return make_actor("secretariat", user=make_user("mei"))


def asked(key, by, made, sent=b"one"):
    def make():
        made.append(sent)
        return f"answer {len(made)}"

    return answer_once(key=key, sent=sent, make=make, at=AT, by=by)


def test_the_same_is_done_once_and_answered_the_same(mei):
    made = []
    assert asked("k1", mei, made) == ("answer 1", False)
    assert asked("k1", mei, made) == ("answer 1", True)
    assert made == [b"one"]


def test_a_key_belongs_to_one_thing_and_to_one_account(mei):
    made = []
    asked("k1", mei, made)
    with pytest.raises(KeyInUse):
        asked("k1", mei, made, sent=b"two")
    assert asked("k1", make_actor("secretariat", user=make_user("khamla")), made).text == "answer 2"


def test_what_is_refused_is_not_kept(mei):
    def refuse():
        raise BadInput([])

    with pytest.raises(BadInput):
        answer_once(key="k1", sent=b"one", make=refuse, at=AT, by=mei)
    assert asked("k1", mei, []).is_again is False


def test_a_visitor_makes_nothing_and_a_key_is_short(mei):
    with pytest.raises(AccessDenied):
        asked("k1", VISITOR, [])
    with pytest.raises(BadInput):
        asked("k" * 81, mei, [])


def test_answers_are_forgotten_after_a_week(mei):
    asked("k1", mei, [])
    assert forget_answers(at=AT + KEPT_FOR) == 0
    assert forget_answers(at=AT + KEPT_FOR + timedelta(seconds=1)) == 1
    assert not KeptAnswer.objects.exists()
