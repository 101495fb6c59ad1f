"""What an agreement says, as it is sent and answered, and what is asked for under it."""

from datetime import date, timedelta
from typing import Any

from ninja import Field, Schema

from corridor.foundations.access import Actor
from corridor.rooms.agreements import queries
from corridor.rooms.agreements.drafts import AgreementDraft, LineDraft, PartyDraft, TextDraft
from corridor.rooms.agreements.writing import standing_draft
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.members import queries as members

from .asking import BodyText, Day, Words
from .parts import Texts


class TextIn(Schema):
    language: str = Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="BCP 47")
    title: Words
    body: BodyText = Field(description="Clauses are parted by a blank line")
    standing: str = Field("equal", pattern="^(prevailing|equal|convenience)$")


class LineIn(Schema):
    number: int = Field(ge=1, le=9999)
    language: str = Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    text: BodyText


class PartyIn(Schema):
    member: Words = Field(description="The reference of a member")
    role: Words = ""


class ContentIn(Schema):
    """What an agreement says. The order of parties, texts and lines means nothing."""

    starts_on: Day
    ends_on: Day | None = Field(None, description="The last day; without it there is no end")
    announcement: Words | None = None
    parties: list[PartyIn] = Field(max_length=500)
    texts: list[TextIn] = Field([], max_length=40)
    lines: list[LineIn] = Field([], max_length=5000)


class DraftIn(ContentIn):
    """Without texts a draft of a kind begins with the clauses of that kind."""

    kind: Words | None = None
    parent: Words | None = Field(None, description="The agreement that it is a schedule of")


class ContentOut(Schema):
    """What it says now, in the form in which it is sent. ``hash``: its fingerprint, were it proposed as it is."""

    reference: str
    version: int = Field(description="How often the draft was written; of an amendment see copied_from")
    copied_from: int | None = Field(description="Of an amendment: the version of what it amends")
    starts_on: date
    ends_on: date | None
    announcement: str | None
    parties: list[PartyIn]
    texts: list[TextIn]
    lines: list[LineIn]
    hash: str


class AgreementVersionRowOut(Schema):
    number: int
    origin: str
    hash: str
    effective_on: date
    party: str | None
    reason: str
    amendment: str | None


class AgreementVersionOut(AgreementVersionRowOut):
    """``canonical`` is the text whose UTF-8 bytes are hashed: JSON by RFC 8785."""

    canonical: str


class PieceOut(Schema):
    text: str
    differs: bool


class DifferenceOut(Schema):
    """One field that two versions say differently; each side in pieces, with what stands on it alone marked. Null: it does not stand there."""

    field: str
    place: str
    language: str
    before: str | None
    after: str | None
    before_pieces: list[PieceOut]
    after_pieces: list[PieceOut]


class ConflictOut(Schema):
    field: str
    place: str
    language: str
    base: str | None
    ours: str | None
    theirs: str | None


class AmendingOut(Schema):
    """What an amendment changes, and where what it amends was changed in the same place meanwhile."""

    copied_from: int
    current: int
    differences: list[DifferenceOut]
    conflicts: list[ConflictOut]


class ProposalIn(Schema):
    """Why it is put before its parties. An amendment, or what follows an agreement, says so from the start; there it may stay empty."""

    reason: Words = ""


class CounterIn(ContentIn):
    """Another text in the place of the one whose fingerprint is ``over``."""

    over: Words = Field(description="The canonical_hash of the text that is answered")
    reason: Words
    member: Words = Field("", description="For which member, by who speaks for several")
    base: int | None = Field(None, description="Of an amendment: the version of what it amends that was taken up")


class AmendmentIn(Schema):
    """Without content the copy says what the agreement says now."""

    reason: Words
    member: Words = ""
    content: ContentIn | None = None


class RenewalIn(Schema):
    starts_on: Day
    ends_on: Day | None = None
    reason: Words
    member: Words = ""
    lines: list[int] | None = Field(None, description="Numbers of the lines that go on; without it all do")


class StepIn(Schema):
    """A step that the other parties are asked to confirm; rejecting and withdrawing hold at once."""

    kind: str = Field(pattern="^(reject|withdraw|suspend|resume|terminate|lapse|supersede)$")
    reason: Words
    takes_effect_on: Day | None = None
    successor: Words | None = None
    member: Words = ""


class AgreementMoveIn(Schema):
    """``in_force`` resumes what is suspended; ``successor`` is the reference of the one that replaces it, with ``superseded``."""

    to: str = Field(pattern="^(suspended|in_force|terminated|superseded)$")
    on: Day
    reason: Words = Field(min_length=1, max_length=300)
    successor: Words = Field("", max_length=20)


class StepAnswerIn(Schema):
    answer: str = Field(pattern="^(confirms|objects)$")
    reason: Words = ""
    member: Words = ""


class AgreementStepOut(Schema):
    """What is asked for, by whom, and who has answered."""

    kind: str
    status: str
    party: str | None
    asked_on: date
    takes_effect_on: date
    reason: str
    successor: str | None
    answers: dict[str, str] = Field(description="By member: confirms or objects")


class KindIn(Schema):
    names: Texts
    clauses: dict[str, list[BodyText]] = Field(
        {}, description="By language, in their order; {parties}, {first_day}, {last_day} are filled"
    )
    signing_order: str = Field("parallel", pattern="^(parallel|in_order)$")
    quorum: int = Field(1, ge=1, le=20)
    position: int = Field(1, ge=1, le=500)


class NewKindIn(KindIn):
    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,29}$")


class KindOut(NewKindIn):
    pass


def draft_of(sent: ContentIn, *, by: Actor) -> AgreementDraft:
    """:raises NotFound: for a member, an announcement, a kind or an agreement that is not there."""
    kind, parent = getattr(sent, "kind", None), getattr(sent, "parent", None)
    return AgreementDraft(
        starts_on=sent.starts_on,
        ends_before=sent.ends_on + timedelta(days=1) if sent.ends_on else None,
        announcement=conferences.get_announcement(reference=sent.announcement, by=by) if sent.announcement else None,
        kind=queries.get_kind(code=kind, by=by) if kind else None,
        parent=queries.get_agreement(reference=parent, by=by) if parent else None,
        parties=[
            PartyDraft(members.get_organisation(reference=each.member, by=by), each.role) for each in sent.parties
        ],
        texts=[TextDraft(each.language, each.title, each.body, each.standing) for each in sent.texts],
        lines=[LineDraft(each.number, each.language, each.text) for each in sent.lines],
    )


def content_out(agreement: Any, *, by: Actor) -> ContentOut:
    """:raises AccessDenied: for who does not read its text."""
    draft = standing_draft(agreement)
    return ContentOut(
        reference=agreement.reference,
        version=agreement.version,
        copied_from=agreement.copied_from.number if agreement.copied_from else None,
        starts_on=draft.starts_on,
        ends_on=draft.ends_before - timedelta(days=1) if draft.ends_before else None,
        announcement=draft.announcement.reference if draft.announcement else None,
        parties=[PartyIn(member=each.organisation.reference, role=each.role) for each in draft.parties],
        texts=[
            TextIn(language=each.language, title=each.title, body=each.body, standing=each.standing)
            for each in draft.texts
        ],
        lines=[LineIn(number=each.number, language=each.language, text=each.text) for each in draft.lines],
        hash=queries.content_hash(reference=agreement.reference, by=by),
    )


def version_row(version: Any) -> dict[str, Any]:
    return {
        "number": version.number, "origin": version.origin, "hash": version.hash, "effective_on": version.effective_on,
        "party": version.party.reference if version.party else None, "reason": version.reason,
        "amendment": version.amendment.reference if version.amendment else None,
    }  # fmt: skip


def difference(each: Any) -> DifferenceOut:
    before, after = each.pieces()
    return DifferenceOut(
        field=each.field, place=each.place, language=each.language, before=each.before, after=each.after,
        before_pieces=[PieceOut(text=piece.text, differs=piece.differs) for piece in before],
        after_pieces=[PieceOut(text=piece.text, differs=piece.differs) for piece in after],
    )  # fmt: skip


def step_out(motion: Any) -> AgreementStepOut:
    return AgreementStepOut(
        kind=motion.kind, status=motion.status, party=motion.party.reference if motion.party else None,
        asked_on=motion.asked_on, takes_effect_on=motion.takes_effect_on, reason=motion.reason,
        successor=motion.successor.reference if motion.successor else None,
        answers={each.organisation.reference: each.answer for each in motion.answers.all()},
    )  # fmt: skip


def kind_out(kind: Any) -> KindOut:
    clauses: dict[str, list[str]] = {}
    for clause in sorted(kind.clauses.all(), key=lambda clause: clause.number):
        clauses.setdefault(clause.language, []).append(clause.text)
    return KindOut(
        code=kind.code, names={each.language: each.name for each in kind.names.all()}, clauses=clauses,
        signing_order=kind.signing_order, quorum=kind.quorum, position=kind.position,
    )  # fmt: skip
