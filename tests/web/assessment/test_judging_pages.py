"""Schemes, checklists, evidence, signatures, sittings, second judgements, appeals and prior learning as pages."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.assessment.models import (
    Appeal,
    Decision,
    Employment,
    Evidence,
    PriorClaim,
    ResultsRelease,
    Sample,
    Scheme,
    Sitting,
    StatedRelation,
    WrittenMark,
)
from tests.factories.actors import make_user
from tests.factories.assessment import APPOINTED_ON, Room, all_met, make_assessor, make_decision, make_scheme
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.site_years import picture
from tests.web.people_at_work import make_colleague, sign_in
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
COHORT = "/cohorts/COH-2023-041/"
DAY = date(2024, 2, 1)


class Yard(Room):
    """A cohort with an assessor and a learner who sit before browsers, and the secretariat."""

    def __init__(self) -> None:
        make_colleague("somphone")
        super().__init__(learners=3)
        self.browser = sign_in(self.assessor.user)
        self.unit_page = f"{COHORT}decisions/{self.unit.code}/"
        self.page = f"{self.unit_page}1/"

    def learner_browser(self, number: int = 1) -> Client:
        person = self.seat(number).person
        person.user = make_user(f"learner-{number}")
        person.save(update_fields=["user"])
        return sign_in(person.user)


@pytest.fixture
def yard():
    return Yard()


@pytest.fixture
def secretariat():
    user = make_user("li-na")
    make_seat(user, "secretariat")
    return sign_in(user)


def done(answer) -> bool:
    return answer.status_code == 302


def test_a_scheme_is_written_piece_by_piece_and_published(yard, secretariat):
    version = yard.unit.version
    facts = {"attempts_allowed": 2, "signing": "learner", "judges": "one", "appeal_days": 14}
    assert done(secretariat.post("/schemes/new/", facts | {"version": str(version.pk), "unit": yard.unit.code}))
    page = f"/schemes/{Scheme.objects.get().pk}/"
    assert "asks for nothing yet" in text_of(secretariat.post(f"{page}publish/", {"on": "2024-02-02"}))
    assert done(secretariat.post(f"{page}instruments/", {"kind": "observation", "title": "Brakes", "language": "en"}))
    criterion = {"language": "en", "weight": "critical", "evidence": "none"}
    for text in ("Secured", "Measured"):
        assert done(secretariat.post(f"{page}instruments/1/", criterion | {"text": text}))
    assert done(secretariat.post(f"{page}take-away/", {"place": "1.2"}))
    assert secretariat.post(f"{page}take-away/", {"place": "x"}).status_code == 422
    assert done(secretariat.post(f"{page}publish/", {"on": "2024-02-02"}))
    text = text_of(secretariat.get(page))
    assert "Secured" in text
    assert "Measured" not in text
    assert "Published" in text
    assert done(secretariat.post(f"{page}facts/", facts | {"attempts_allowed": 4}))
    draft = Scheme.objects.get(status="draft")
    assert (draft.version, draft.attempts_allowed, draft.instruments.count()) == (2, 4, 1)
    assert "being written" in text_of(secretariat.post(f"{page}facts/", facts))
    assert done(secretariat.post(f"/schemes/{draft.pk}/discard/"))
    assert Scheme.objects.count() == 1


def test_what_a_scheme_cannot_be_is_said_at_its_field(yard, secretariat):
    facts = {"attempts_allowed": 2, "signing": "learner", "judges": "one", "appeal_days": 14}
    answer = secretariat.post("/schemes/new/", facts | {"version": str(yard.unit.version.pk), "unit": "XX-9"})
    assert answer.status_code == 422
    assert "There is no unit XX-9 in this curriculum." in text_of(answer)
    draft = make_scheme(yard.unit, published_on=None)
    answer = secretariat.post(
        f"/schemes/{draft.pk}/instruments/", {"kind": "written", "title": "Rules", "language": "en"}
    )
    assert "give its highest mark" in text_of(answer)


def test_a_checklist_is_filled_in_and_a_contradiction_keeps_what_was_said(yard):
    scheme = make_scheme(yard.unit, published_on=DAY)
    said = {f"c{each.criterion}": each.found for each in all_met(scheme, c11="not_met")}
    note = f"n{all_met(scheme)[0].criterion}"
    form = {"result": "competent", "decided_on": "2024-02-02", "version": "0", "attempt": "1", note: "No chocks."}
    answer = yard.browser.post(yard.page, form | said)
    assert answer.status_code == 409
    assert "is critical and was not met" in text_of(answer)
    assert "No chocks." in answer.content.decode()
    form |= {"result": "not_yet_competent", "evidence_note": "Secure it first."}
    assert done(yard.browser.post(yard.page, form | said))
    assert Decision.objects.get().findings.filter(found="not_met", note="No chocks.").count() == 1


def test_a_class_is_decided_at_once_by_its_exceptions(yard):
    scheme = make_scheme(yard.unit, published_on=DAY)
    critical = str(all_met(scheme)[0].criterion)
    sent = {"r1": "competent", "r2": "not_yet_competent", "x2": [critical], "n2": "Secure it first."}
    assert done(yard.browser.post(yard.unit_page, sent))
    found = Decision.objects.order_by("enrolment__number")
    assert [each.result for each in found] == ["competent", "not_yet_competent"]
    assert [each.findings.filter(found="not_met").count() for each in found] == [0, 1]
    answer = yard.browser.post(yard.unit_page, {"r3": "competent", "x3": [critical]})
    assert answer.status_code == 409


def test_evidence_is_added_opened_by_who_may_and_taken_off_the_list(yard):
    scheme = make_scheme(yard.unit, published_on=DAY)
    criterion = str(all_met(scheme)[0].criterion)
    photo = SimpleUploadedFile("work.jpg", picture(), "image/jpeg")
    assert done(
        yard.browser.post(f"{yard.page}evidence/", {"file": photo, "caption": "Chocks", "criteria": [criterion]})
    )
    evidence = Evidence.objects.get()
    assert evidence.shows.count() == 1
    page = yard.browser.get(yard.page)
    assert "Chocks" in text_of(page)
    # The photo is looked at where it stands, and opens from there.
    shown = re.search(r'<a class="shot" href="([^"]+)"><img src="([^"]+)"', page.content.decode())
    assert shown is not None
    assert shown[1] == shown[2] == f"/evidence/{evidence.pk}/"
    answer = yard.browser.get(shown[1])
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/jpeg", "default-src 'none'; sandbox")
    assert yard.learner_browser(2).get(f"/evidence/{evidence.pk}/").status_code == 404
    wrong = SimpleUploadedFile("work.exe", b"MZ", "application/octet-stream")
    assert "Files of this kind are not kept" in text_of(yard.browser.post(f"{yard.page}evidence/", {"file": wrong}))
    assert done(yard.browser.post(f"/evidence/{evidence.pk}/discard/"))
    assert not Evidence.objects.exists()


def test_a_decision_is_signed_on_the_device_and_shows_who_is_missing(yard):
    scheme = make_scheme(yard.unit, published_on=DAY, signing="learner")
    yard.record(decided_on=DAY, findings=all_met(scheme))
    assert "Assessor is missing" in text_of(yard.browser.get(yard.page))
    assert yard.browser.post(f"{yard.unit_page[: -len(yard.unit.code) - 1]}final/").status_code == 409
    for role in ("assessor", "learner"):
        assert done(yard.browser.post(f"{yard.page}sign/", {"role": role, "name": "Somphone", "stance": "agrees"}))
    answer = yard.browser.post(f"{yard.page}sign/", {"role": "learner", "name": "Somphone", "stance": "agrees"})
    assert "has signed" in text_of(answer)
    assert done(yard.browser.post(f"{COHORT}decisions/final/"))
    assert Decision.objects.get().status == "final"
    # What was found stays to be read when nothing can be changed any more.
    read = text_of(yard.browser.get(yard.page))
    assert "This decision is final" in read
    assert read.partition("Checklist")[2].count("Met") == len(all_met(scheme))


def test_a_release_is_set_in_the_time_of_the_site(yard):
    assert done(yard.browser.post(f"{yard.unit_page}release/", {"on": "2024-02-05", "time": "09:00"}))
    assert ResultsRelease.objects.get().release_at.isoformat() == "2024-02-05T02:00:00+00:00"
    assert "Learners see the results from" in text_of(yard.browser.get(yard.unit_page))


def test_marks_of_written_tests_stand_with_the_names_of_who_wrote_them(yard):
    written = make_scheme(yard.unit, test=True).instruments.get(kind="written")
    place = yard.seat(2)
    WrittenMark.objects.create(enrolment=place, instrument=written, taken_on=DAY, mark=71)
    page = text_of(yard.browser.get(f"{COHORT}marks/"))
    assert place.person.names.get(form="own").full_name in page
    assert "71 / 100" in page


def test_a_sitting_calls_learners_who_find_it(yard):
    called = {"unit": yard.unit.code, "held_on": "2024-02-05", "assessor": "somphone", "called": ["1", "2"]}
    assert done(yard.browser.post(f"{COHORT}sittings/new/", called))
    sitting = Sitting.objects.get()
    assert text_of(yard.browser.get(f"/sittings/{sitting.pk}/")).count("Judge") == 2
    own = yard.learner_browser(1).get(f"/sittings/{sitting.pk}/")
    assert len(own.context["rows"]) == 1
    assert yard.learner_browser(3).get(f"/sittings/{sitting.pk}/").status_code == 404
    assert "planned already" in text_of(yard.browser.post(f"{COHORT}sittings/new/", called))
    assert done(yard.browser.post(f"/sittings/{sitting.pk}/cancel/"))


def test_conflicts_are_written_down_and_taken_back(yard, secretariat):
    learner = yard.seat().person.reference
    form = {"assessor": "somphone", "learner": learner, "kind": "relative"}
    assert done(secretariat.post("/licences/conflicts/relation/", form))
    work = {"person": "somphone", "organisation": "vientiane", "starts_on": "2024-01-01"}
    assert done(secretariat.post("/licences/conflicts/work/", work))
    assert "in these days already" in text_of(secretariat.post("/licences/conflicts/work/", work))
    assert learner in text_of(yard.browser.get("/licences/conflicts/"))
    assert done(secretariat.post(f"/licences/conflicts/relation/{StatedRelation.objects.get().pk}/withdraw/"))
    assert done(secretariat.post(f"/licences/conflicts/work/{Employment.objects.get().pk}/end/", {"on": "2024-02-02"}))


def test_what_was_drawn_is_judged_blind_and_settled(yard, secretariat):
    other = make_assessor(yard.cohort, "judge")
    make_decision(yard.seat(1), yard.unit, assessor=other, final_on=None)
    draw = {"share": "100", "least": "1", "seed": "June"}
    assert done(secretariat.post(f"{COHORT}moderation/draw/", draw))
    assert "was drawn, or there is none" in text_of(secretariat.post(f"{COHORT}moderation/draw/", draw))
    sample = Sample.objects.get()
    named = {"second": "somphone", "samples": [str(sample.pk)]}
    assert done(secretariat.post(f"{COHORT}moderation/second/", named))
    assert "Competent" not in text_of(yard.browser.get(f"/samples/{sample.pk}/")).partition("Your judgement")[0]
    assert "Not decided yet in this unit." in text_of(yard.browser.get(yard.page))
    assert done(yard.browser.post(f"/samples/{sample.pk}/", {"result": "not_yet_competent", "note": "Pads."}))
    assert "do not agree" in text_of(secretariat.get(f"{COHORT}moderation/"))
    settled = {"settling": "overturned", "reason": "The film shows it."}
    assert done(secretariat.post(f"/samples/{sample.pk}/settle/", settled))
    assert Decision.objects.get().status == "overturned"


def test_a_learner_appeals_and_the_panel_rules(yard, secretariat):
    decision = make_decision(yard.seat(1), yard.unit, assessor=yard.assessor, result="not_yet_competent", final_on=DAY)
    learner = yard.learner_browser(1)
    assert "You may appeal until 15 February 2024" in text_of(learner.get(f"/decisions/{decision.pk}/appeal/"))
    assert done(learner.post(f"/decisions/{decision.pk}/appeal/", {"grounds": "Nobody looked."}))
    page = f"/appeals/{Appeal.objects.get().reference}/"
    chair, browser = make_colleague("mei")
    members = ",".join(make_person(each).reference for each in ("khamla", "nimali"))
    answer = secretariat.post(f"{page}panel/", {"chair": "somphone", "members": members})
    assert "judged this learner" in text_of(answer)
    assert done(secretariat.post(f"{page}panel/", {"chair": chair.reference, "members": members}))
    assert "Rule on the appeal" in text_of(browser.get(page))
    # Who reads persons reads names; the learner, who does not, the reference alone.
    name = chair.called("en").name
    assert name in text_of(secretariat.get(page))
    assert name not in text_of(learner.get(page)) and chair.reference in text_of(learner.get(page))
    assert done(browser.post(f"{page}ruling/", {"to": "upheld", "ruling": "Nobody did."}))
    assert "Nobody did." in text_of(learner.get(page))
    assert yard.browser.get(page).status_code == 404


def test_prior_learning_is_claimed_shown_talked_about_and_recognised(yard):
    scheme = make_scheme(yard.unit, published_on=DAY)
    learner = yard.learner_browser(1)
    seat = yard.seat(1)
    claim = {"enrolment": seat.cohort.reference, "unit": yard.unit.code, "claim": "A garage."}
    assert done(learner.post("/prior-learning/new/", claim))
    assert "has claimed" in text_of(learner.post("/prior-learning/new/", claim))
    page = f"/prior-learning/{PriorClaim.objects.get().pk}/"
    photo = SimpleUploadedFile("work.jpg", picture(), "image/jpeg")
    assert done(yard.browser.post(f"{page}interview/", {"note": "Knows the pads."}))
    assert "Nothing shows" in text_of(yard.browser.post(f"{page}recognise/", {"note": "Shown.", "met": "on"}))
    assert done(learner.post(f"{page}evidence/", {"file": photo, "caption": "The garage"}))
    assert "was not looked at" in text_of(yard.browser.post(f"{page}recognise/", {"note": "Shown."}))
    assert done(yard.browser.post(f"{page}recognise/", {"note": "Shown.", "met": "on"}))
    decision = Decision.objects.get()
    assert (decision.way, decision.scheme, decision.assessor) == ("prior_learning", scheme, yard.assessor)
    assert yard.learner_browser(2).get(page).status_code == 404
    assert date(2023, 1, 1) < APPOINTED_ON
