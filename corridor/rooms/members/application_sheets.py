"""The sheets of joining: forms with their documents, and applications that ran before, with their sheets, votes and conditions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_

from .actions import application_forms as forms
from .actions import taking_over
from .application_drafts import (
    Contact,
    DecisionDraft,
    Interest,
    PartDraft,
    PastApplication,
    PastScore,
    PastVote,
    VoteDraft,
    Wording,
)
from .application_kinds import AnswerKind, DueFrom, Fact, Need, Outcome, PartSort
from .lifecycle import ApplicationStatus, ConditionStatus
from .models import (
    Application,
    ApplicationCondition,
    DocumentAsked,
    FormPart,
    FormVersion,
    Organisation,
    OrganisationKind,
)


def take_documents_asked(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    with refusals_in(rows):
        for row in rows:
            forms.name_document(code=row["code"], wordings=_wordings(row), by=by)
    return len(rows)


def take_forms(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Parts in the order of the rows; each form is published on the day that its rows name."""
    findings, documents = (
        Findings(),
        by_reference(DocumentAsked.objects.all(), (row["document"] for row in rows), field="code"),
    )
    drafts: dict[str, list[tuple[Row, PartDraft]]] = {}
    for row in rows:
        draft = PartDraft(
            wordings=_wordings(row), code=row["code"], answer=row["answer"] or "", need=row["need"] or "", fact=row["fact"] or "",
            document=findings.find(row, "document", documents), due_from=row["due_from"] or "", due_days=row["due_days"], weight=row["weight"],
        )  # fmt: skip
        drafts.setdefault(row["kind"], []).append((row, draft))
    findings.refuse_if_any()
    with refusals_in(rows):
        for kind, parts in drafts.items():
            version = forms.draft_form(kind=kind, by=by)
            known: dict[str, FormPart] = {}
            for sort in PartSort:
                those = [(row, draft) for row, draft in parts if row["sort"] == sort]
                made = forms.add_parts(
                    version=version, parts=[(sort, draft, known.get(row["under"])) for row, draft in those], by=by
                )
                known |= {part.code: part for part in made if sort in {PartSort.SECTION, PartSort.QUESTION}}
            forms.publish_form(version=version, on=parts[0][0]["published_on"], by=by)
    return len(rows)


def _wordings(row: Row) -> list[Wording]:
    explained = row.family("explanation_")
    return [Wording(tag, title, explained.get(tag, "")) for tag, title in row.family("title_").items()]


def take_applications(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    versions = {each.kind: each for each in FormVersion.objects.filter(published_on__isnull=False).order_by("number")}
    past = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        version = versions.get(organisation.kind) if organisation else None
        if organisation and version is None:
            findings.add(row, "organisation", N_("There is no form for applicants of its kind."))
        if (row["outcome"] is None) != (row["decided_on"] is None):
            findings.add(row, "outcome", N_("A decision has a day, and a day a decision."))
        steps = [(ApplicationStatus.SUBMITTED, row["submitted_on"]), (ApplicationStatus.IN_REVIEW, row["in_review_on"])]
        steps += [(row["outcome"], row["decided_on"])]
        if organisation and version:
            past.append(
                PastApplication(
                    reference=row["reference"], organisation=organisation, version=version,
                    contact=Contact(row["contact_name"], row["contact_email"], row["language"].lower()),
                    steps=[(str(state.value), day) for state, day in steps if day is not None and state is not None],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(taking_over.take_over_applications(applications=past, by=by))


def take_answers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), _applications(rows)
    answers: dict[Application, dict[str, str]] = {}
    for row in rows:
        application = findings.find(row, "application", known)
        if application:
            answers.setdefault(application, {})[row["question"]] = row["answer"]
    findings.refuse_if_any()
    with refusals_in(rows):
        return taking_over.take_over_answers(answers=answers, by=by)


def take_scores(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), _applications(rows)
    users = by_reference(User.objects.all(), (row["reviewer"] for row in rows), field="username")
    criteria = _parts(PartSort.CRITERION)
    scores = []
    for row in rows:
        application, user = findings.find(row, "application", known), findings.find(row, "reviewer", users)
        criterion = (
            findings.find(row, "criterion", criteria, key=(_version(application), row["criterion"]))
            if application
            else None
        )
        if application and user and criterion:
            scores.append(PastScore(application, user, criterion, row["points"], row["comment"], row["handed_in_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return taking_over.take_over_scores(scores=scores, by=by)


def take_votes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known, votes = Findings(), _applications(rows), []
    for row in rows:
        application = findings.find(row, "application", known)
        interests = tuple(
            Interest(*(part.strip() for part in each.split(":", 1)))
            for each in row["interests"].split(";")
            if ":" in each
        )
        vote = VoteDraft(
            row["held_on"],
            row["present"],
            row["in_favour"],
            row["against"],
            row["abstained"],
            interests,
            row["minutes"],
        )
        if application:
            votes.append(PastVote(application, vote, DecisionDraft(row["outcome"], row["held_on"], row["reason"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        return taking_over.take_over_votes(votes=votes, by=by)


def take_conditions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), _applications(rows)
    conditions: dict[Any, ApplicationCondition] = {
        (str(each.application), str(each.part)): each
        for each in ApplicationCondition.objects.select_related("application", "part")
    }
    states = []
    for row in rows:
        if findings.find(row, "application", known):
            condition = findings.find(row, "condition", conditions, key=(row["application"], row["condition"]))
            if condition:
                states.append((condition, row["state"], row["day"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return taking_over.take_over_conditions(states=states, by=by)


def _applications(rows: Sequence[Row]) -> dict[Any, Application]:
    return by_reference(Application.objects.all(), (row["application"] for row in rows))


def _parts(sort: PartSort) -> dict[Any, FormPart]:
    return {(str(each.version_id), each.code): each for each in FormPart.objects.filter(sort=sort)}


def _version(application: Application) -> str:
    return str(application.version_id)


APPLICATION_SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="application_documents", pattern="application_documents.*", columns=(Column("code", read.reference(60)),),
        take=take_documents_asked, extra=languages("title", "explanation"), optional=True, unique=("code",),
    ),
    SheetKind(
        name="application_forms", pattern="application_forms.*", take=take_forms, extra=languages("title", "explanation"), optional=True,
        columns=(
            Column("kind", read.choice(OrganisationKind)), Column("published_on", read.day), Column("sort", read.choice(PartSort)),
            Column("code", read.reference(60)), Column("under", read.reference(60), required=False),
            Column("answer", read.choice(AnswerKind), required=False), Column("need", read.choice(Need), required=False),
            Column("fact", read.choice(Fact), required=False), Column("document", read.reference(60), required=False),
            Column("due_from", read.choice(DueFrom), required=False), Column("due_days", read.whole(0, 2_000), required=False),
            Column("weight", read.whole(1, 100), required=False),
        ),
        unique=("kind", "sort", "code"),
    ),
    SheetKind(
        name="applications", pattern="applications.*", take=take_applications, optional=True,
        columns=(
            Column("reference", read.reference(20)), Column("organisation", read.reference(60)), Column("contact_name", read.text(150)),
            Column("contact_email", read.text(254)), Column("language", read.language), Column("submitted_on", read.day),
            Column("in_review_on", read.day, required=False), Column("decided_on", read.day, required=False),
            Column("outcome", read.choice(Outcome), required=False),
        ),
        unique=("reference",),
    ),
    SheetKind(
        name="application_answers", pattern="application_answers.*", take=take_answers, optional=True,
        columns=(
            Column("application", read.reference(20)), Column("question", read.reference(60)),
            Column("answer", read.text(10_000), about="several choices are divided by a semicolon"),
        ),
        unique=("application", "question"),
    ),
    SheetKind(
        name="application_scores", pattern="application_scores.*", take=take_scores, optional=True,
        columns=(
            Column("application", read.reference(20)), Column("reviewer", read.user_name), Column("criterion", read.reference(60)),
            Column("points", read.whole(0, 5), required=False), Column("comment", read.text(2_000), required=False),
            Column("handed_in_on", read.day, required=False),
        ),
        unique=("application", "reviewer", "criterion"),
    ),
    SheetKind(
        name="application_votes", pattern="application_votes.*", take=take_votes, optional=True,
        columns=(
            Column("application", read.reference(20)), Column("held_on", read.day), Column("present", read.whole(1)),
            Column("in_favour", read.whole(0)), Column("against", read.whole(0)), Column("abstained", read.whole(0)),
            Column("interests", read.text(1_000), required=False, about="office: interest; office: interest"),
            Column("minutes", read.text(5_000)), Column("outcome", read.choice(Outcome)), Column("reason", read.text(2_000), required=False),
        ),
        unique=("application",),
    ),
    SheetKind(
        name="application_conditions", pattern="application_conditions.*", take=take_conditions, optional=True,
        columns=(
            Column("application", read.reference(20)), Column("condition", read.reference(60)), Column("state", read.choice(ConditionStatus)),
            Column("day", read.day), Column("reason", read.text(300), required=False),
        ),
        unique=("application", "condition"),
    ),
)  # fmt: skip
