"""Every permission has words for a refusal, each its own; none shows its code to a reader."""

import pytest

from corridor.foundations.access import VISITOR, Permission
from corridor.foundations.access.words import PERMISSION_WORDS
from corridor.kernel.errors import AccessDenied


def test_every_permission_has_words_and_nothing_else_has():
    assert set(PERMISSION_WORDS) == set(Permission)


def test_no_two_permissions_have_the_same_words():
    assert len(set(PERMISSION_WORDS.values())) == len(PERMISSION_WORDS)


@pytest.mark.parametrize("permission", list(Permission), ids=str)
def test_a_refusal_says_the_words_and_not_the_code(permission):
    if VISITOR.may(permission):
        return
    with pytest.raises(AccessDenied) as refused:
        VISITOR.require(permission)
    assert PERMISSION_WORDS[permission] in str(refused.value)
    assert permission.value not in str(refused.value)
