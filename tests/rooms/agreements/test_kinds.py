"""Kinds of agreement are rows: their names, how they are signed, and the clauses that a draft begins with."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, StaleForm
from corridor.rooms.agreements.actions import ReferenceTaken, change_kind, draft_agreement, make_kinds
from corridor.rooms.agreements.drafts import AgreementDraft, ClauseDraft, KindDraft
from corridor.rooms.agreements.templates import texts_from
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FRAME = KindDraft(
    "framework", {"en": "Framework agreement", "zh-Hans": "框架协议"}, signing_order="in_order", quorum=2,
    clauses=[
        ClauseDraft("en", 2, "Article 2. From {first_day} to {last_day}."),
        ClauseDraft("en", 1, "Article 1. Between {parties}."),
        ClauseDraft("zh-Hans", 1, "第一条 {parties}订立本协议。"),
    ],
)  # fmt: skip


def test_a_draft_begins_with_the_clauses_of_its_kind():
    (kind,) = make_kinds(kinds=[FRAME], by=LI)
    members = [find_or_make_member("chongqing"), find_or_make_member("vientiane")]
    texts = texts_from(kind, parties=members, starts_on=date(2024, 3, 1), ends_before=date(2026, 3, 1))
    english, chinese = texts
    assert (english.language, english.title) == ("en", "Framework agreement")
    assert english.body.split("\n\n")[1] == "Article 2. From 2024-03-01 to 2026-02-28."
    assert english.body.startswith("Article 1. Between ")
    assert (chinese.title, chinese.body[:4]) == ("框架协议", "第一条 ")
    assert "{" not in english.body + chinese.body


def test_how_an_agreement_is_signed_follows_from_its_kind():
    (kind,) = make_kinds(kinds=[FRAME], by=LI)
    made = draft_agreement(agreement=AgreementDraft(date(2024, 3, 1), kind=kind), by=LI)
    assert (made.kind, made.signing_order, made.quorum) == (kind, "in_order", 2)


WRONG = {
    "no name": KindDraft("letter", {"en": " "}),
    "nobody signs": KindDraft("letter", {"en": "Letter"}, quorum=0),
    "a place that nothing fills": KindDraft("letter", {"en": "Letter"}, [ClauseDraft("en", 1, "By {signatory}.")]),
    "a number twice": KindDraft("letter", {"en": "Letter"}, [ClauseDraft("en", 1, "One."), ClauseDraft("en", 1, "Two.")]),
    "an empty clause": KindDraft("letter", {"en": "Letter"}, [ClauseDraft("en", 1, " ")]),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_kind_that_cannot_be_drafted_from_is_refused(name):
    with pytest.raises(BadInput):
        make_kinds(kinds=[WRONG[name]], by=LI)


def test_the_secretariat_changes_a_kind_over_what_it_read_and_nobody_else_does():
    (kind,) = make_kinds(kinds=[FRAME], by=LI)
    with pytest.raises(ReferenceTaken):
        make_kinds(kinds=[FRAME], by=LI)
    changed = change_kind(kind=kind, draft=KindDraft("framework", {"en": "Frame"}), version=1, by=LI)
    assert (changed.version, changed.clauses.count(), changed.names.get().name) == (2, 0, "Frame")
    with pytest.raises(StaleForm):
        change_kind(kind=kind, draft=FRAME, version=1, by=LI)
    with pytest.raises(AccessDenied):
        change_kind(kind=kind, draft=FRAME, version=2, by=make_actor("coordinator"))
