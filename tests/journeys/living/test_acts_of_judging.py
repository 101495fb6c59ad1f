"""Judging from files: checklists with photos and names, second judgements, appeals, prior learning; no file does what a door refuses."""

from datetime import date

import pytest

from corridor.rooms.assessment.models import Appeal, Decision, Evidence, PriorClaim, Sample, StatedRelation
from tests.factories.actors import make_user
from tests.factories.assessment import Room, make_assessor, make_scheme
from tests.factories.grants import make_grant
from tests.factories.people import make_person
from tests.factories.site_years import picture

from .telling import live, refused, tell

pytestmark = pytest.mark.django_db
CASE = "COH-2023-041,{seat},{unit},1"
JUDGED = "cohort,seat,unit,attempt,assessor,result,note,criterion,found,remark"
SIGNED = "cohort,seat,unit,attempt,role,name,stance,company"
SHOWN = "cohort,seat,unit,attempt,file,caption,criteria"
AGAIN = "cohort,seat,unit,attempt,result,note"


class Yard(Room):
    """The assessor, a second one and the secretariat have accounts; the unit has a scheme that the learner signs."""

    def __init__(self, folder):
        super().__init__(learners=2)
        self.folder = folder
        make_scheme(self.unit, signing="learner")
        self.person_of("somphone", self.assessor)
        self.person_of("nimali", make_assessor(self.cohort, "nimali"))
        make_grant(make_user("mei"), "secretariat", held_from=date(2023, 1, 1))
        tell(folder, "draws", "cohort,unit,share,least,seed")
        (folder / "living" / "files" / "brakes.jpg").write_bytes(picture())

    @staticmethod
    def person_of(username, person):
        person.user = make_user(username)
        person.save(update_fields=["user"])

    def case(self, seat=1):
        return CASE.format(seat=seat, unit=self.unit.code)

    def judged(self, *codes, seat=1, by="somphone", assessor="somphone", result="competent", note="", not_met=()):
        return [
            f"2023-06-20 16:40+07:00,{by},{self.case(seat)},{assessor},{result},{note},{code},{'not_met' if code in not_met else 'met'},"
            for code in codes
        ]

    def judge(self, *rows):
        tell(self.folder, "judgements", JUDGED, *rows)


@pytest.fixture
def yard(tmp_path):
    return Yard(tmp_path)


def judge_and_finish(yard):
    """Two learners in one act, each with a checklist and two names; final the day after, seen from the next morning."""
    yard.judge(
        *yard.judged("1.1", "1.2", "1.3", not_met={"1.3"}),
        *yard.judged("1.1", "1.2", seat=2, result="not_yet_competent", note="Measure both pads.", not_met={"1.2"}),
    )
    names = [
        f"2023-06-20 16:40+07:00,somphone,{yard.case(seat)},{role},{name},,"
        for seat in (1, 2)
        for role, name in (("assessor", "Somphone"), ("learner", "Khamla"))
    ]
    tell(yard.folder, "signatures", SIGNED, *names)
    shown = f"2023-06-20 16:40+07:00,somphone,{yard.case()},brakes.jpg,The pads,1.1;1.2"
    tell(yard.folder, "evidence", SHOWN, shown)
    final = f"2023-06-21 09:00+07:00,somphone,COH-2023-041,{yard.unit.code},1,1;2"
    tell(yard.folder, "made_final", "cohort,unit,attempt,seats", final)


def test_a_class_is_judged_with_checklists_photos_and_names(yard):
    judge_and_finish(yard)
    done = live(yard.folder)
    assert (done["living/judgements"], done["living/signatures"], done["living/evidence"]) == (5, 4, 1)
    one, two = Decision.objects.order_by("enrolment__number")
    assert [(each.result, each.status) for each in (one, two)] == [
        ("competent", "final"),
        ("not_yet_competent", "final"),
    ]
    assert one.decided_on == date(2023, 6, 20)
    assert sorted(one.findings.values_list("found", flat=True)) == ["met", "met", "not_met"]
    assert [each.role for each in one.signoffs.all()] == ["assessor", "learner"]
    shown = Evidence.objects.get()
    assert shown.document is not None
    assert shown.added_by == "somphone"
    assert sorted(each.criterion.code for each in shown.shows.all()) == ["1.1", "1.2"]


def test_nobody_judges_in_anothers_name(yard):
    yard.judge(*yard.judged("1.1", "1.2", by="nimali"))
    assert refused(yard.folder)[:2] == ("living/judgements.csv", 2)
    assert not Decision.objects.exists()


def test_whoever_may_not_judge_does_not_by_a_file(yard):
    make_user("khamla")
    yard.judge(*yard.judged("1.1", "1.2", by="khamla"))
    assert refused(yard.folder)[:2] == ("living/judgements.csv", 2)


def test_what_is_critical_and_not_met_makes_nobody_competent(yard):
    yard.judge(*yard.judged("1.1", "1.2", not_met={"1.1"}))
    file, row, _, said = refused(yard.folder)
    assert (file, row) == ("living/judgements.csv", 2)
    assert "is critical and was not met" in said


def test_a_criterion_that_the_scheme_has_not_is_named(yard):
    yard.judge(*yard.judged("1.1", "1.2"), *yard.judged("7.7"))
    assert refused(yard.folder)[:3] == ("living/judgements.csv", 4, "criterion")


@pytest.mark.parametrize("name", ["nowhere.jpg", "../accounts.csv"], ids=["not there", "elsewhere"])
def test_only_files_of_the_folder_are_brought(yard, name):
    tell(yard.folder, "evidence", SHOWN, f"2023-06-20 16:40+07:00,somphone,{yard.case()},{name},,")
    assert refused(yard.folder)[:3] == ("living/evidence.csv", 2, "file")
    assert not Evidence.objects.exists()


def test_a_relative_is_judged_by_nobody_who_said_so(yard):
    relation = f"2023-06-01 09:00+07:00,somphone,somphone,{yard.seat().person.reference},relative"
    tell(yard.folder, "relations_stated", "assessor,learner,kind", relation)
    yard.judge(*yard.judged("1.1", "1.2"))
    assert "are said to be close" in refused(yard.folder)[3]
    assert StatedRelation.objects.count() == 1


def test_a_second_judgement_is_given_by_who_was_named_and_settled_by_somebody_else(yard):
    judge_and_finish(yard)
    unit, draw = yard.unit.code, "2023-06-22 09:00+08:00,mei,COH-2023-041"
    tell(yard.folder, "draws", "cohort,unit,share,least,seed", f"{draw},{unit},100,1,June")
    tell(
        yard.folder, "seconds_named", "cohort,unit,seats,second", f"2023-06-22 09:10+08:00,mei,COH-2023-041,{unit},1;2,nimali"
    )  # fmt: skip
    tell(
        yard.folder, "second_judgements", AGAIN, f"2023-06-23 15:00+07:00,nimali,{yard.case()},not_yet_competent,No chocks.",
        f"2023-06-23 15:00+07:00,nimali,{yard.case(2)},not_yet_competent,As seen.",
    )  # fmt: skip
    settled = f"2023-06-24 09:00+08:00,mei,{yard.case()},first_stands,The chocks stand behind the wheel."
    tell(yard.folder, "disagreements_settled", "cohort,seat,unit,attempt,settling,reason", settled)
    live(yard.folder)
    assert sorted(each.state for each in Sample.objects.select_related("decision")) == ["agreed", "settled"]


def test_the_first_assessor_judges_nothing_a_second_time(yard):
    judge_and_finish(yard)
    unit = yard.unit.code
    tell(
        yard.folder,
        "draws",
        "cohort,unit,share,least,seed",
        f"2023-06-22 09:00+08:00,mei,COH-2023-041,{unit},100,1,June",
    )
    tell(
        yard.folder, "seconds_named", "cohort,unit,seats,second", f"2023-06-22 09:10+08:00,mei,COH-2023-041,{unit},1,nimali"
    )  # fmt: skip
    tell(yard.folder, "second_judgements", AGAIN, f"2023-06-23 15:00+07:00,somphone,{yard.case()},competent,")
    assert refused(yard.folder)[:2] == ("living/second_judgements.csv", 2)


def test_an_appeal_goes_before_a_panel_of_others_and_is_ruled_upon(yard):
    judge_and_finish(yard)
    for name in ("panel-1", "panel-2", "panel-3"):
        make_person(name)
    seat = "cohort,seat,unit,attempt"
    tell(yard.folder, "appeals_lodged", f"{seat},grounds", f"2023-06-23 09:00+08:00,mei,{yard.case(2)},Not my pads.")
    named = f"2023-06-26 09:00+08:00,mei,{yard.case(2)},panel-1,panel-2;panel-3"
    tell(yard.folder, "panels_named", f"{seat},chair,members", named)
    ruling = f"2023-07-03 09:00+08:00,mei,{yard.case(2)},upheld,The photo is of another wheel."
    tell(yard.folder, "appeals_ruled", f"{seat},ruling,reasons", ruling)
    live(yard.folder)
    appeal = Appeal.objects.select_related("decision").get()
    assert (appeal.status, appeal.decision.status, appeal.panel.count()) == ("upheld", "overturned", 3)
    assert appeal.lodged_on == date(2023, 6, 23)


def test_who_judged_sits_on_no_panel(yard):
    judge_and_finish(yard)
    make_person("panel-2")
    seat = "cohort,seat,unit,attempt"
    tell(yard.folder, "appeals_lodged", f"{seat},grounds", f"2023-06-23 09:00+08:00,mei,{yard.case(2)},Not my pads.")
    named = f"2023-06-26 09:00+08:00,mei,{yard.case(2)},somphone,nimali;panel-2"
    tell(yard.folder, "panels_named", f"{seat},chair,members", named)
    assert refused(yard.folder)[:2] == ("living/panels_named.csv", 2)


def test_nothing_is_recognised_on_words_alone(yard):
    seat, unit = "cohort,seat,unit", yard.unit.code
    place = f"COH-2023-041,1,{unit}"
    tell(yard.folder, "prior_claimed", f"{seat},claim", f"2023-04-03 09:00+08:00,mei,{place},Three years in a garage.")
    talked = f"2023-04-05 09:00+07:00,somphone,{place},somphone,Knows the order of work."
    tell(yard.folder, "prior_interviews", f"{seat},assessor,note", talked)
    known = f"2023-04-06 09:00+07:00,somphone,{place},It is so."
    tell(yard.folder, "prior_recognised", f"{seat},note", known)
    assert "Nothing shows that" in refused(yard.folder)[3]
    assert PriorClaim.objects.get().status == "interviewed"


def test_what_is_asked_for_and_shown_is_declined_with_a_reason_or_waits(yard):
    seat, place = "cohort,seat,unit", f"COH-2023-041,1,{yard.unit.code}"
    learner = yard.seat().person
    yard.person_of("khamla", learner)
    tell(yard.folder, "prior_claimed", f"{seat},claim", f"2023-04-03 09:00+07:00,khamla,{place},Three years.")
    own = f"2023-04-03 19:00+07:00,khamla,{place},brakes.jpg,My uncle’s garage"
    tell(yard.folder, "own_files", "cohort,seat,unit,file,words", own)
    taken = f"2023-04-04 09:00+07:00,somphone,{place},1,brakes.jpg,1.1"
    tell(yard.folder, "own_files_taken", "cohort,seat,unit,attempt,file,criteria", taken)
    declined = f"2023-04-05 09:00+07:00,somphone,{place},The photo shows another work."
    tell(yard.folder, "prior_declined", f"{seat},reason", declined)
    live(yard.folder)
    assert PriorClaim.objects.get().status == "declined"
    assert Evidence.objects.get().document == yard.seat().own_evidence.get().document
