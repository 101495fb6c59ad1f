"""A form for schools, and applications by it."""

from datetime import UTC, date, datetime

from corridor.foundations.access import VISITOR, Actor
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members import actions
from corridor.rooms.members.application_drafts import Contact, PartDraft, Wording
from corridor.rooms.members.models import Application, FormPart, FormVersion, OrganisationKind, PartSort
from tests.factories.actors import make_actor
from tests.factories.papers import PDF

ON = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
ANSWERS = {
    "name": ["Savannakhet Technical College"],
    "city": ["Savannakhet"],
    "country": ["LA"],
    "own-name": ["ວິທະຍາໄລເຕັກນິກສະຫວັນນະເຂດ"],
}


def said(title: str, **others: str) -> list[Wording]:
    return [Wording("en", title), *(Wording(language, text) for language, text in others.items())]


def make_form(kind: str = "school", *, published: bool = True) -> FormVersion:
    """
    Two sections (who, and what is taught), the registration asked for by a question and by a condition, a condition after the decision,
    and two criteria, the second of which weighs twice.
    """
    by = make_actor("secretariat")
    version = actions.draft_form(kind=OrganisationKind(kind), by=by)
    registration = actions.name_document(code="registration", wordings=said("Registration as a school"), by=by)
    who = _section(version, "who", "Who you are", by)
    what = _section(version, "what", "What you teach", by)
    for code, title, fact, answer, need in (
        ("name", "Name in English", "name", "short_text", "required"),
        ("own-name", "Name in your language", "own_name", "short_text", "optional"),
        ("country", "Country", "country", "country", "required"),
        ("city", "City", "city", "short_text", "required"),
    ):
        actions.add_part(
            version=version, sort=PartSort.QUESTION, under=who, by=by,
            draft=PartDraft(said(title), code=code, answer=answer, need=need, fact=fact),
        )  # fmt: skip
    actions.add_part(
        version=version, sort=PartSort.QUESTION, under=who, by=by,
        draft=PartDraft(said("Registration"), code="registered", answer="file", need="required", document=registration),
    )  # fmt: skip
    level = actions.add_part(
        version=version, sort=PartSort.QUESTION, under=what, by=by,
        draft=PartDraft(said("Levels"), code="levels", answer="several_of", need="optional"),
    )  # fmt: skip
    for code in ("secondary", "diploma"):
        actions.add_part(
            version=version, sort=PartSort.OPTION, under=level, draft=PartDraft(said(code.title()), code=code), by=by
        )
    for code, answer in (("learners", "number"), ("opened", "day"), ("abroad", "yes_no")):
        actions.add_part(
            version=version, sort=PartSort.QUESTION, under=what, by=by,
            draft=PartDraft(said(code.title()), code=code, answer=answer, need="optional"),
        )  # fmt: skip
    actions.add_part(
        version=version, sort=PartSort.CONDITION, by=by,
        draft=PartDraft(said("Registered as a school"), code="is-registered", document=registration, due_from="submission", due_days=30),
    )  # fmt: skip
    actions.add_part(
        version=version, sort=PartSort.CONDITION, by=by,
        draft=PartDraft(said("Name a coordinator"), code="coordinator", due_from="decision", due_days=60),
    )  # fmt: skip
    for code, weight in (("teaching", 1), ("demand", 2)):
        actions.add_part(
            version=version,
            sort=PartSort.CRITERION,
            draft=PartDraft(said(code.title()), code=code, weight=weight),
            by=by,
        )
    return actions.publish_form(version=version, on=date(2023, 1, 1), by=by) if published else version


def _section(version: FormVersion, code: str, title: str, by: Actor) -> FormPart:
    return actions.add_part(version=version, sort=PartSort.SECTION, draft=PartDraft(said(title), code=code), by=by)


def begin(kind: str = "school", **more: object) -> tuple[Application, str, Actor]:
    """A new draft, its secret, and whoever holds that."""
    contact = Contact("Khamla Vongsa", "khamla@savannakhet.example", "en")
    begun = actions.start_application(kind=OrganisationKind(kind), contact=contact, at=AT, on=ON, by=VISITOR, **more)
    return begun.application, begun.secret, actions.recognise_applicant(secret=begun.secret, at=AT, by=VISITOR)


def fill(application: Application, by: Actor, **answers: list[str]) -> Application:
    """Everything that must be answered and handed in."""

    who = FormPart.objects.get(version=application.version, code="who")
    actions.save_section(application=application, section=who, given={**ANSWERS, **answers}, by=by)
    asked = FormPart.objects.get(version=application.version, code="registered").document
    assert asked is not None
    upload = Upload("registration.pdf", PDF, "Registration as a school")
    actions.hand_in_document(application=application, asked=asked, upload=upload, on=ON, at=AT, by=by)
    application.refresh_from_db()
    return application


def submitted(**more: object) -> tuple[Application, str, Actor]:
    application, secret, by = begin(**more)
    fill(application, by)
    return actions.submit_application(application=application, on=ON, at=AT, by=by), secret, by


def in_review(**more: object) -> tuple[Application, str, Actor]:
    application, secret, by = submitted(**more)
    return actions.begin_review(application=application, on=ON, by=make_actor("secretariat")), secret, by
