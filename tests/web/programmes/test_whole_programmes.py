"""A programme is proposed by form, its steps are approved, its intake, risks and credits planned; the story tells it all."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.access import NIGHTLY
from corridor.rooms.programmes.actions import log_risks, need_steps
from corridor.rooms.programmes.drafts import RiskDraft
from corridor.rooms.programmes.kinds import ApprovalStep, ProgrammeKind
from corridor.rooms.programmes.models import IntakePlan, Programme, ProgrammeRisk, StepFinding
from corridor.rooms.programmes.queries import get_programme, studies_of
from tests.factories.agreements import find_or_make_member, make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement
from tests.factories.demand import make_demand
from tests.factories.papers import PDF
from tests.factories.programmes import make_programme
from tests.factories.sites import make_listing, make_site
from tests.factories.training import make_cohort, make_session
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PATH = "/programmes/PRG-2023-012"


def proposal(**more):
    sent = {
        "reference": "port-chinese", "kind": "language", "title_en": "Chinese for port staff", "title_zh": "", "title_lo": "",
        "title_ur": "", "agreements": "AGR-2023-0031\nAGR-2024-0006", "announcements": "ANN-2023-0001", "demands": "DEM-2023-0007",
        "curriculum": "", "sites": "wks-luang", "members": "chongqing lead\nvientiane host", "languages": "zh-Hans, lo",
        "source_mark": "assumed", "source": "",
    }  # fmt: skip
    return sent | more


@pytest.fixture
def ground():
    make_agreement("AGR-2023-0031")
    make_proposed_agreement("AGR-2024-0006")
    make_announcement()
    make_demand()
    make_site("wks-luang")


def test_the_secretariat_proposes_a_programme_by_form_and_changes_it(ground):
    secretariat = browser_of("secretariat")
    assert "Propose a programme" in text_of(secretariat.get("/programmes/"))
    assert "AGR-2023-0031" in text_of(secretariat.get("/programmes/new/?agreement=AGR-2023-0031"))
    assert secretariat.post("/programmes/new/", proposal()).headers["Location"] == "/programmes/port-chinese/"
    made = get_programme(reference="port-chinese", by=NIGHTLY)
    assert [each.agreement.reference for each in made.agreements_under.all()] == ["AGR-2023-0031", "AGR-2024-0006"]
    assert [(each.organisation.reference, each.role) for each in made.members.all()] == [
        ("vientiane", "host"),
        ("chongqing", "lead"),
    ]
    form = text_of(secretariat.get("/programmes/port-chinese/change/"))
    for words in ("AGR-2024-0006", "chongqing lead", "zh-Hans lo", "DEM-2023-0007"):
        assert words in form
    answer = secretariat.post(
        "/programmes/port-chinese/change/", proposal(agreements="AGR-2024-0006", title_lo="ພາສາຈີນ")
    )
    assert answer.status_code == 302
    assert Programme.objects.get(reference="port-chinese").agreement.reference == "AGR-2024-0006"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"agreements": "AGR-1999-0001"}, "There is no agreement “AGR-1999-0001” here that you may see."),
        ({"announcements": "ANN-1999-0001"}, "There is no announcement “ANN-1999-0001” here that you may see."),
        ({"demands": "DEM-1999-0001"}, "There is no demand statement “DEM-1999-0001” here that you may see."),
        ({"sites": "wks-hanoi"}, "There is no site “wks-hanoi”."),
        ({"members": "hanoi lead"}, "There is no member “hanoi”."),
        ({"members": "chongqing king"}, "“king” is not one of these roles"),
        ({"title_en": " "}, "port-chinese needs a title."),
        ({"agreements": "AGR-2023-0031 AGR-2023-0031"}, "port-chinese names an agreement twice."),
        ({"reference": "new"}, "“new” is the address of a page; choose another reference."),
    ],
    ids=["agreement", "announcement", "demand", "site", "member", "role", "title", "twice", "reserved"],
)
def test_what_is_not_there_is_said_at_its_field_and_nothing_is_made(ground, more, said):
    answer = browser_of("secretariat").post("/programmes/new/", proposal(**more))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'class="field is-wrong"' in answer.content.decode() or "is-wrong" in answer.content.decode()
    assert not Programme.objects.exists()


def test_steps_are_found_approved_or_returned_and_the_open_one_is_named(client):
    need_steps(steps=[(ProgrammeKind.VOCATIONAL, [ApprovalStep.PROPOSAL, ApprovalStep.COUNCIL])], by=NIGHTLY)
    make_programme(running_from=None)
    assert "It waits for the step “Proposal”." in text_of(client.get(f"{PATH}/steps/"))
    secretariat = browser_of("secretariat")
    moved = secretariat.post(f"{PATH}/move/", {"to": "approved", "on": "2024-02-02", "reason": ""})
    assert moved.status_code == 409
    assert "waits for the step “Proposal”" in text_of(moved)
    sent = {
        "step": "proposal",
        "on": "2024-01-15",
        "found_by": "Secretariat",
        "outcome": "returned",
        "finding": "No site",
        "reason": "",
    }
    refused = secretariat.post(f"{PATH}/steps/find/", sent)
    assert refused.status_code == 422
    assert "say why it is returned" in text_of(refused)
    paper = SimpleUploadedFile("minutes.pdf", PDF, "application/pdf")
    assert secretariat.post(f"{PATH}/steps/find/", sent | {"reason": "Name a site", "paper": paper}).status_code == 302
    council = browser_of("council")
    again = sent | {"on": "2024-01-22", "outcome": "approved", "finding": "Complete"}
    assert council.post(f"{PATH}/steps/find/", again).status_code == 302
    page = text_of(council.get(f"{PATH}/steps/"))
    for words in ("Returned: ", "Name a site", "It waits for the step “Council”."):
        assert words in page
    key = StepFinding.objects.exclude(document=None).get().pk
    assert council.get(f"{PATH}/steps/{key}/paper/").content == PDF
    public = text_of(client.get(f"{PATH}/steps/"))
    assert "No site" not in public
    assert "15 Jan" in public
    story = text_of(client.get(f"{PATH}/"))
    assert (
        story.index("Step of approval returned")
        < story.index("Step of approval approved")
        < story.index("Nobody has approved this step.")
    )


def test_the_secretariat_says_which_steps_a_kind_needs(client):
    assert "none" in text_of(client.get("/programme-steps/"))
    secretariat = browser_of("secretariat")
    sent = {"proposal": "1", "feasibility": "", "academic": "3", "council": "2"}
    assert secretariat.post("/programme-steps/degree/", sent).status_code == 302
    assert "1. Proposal 2. Council 3. Academic board" in text_of(client.get("/programme-steps/"))
    assert secretariat.get("/programme-steps/dance/").status_code == 404


def test_an_intake_is_held_against_what_began(client):
    make_cohort(learners=6)
    secretariat = browser_of("secretariat")
    path = f"/programmes/{Programme.objects.get().reference}/intake"
    for year, cohorts, learners in (("2023", "2", "40"), ("2024", "1", "20")):
        sent = {"year": year, "cohorts": cohorts, "learners": learners, "note": "A second one waits for its trainer"}
        assert secretariat.post(f"{path}/plan/", sent).status_code == 302
    page = text_of(client.get(f"{path}/"))
    for words in ("missed", "the year goes on", "A second one waits for its trainer"):
        assert words in page
    assert secretariat.post(f"{path}/plan/", sent | {"cohorts": "0"}).status_code == 422
    assert IntakePlan.objects.count() == 2


def test_a_year_with_so_few_that_they_could_be_recognised_is_not_counted_nor_reckoned(client):
    make_cohort(learners=3)
    make_cohort("COH-2022-001", learners=9, starts_on=date(2022, 9, 5), ends_before=date(2022, 12, 1))
    path = f"/programmes/{Programme.objects.get().reference}/intake/"
    assert text_of(client.get(path)).count("not shown") == 2 + 1
    assert text_of(browser_of("secretariat").get(path)).count("not shown") == 1


def test_risks_and_decisions_are_kept_by_those_who_take_part():
    programme = make_programme()
    coordinator = browser_of("coordinator", member=find_or_make_member("vientiane"))
    sent = {
        "what": "The lift breaks", "noticed_on": "2024-01-08", "likelihood": "medium", "effect": "high", "owner": "vientiane",
        "due_on": "2024-01-31",
    }  # fmt: skip
    assert coordinator.post(f"{PATH}/log/risk/", sent).status_code == 302
    assert coordinator.post(f"{PATH}/log/risk/", sent | {"due_on": "2024-01-01"}).status_code == 422
    page = text_of(coordinator.get(f"{PATH}/log/"))
    for words in ("The lift breaks", "Medium", "High", "late"):
        assert words in page
    judged = {"likelihood": "high", "effect": "high", "owner": "chongqing", "due_on": "2024-03-31"}
    assert coordinator.post(f"{PATH}/log/risks/1/judge/", judged).status_code == 302
    assert ProgrammeRisk.objects.get().owner.reference == "chongqing"
    step = {"to": "came_true", "on": "2024-02-01", "reason": "It broke"}
    assert coordinator.post(f"{PATH}/log/risks/1/move/", step | {"reason": ""}).status_code == 422
    assert coordinator.post(f"{PATH}/log/risks/1/move/", step).status_code == 302
    decided = {"what": "A second lift is bought", "decided_by": "Council", "on": "2024-02-01"}
    assert coordinator.post(f"{PATH}/log/decision/", decided).status_code == 302
    page = text_of(browser_of("auditor").get(f"{PATH}/log/"))
    for words in ("It broke", "Came true", "A second lift is bought"):
        assert words in page
    elsewhere = browser_of("coordinator", member=find_or_make_member("colombo"))
    for page in ("", "risk/", "risks/1/move/", "decision/"):
        assert elsewhere.get(f"{PATH}/log/{page}").status_code == 404
    assert browser_of("auditor").post(f"{PATH}/log/decision/", decided).status_code == 403
    assert programme.risks.count() == 1


def test_credits_are_planned_in_a_table_that_must_add_up(client):
    programme = make_programme(kind="degree")
    secretariat = browser_of("secretariat")
    path = f"{PATH}/study/plan/?years=1&terms=2"
    assert "Year 1, term 2: needed" in text_of(secretariat.get(path))
    sent = {
        "starts_on": "2024-02-02", "reason": "", "1-1": "30", "1-1-chongqing": "22.5", "1-1-vientiane": "7.5", "1-2": "30",
        "1-2-chongqing": "30", "all-chongqing": "52.5", "all-vientiane": "7.5",
    }  # fmt: skip
    refused = secretariat.post(path, sent | {"1-1-vientiane": "7"})
    assert refused.status_code == 409
    assert "give 29.5 credits together, and 30 are needed" in text_of(refused)
    assert secretariat.post(path, sent).status_code == 302
    (study,) = studies_of(programme=programme, by=NIGHTLY)
    assert [term.given for term in study.terms] == [[Decimal("22.5"), Decimal("7.5")], [Decimal(30), Decimal(0)]]
    page = text_of(client.get(f"{PATH}/study/"))
    for words in ("22.5", "52.5", "Year 1, term 2"):
        assert words in page
    assert 'value="22.50"' in secretariat.get(f"{PATH}/study/plan/").content.decode()


def test_the_story_goes_from_the_stage_to_what_has_not_happened_with_the_words_not_yet(client):
    site = make_site()
    make_listing(site)
    make_programme(
        agreement=make_agreement(), announcement=make_announcement(), sites=[site],
    )  # fmt: skip
    page = text_of(client.get(f"{PATH}/"))
    order = [
        page.index(words)
        for words in (
            "Agreement signed, in force", "Programme running", "Announced on the stage", "<b>Today</b>", "Acceptance of", "<h3>Demand",
            "<h3>Learners",
            "<h3>Decisions", "<h3>Certificates", "<h3>People at work", "<h3>Figures", "<h3>Yearly review",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    assert page.count("not yet") >= 7


def test_hours_that_were_taught_are_said(client):
    cohort = make_cohort(learners=6)
    make_session(cohort, number=1, status="locked")
    page = text_of(client.get(f"/programmes/{Programme.objects.get().reference}/"))
    assert "hours were taught." in page


def test_a_late_risk_is_late_in_the_alliance_and_owed_by_its_owner():
    programme = make_programme()
    draft = RiskDraft(
        programme,
        "The lift breaks",
        "medium",
        "high",
        find_or_make_member("vientiane"),
        date(2024, 1, 8),
        date(2024, 1, 31),
    )
    log_risks(risks=[draft], by=NIGHTLY)
    late = text_of(browser_of("secretariat").get("/late/?kind=risk"))
    assert "The lift breaks" in late
    assert f"{PATH}/log/" in late
