"""Pages by which parties answer, amend, renew and end an agreement, and on which its versions are read."""

import re

import pytest

from corridor.rooms.agreements.actions import make_kinds
from corridor.rooms.agreements.drafts import ClauseDraft, KindDraft
from corridor.rooms.agreements.models import Agreement
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_agreement, make_draft_agreement, make_proposed_agreement
from tests.rooms.agreements.signing import sign
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def browser_for(reference: str, agreement: Agreement):
    return browser_of("coordinator", member=agreement.parties.get(organisation__reference=reference).organisation)


def first_values(response) -> dict[str, str]:
    """What the form of a page holds, as a browser would send it again."""
    form = response.context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def body_with(values: dict[str, str], body: str) -> dict[str, str]:
    return values | {"body_en": body, "reason": "The whole truth."}


TRUTH = "Article 1. We teach together.\n\nArticle 2. We tell the whole truth."


def test_a_party_answers_with_another_text_and_both_stand_side_by_side():
    agreement = make_proposed_agreement()
    vientiane = browser_for("vientiane", agreement)
    values = first_values(vientiane.get("/agreements/AGR-2023-0031/counter/"))
    answer = vientiane.post("/agreements/AGR-2023-0031/counter/", body_with(values, TRUTH), follow=True)
    assert "all sign it anew" in text_of(answer)
    assert "Take your text back" in text_of(answer)
    page = vientiane.get("/agreements/AGR-2023-0031/compare/?first=1&second=2")
    assert "Versions 1 and 2 differ in 1 field." in text_of(page)
    assert "<ins>whole </ins>" in page.content.decode()
    assert 'lang="en" dir="auto"' in page.content.decode()
    latest = vientiane.get("/agreements/AGR-2023-0031/compare/")
    assert (latest.status_code, "Versions 1 and 2 differ in 1 field." in text_of(latest)) == (200, True)
    assert "The whole truth." in text_of(vientiane.get("/agreements/AGR-2023-0031/versions/"))
    assert "We tell the truth." in text_of(vientiane.get("/agreements/AGR-2023-0031/versions/1/"))


def test_an_answer_to_a_text_that_is_no_longer_there_is_told_both_fingerprints():
    agreement = make_proposed_agreement()
    first = agreement.canonical_hash
    vientiane, chongqing = browser_for("vientiane", agreement), browser_for("chongqing", agreement)
    values = first_values(chongqing.get("/agreements/AGR-2023-0031/counter/"))
    vientiane.post("/agreements/AGR-2023-0031/counter/", body_with(values, TRUTH))
    refused = chongqing.post("/agreements/AGR-2023-0031/counter/", body_with(values, "Article 1. Mine."))
    agreement.refresh_from_db()
    assert refused.status_code == 409
    assert first in text_of(refused)
    assert agreement.canonical_hash in text_of(refused)


def test_an_answer_without_a_reason_or_without_a_change_is_shown_again():
    agreement = make_proposed_agreement()
    vientiane = browser_for("vientiane", agreement)
    values = first_values(vientiane.get("/agreements/AGR-2023-0031/counter/"))
    assert vientiane.post("/agreements/AGR-2023-0031/counter/", values).status_code == 422
    same = vientiane.post("/agreements/AGR-2023-0031/counter/", values | {"reason": "No reason."})
    assert same.status_code == 409
    assert "Change something, or sign it." in text_of(same)


def test_a_party_rejects_and_takes_it_back():
    agreement = make_proposed_agreement()
    vientiane = browser_for("vientiane", agreement)
    sent = {"kind": "reject", "reason": "Not before spring."}
    page = text_of(vientiane.post("/agreements/AGR-2023-0031/ask/", sent, follow=True))
    assert "can be signed no more" in page
    assert "Not before spring." in page
    assert "Take it back" in page
    again = text_of(vientiane.post("/agreements/AGR-2023-0031/ask/back/", follow=True))
    assert "is taken back" in again
    assert Agreement.objects.get().status == "proposed"


def test_the_other_party_confirms_an_early_end():
    agreement = make_agreement()
    chongqing, vientiane = browser_for("chongqing", agreement), browser_for("vientiane", agreement)
    chongqing.post("/agreements/AGR-2023-0031/ask/", {"kind": "terminate", "reason": "No learners."})
    assert "Answer it" in text_of(vientiane.get("/agreements/AGR-2023-0031/"))
    assert "It is for the other parties to answer" in text_of(chongqing.get("/agreements/AGR-2023-0031/answer/"))
    objecting = vientiane.post("/agreements/AGR-2023-0031/answer/", {"answer": "objects", "reason": ""})
    assert objecting.status_code == 422
    vientiane.post("/agreements/AGR-2023-0031/answer/", {"answer": "confirms", "reason": ""})
    assert Agreement.objects.get().status == "terminated"


def test_a_visitor_sees_no_step_and_no_reason(client):
    agreement = make_agreement()
    browser_for("chongqing", agreement).post(
        "/agreements/AGR-2023-0031/ask/", {"kind": "terminate", "reason": "No learners."}
    )
    assert "No learners." not in text_of(client.get("/agreements/AGR-2023-0031/"))


def test_an_amendment_shows_what_it_changes_and_conflicts_with_both_values():
    agreement = make_agreement()
    vientiane = browser_for("vientiane", agreement)
    values = first_values(vientiane.get("/agreements/AGR-2023-0031/amend/")) | {"reason": "It takes longer."}
    for last in ("2027-05-31", "2027-12-31"):
        made = vientiane.post("/agreements/AGR-2023-0031/amend/", values | {"ends_on": last}, follow=True)
        assert "What this amendment changes" in text_of(made)
    page = text_of(vientiane.get("/agreements/AGR-2023-0031-A2/"))
    assert "31 May 2026" in page
    assert "31 December 2027" in page
    assert "AGR-2023-0031-A1" in text_of(vientiane.get("/agreements/AGR-2023-0031/"))
    vientiane.post("/agreements/AGR-2023-0031-A1/propose/", {"reason": "Ready"})
    first = Agreement.objects.get(reference="AGR-2023-0031-A1")
    for member in ("chongqing", "vientiane"):
        sign(first, member, on=Agreement.objects.get(reference="AGR-2023-0031").starts_on.replace(year=2024))
    page = text_of(vientiane.get("/agreements/AGR-2023-0031-A2/"))
    assert "Amended in the same place meanwhile" in page
    refused = vientiane.post("/agreements/AGR-2023-0031-A2/propose/", {"reason": "Ready"})
    assert refused.status_code == 409
    assert {"2027-06-01", "2028-01-01"} <= set(re.findall(r"20\d\d-\d\d-\d\d", text_of(refused)))
    revised = first_values(vientiane.get("/agreements/AGR-2023-0031-A2/revise/"))
    assert str(revised["base"]) == "2"
    vientiane.post("/agreements/AGR-2023-0031-A2/revise/", revised)
    assert vientiane.post("/agreements/AGR-2023-0031-A2/propose/", {"reason": "Ready"}).status_code == 302


def test_an_ended_agreement_is_not_amended_and_the_page_says_so():
    agreement = make_agreement()
    secretariat = browser_of("secretariat")
    values = first_values(secretariat.get("/agreements/AGR-2023-0031/amend/")) | {"reason": "Longer."}
    secretariat.post(
        "/agreements/AGR-2023-0031/move/", {"to": "terminated", "on": "2024-02-01", "reason": "They left."}
    )
    agreement.refresh_from_db()
    assert agreement.status == "terminated"
    refused = secretariat.post("/agreements/AGR-2023-0031/amend/", values)
    assert refused.status_code == 409
    assert "only what is in force is amended" in text_of(refused)


def test_the_secretariat_replaces_one_by_another_and_never_in_a_circle():
    make_agreement()
    make_agreement("AGR-2023-0032")
    secretariat = browser_of("secretariat")
    step = {"to": "superseded", "on": "2024-02-01", "reason": "One text for all.", "successor": "AGR-2023-0032"}
    secretariat.post("/agreements/AGR-2023-0031/move/", step)
    assert "Replaced by" in text_of(secretariat.get("/agreements/AGR-2023-0031/"))
    refused = secretariat.post("/agreements/AGR-2023-0032/move/", step | {"successor": "AGR-2023-0031"})
    assert refused.status_code == 409
    assert "would replace each other" in text_of(refused)


def test_a_renewal_begins_with_what_came_of_it():
    agreement = make_agreement()
    vientiane = browser_for("vientiane", agreement)
    page = vientiane.get("/agreements/AGR-2023-0031/renew/")
    assert "What was promised, and what came of it" in text_of(page)
    sent = {"starts_on": "2026-06-01", "ends_on": "2029-05-31", "reason": "It went well."}
    made = vientiane.post("/agreements/AGR-2023-0031/renew/", sent, follow=True)
    assert made.redirect_chain[-1][0] == "/agreements/AGR-2026-0001/"
    assert "Revise the draft" in text_of(made)
    assert vientiane.post("/agreements/AGR-2023-0031/renew/", sent).status_code == 409


def test_the_page_of_a_day_shows_the_state_and_signatures_of_that_day(client):
    agreement = make_proposed_agreement()
    sign(agreement, "chongqing")
    page = text_of(client.get("/agreements/AGR-2023-0031/?on=2023-04-01"))
    assert "Proposed to 2 parties; 0 of 2 have signed." in page
    assert "as it stood on 1 April 2023" in page
    assert "1 of 2 have signed." in text_of(client.get("/agreements/AGR-2023-0031/?on=2023-06-30"))
    assert "A draft for 2 parties." in text_of(client.get("/agreements/AGR-2023-0031/?on=2023-01-01"))
    assert client.get("/agreements/AGR-2023-0031/?on=soon").status_code == 422


def test_the_page_of_a_day_shows_the_fingerprint_and_the_period_of_that_day(client):
    agreement = make_agreement()
    vientiane = browser_for("vientiane", agreement)
    values = first_values(vientiane.get("/agreements/AGR-2023-0031/amend/"))
    vientiane.post("/agreements/AGR-2023-0031/amend/", values | {"ends_on": "2027-05-31", "reason": "It takes longer."})
    vientiane.post("/agreements/AGR-2023-0031-A1/propose/", {"reason": "Ready"})
    amendment = Agreement.objects.get(reference="AGR-2023-0031-A1")
    for member in ("chongqing", "vientiane"):
        sign(amendment, member, on=amendment.versions.get().effective_on)
    agreement.refresh_from_db()
    before, now = (text_of(client.get(f"/agreements/AGR-2023-0031/{day}")) for day in ("?on=2023-12-01", ""))
    assert "1 June 2023 to 31 May 2026" in before
    assert agreement.amended_hash not in before
    assert "1 June 2023 to 31 May 2027" in now
    assert {agreement.canonical_hash, agreement.amended_hash} <= set(re.findall(r"[0-9a-f]{64}", now))


def test_a_draft_is_revised_with_its_lines_and_over_what_was_read():
    make_draft_agreement()
    secretariat = browser_of("secretariat")
    values = first_values(secretariat.get("/agreements/AGR-2023-0031/revise/"))
    wrong = secretariat.post("/agreements/AGR-2023-0031/revise/", values | {"lines_en": "Two brake testers"})
    assert wrong.status_code == 422
    lines = values | {"lines_en": "1. Two brake testers\n2. Forty places"}
    page = text_of(secretariat.post("/agreements/AGR-2023-0031/revise/", lines, follow=True))
    assert "Two brake testers" in page
    assert secretariat.post("/agreements/AGR-2023-0031/revise/", values).status_code == 409


def test_a_translation_is_marked_as_reviewed():
    make_draft_agreement()
    secretariat = browser_of("secretariat")
    page = secretariat.get("/agreements/AGR-2023-0031/versions/")
    assert "Not reviewed yet." in text_of(page)
    mark = page.context["mark"]
    after = secretariat.post("/agreements/AGR-2023-0031/review/en/", {"over": mark}, follow=True)
    assert "Reviewed on 2 February 2024" in text_of(after)


def test_kinds_are_kept_and_drafts_begin_with_their_clauses():
    secretariat = browser_of("secretariat")
    sent = {
        "code": "framework", "position": "1", "signing_order": "in_order", "quorum": "2", "name_en": "Framework agreement",
        "clauses_en": "Article 1. Between {parties}.\n\nArticle 2. Until {last_day}.",
    }  # fmt: skip
    wrong = secretariat.post("/agreement-kinds/new/", sent | {"clauses_en": "By {signatory}."})
    assert wrong.status_code == 422
    assert "Nothing fills “{signatory}”" in text_of(wrong)
    assert "is kept" in text_of(secretariat.post("/agreement-kinds/new/", sent, follow=True))
    page = secretariat.get("/agreements/new/?kind=framework")
    values = first_values(page)
    assert "Between {parties}." in values["body_en"]
    make_draft_agreement()
    values |= {"parties": "chongqing\nvientiane", "ends_on": "2027-02-28"}
    secretariat.post("/agreements/new/?kind=framework", values)
    made = Agreement.objects.exclude(reference="AGR-2023-0031").get()
    assert (made.kind.code, made.quorum, made.signing_order) == ("framework", 2, "in_order")
    assert "Until 2027-02-28." in made.texts.get().body
    change = first_values(secretariat.get("/agreement-kinds/framework/"))
    secretariat.post("/agreement-kinds/framework/", change | {"quorum": "1"})
    stale = secretariat.post("/agreement-kinds/framework/", change)
    assert stale.status_code == 409


def test_a_kind_in_a_language_that_the_form_does_not_hold_stays():
    (kind,) = make_kinds(
        kinds=[KindDraft("letter", {"en": "Letter", "th": "หนังสือ"}, [ClauseDraft("th", 1, "ข้อ 1")])], by=NIGHTLY
    )
    secretariat = browser_of("secretariat")
    change = first_values(secretariat.get("/agreement-kinds/letter/"))
    secretariat.post("/agreement-kinds/letter/", change)
    assert {name.language for name in kind.names.all()} == {"en", "th"}
    assert kind.clauses.get().text == "ข้อ 1"


def test_what_another_party_asks_stands_on_the_desk_until_it_is_answered():
    agreement = make_agreement()
    chongqing, vientiane = browser_for("chongqing", agreement), browser_for("vientiane", agreement)
    chongqing.post("/agreements/AGR-2023-0031/ask/", {"kind": "suspend", "reason": "The workshop is rebuilt."})
    assert "Suspend the agreement" in text_of(vientiane.get("/desk/"))
    assert "Suspend the agreement" not in text_of(chongqing.get("/desk/"))
    vientiane.post("/agreements/AGR-2023-0031/answer/", {"answer": "objects", "reason": "Learners are on their way."})
    assert "Suspend the agreement" not in text_of(vientiane.get("/desk/"))
