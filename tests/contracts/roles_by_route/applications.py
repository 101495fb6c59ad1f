"""Joining: what the link of an applicant opens (for whoever holds it), and what those who judge may do."""

from datetime import UTC, datetime

from corridor.rooms.members import actions
from corridor.rooms.members.application_drafts import DecisionDraft, VoteDraft
from corridor.rooms.members.application_kinds import Outcome
from corridor.rooms.members.models import Application
from tests.factories.actors import make_actor
from tests.factories.applications import AT, ON, begin, in_review, make_form, submitted

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
JUDGES = "200 200 404 404 404 404 404 404 404 302"
REVIEWER = "404 200 404 404 404 404 404 404 404 302"
EDITORS = "200 403 403 403 403 403 403 403 403 302"
EDITORS_SENT = "422 403 403 403 403 403 403 403 403 302"
DECIDERS = "200 200 403 403 403 403 403 403 403 302"
# A button about an application that one does not see is not found; one that one sees and may not press is refused.
PRESSED = "302 403 404 404 404 404 404 404 404 302"
MOVED_ON = "302 403 403 403 403 403 403 403 403 302"
OWN = "/apply/to/{application_secret}"
FORM = "/applications/forms/school"
ONE = "/applications/{application}"
ROWS = [
    row("GET", "/apply/", "200"),
    row("GET", "/apply/again/", "200"),
    row("POST", "/apply/again/", "422"),
    row("GET", "/apply/as/school/", "200"),
    row("POST", "/apply/as/school/", "422"),
    row("GET", f"{OWN}/", "200"),
    row("GET", f"{OWN}/sections/who/", "200"),
    row("POST", f"{OWN}/sections/who/", "302", missing="404"),
    row("GET", f"{OWN}/documents/registration/", "200"),
    row("POST", f"{OWN}/documents/registration/", "422"),
    row("POST", f"{OWN}/submit/", "422"),
    row("GET", f"{OWN}/withdraw/", "200"),
    row("POST", f"{OWN}/withdraw/", "302", missing="404"),
    row("GET", "/apply/to/{judged_secret}/files/{application_file}/", "200"),
    row("GET", "/apply/to/{judged_secret}/conditions/{application_condition}/", "200"),
    row("POST", "/apply/to/{judged_secret}/conditions/{application_condition}/", "422"),
    row("GET", "/apply/to/{judged_secret}/letters/{application_letter}/", "200"),
    row("GET", "/applications/", JUDGES),
    row("GET", f"{ONE}/", JUDGES),
    row("GET", f"{ONE}/files/{{application_file}}/", JUDGES),
    row("GET", f"{ONE}/letters/{{application_letter}}/", JUDGES),
    row("POST", f"{ONE}/letters/{{application_letter}}/again/", "409 403 404 404 404 404 404 404 404 302"),
    row("POST", f"{ONE}/letters/{{application_letter}}/settled/", "409 403 404 404 404 404 404 404 404 302"),
    row("POST", "/applications/{new_application}/begin-review/", PRESSED),
    row("POST", f"{ONE}/close-review/", PRESSED),
    row("POST", "/applications/{approved_application}/activate/", "409 403 404 404 404 404 404 404 404 302"),
    row("GET", f"{ONE}/reviewers/", EDITORS),
    row("POST", f"{ONE}/reviewers/", EDITORS_SENT),
    row("GET", f"{ONE}/ask/", EDITORS),
    row("POST", f"{ONE}/ask/", EDITORS_SENT),
    row("GET", f"{ONE}/conditions/", EDITORS),
    row("POST", f"{ONE}/conditions/", EDITORS_SENT),
    row("GET", f"{ONE}/conditions/{{application_condition}}/", EDITORS),
    row("POST", f"{ONE}/conditions/{{application_condition}}/", EDITORS_SENT),
    row("GET", f"{ONE}/decide/", DECIDERS),
    row("POST", f"{ONE}/decide/", "422 422 403 403 403 403 403 403 403 302"),
    row("GET", "/applications/{approved_application}/coordinator/", EDITORS),
    row("POST", "/applications/{approved_application}/coordinator/", EDITORS_SENT),
    row("GET", f"{ONE}/sheet/", REVIEWER),
    row("POST", f"{ONE}/sheet/", "404 302 404 404 404 404 404 404 404 302"),
    row("GET", f"{ONE}/step-aside/", REVIEWER),
    row("POST", f"{ONE}/step-aside/", "404 422 404 404 404 404 404 404 404 302"),
    row("GET", "/applications/forms/", EDITORS),
    row("GET", "/applications/forms/documents/", EDITORS),
    row("POST", "/applications/forms/documents/", EDITORS_SENT),
    row("GET", f"{FORM}/", EDITORS),
    row("GET", f"{FORM}/versions/1/", EDITORS),
    row("POST", f"{FORM}/draft/", MOVED_ON),
    row("GET", f"{FORM}/add/section/", EDITORS),
    row("POST", f"{FORM}/add/section/", EDITORS_SENT),
    row("GET", f"{FORM}/parts/{{form_part}}/", EDITORS),
    row("POST", f"{FORM}/parts/{{form_part}}/", EDITORS_SENT),
    row("POST", f"{FORM}/parts/{{form_part}}/move/", MOVED_ON),
    row("POST", f"{FORM}/parts/{{form_part}}/leave-out/", MOVED_ON),
    row("POST", f"{FORM}/publish/", MOVED_ON),
    row("GET", "/applications/letters/", EDITORS),
    row("GET", "/api/v1/applications", "200 200 404 404 404 404 404 404 404 401"),
    row("GET", "/api/v1/applications/{application}", "200 200 404 404 404 404 404 404 404 401"),
    row("GET", "/applications/letters/receipt/en/", EDITORS),
    row("POST", "/applications/letters/receipt/en/", EDITORS_SENT),
]


def scene(world: World) -> None:
    by = make_actor("secretariat")
    make_form()
    _draft, secret, _by = begin()
    new, _secret, _by = submitted()
    judged, judged_secret, _by = in_review()
    actions.invite_reviewers(application=judged, users=[world.users["council"]], at=AT, by=by)
    approved, _secret, _by = in_review()
    vote = VoteDraft(held_on=ON, present=3, in_favour=3, against=0, abstained=0, minutes="Voted.")
    actions.decide_application(
        application=approved, vote=vote, decision=DecisionDraft(Outcome.APPROVED, ON), at=AT, by=by
    )
    # The doors of this table live in the world's own day.
    Application.objects.update(secret_expires_at=datetime(2200, 1, 1, tzinfo=UTC))
    draft = actions.draft_form(kind="school", by=by)
    world.places |= {
        "application_secret": secret, "judged_secret": judged_secret, "application": judged.reference,
        "new_application": new.reference, "approved_application": approved.reference,
        "application_file": judged.documents.get().document.reference, "application_letter": judged.letters.get().pk,
        "application_condition": judged.conditions.get(part__code="coordinator").pk,
        "form_part": draft.parts.get(code="what").pk,
    }  # fmt: skip
