"""How programmes are sent and answered."""

from typing import Annotated, Any, Literal

from ninja import Field, Schema

from corridor.journeys.draft_programme import ProgrammeWords

from .asking import Words
from .parts import Named, Step, Texts, member, steps, texts

Name = Annotated[str, Field(max_length=60)]
Kind = Literal["degree", "vocational", "teacher", "corporate", "language", "mixed"]
Role = Literal["lead", "host", "teaching", "employer", "sending", "funder", "awarding"]


class TakingPart(Schema):
    member: Named
    role: str


class ProgrammeRowOut(Schema):
    reference: str
    kind: str
    titles: Texts
    status: str
    members: list[TakingPart]
    sites: list[Named]
    source_mark: str


class ProgrammeOut(ProgrammeRowOut):
    """
    ``agreement`` and ``announcement`` are the first of those that it stands under and keeps; announcements and demand that the account may
    not see are left out.
    """

    agreement: str
    announcement: str | None
    agreements: list[str]
    announcements: list[str]
    demands: list[str]
    languages: list[str]
    curriculum: str | None
    curriculum_version: str | None
    timeline: list[Step]
    source: str


class TakingPartIn(Schema):
    member: Name = Field(description="The reference of a member")
    role: Role


class CurriculumIn(Schema):
    reference: Name
    version: Annotated[str, Field(max_length=20)]


class ProgrammeChangeIn(Schema):
    """What a programme says of itself; everything is named by its reference, and the first agreement and announcement lead."""

    kind: Kind
    titles: dict[Annotated[str, Field(max_length=12)], Annotated[str, Field(max_length=200)]]
    agreements: list[Name] = Field(min_length=1, max_length=50)
    announcements: list[Name] = Field([], max_length=50)
    demands: list[Name] = Field([], max_length=50)
    languages: list[Annotated[str, Field(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=12)]] = Field(
        [], max_length=20
    )
    curriculum: CurriculumIn | None = None
    sites: list[Name] = Field([], max_length=200)
    members: list[TakingPartIn] = Field([], max_length=200)
    source_mark: Literal["assumed", "named"] = "assumed"
    source: Words = Field("", max_length=300)


class ProgrammeIn(ProgrammeChangeIn):
    reference: str = Field(pattern="^[-a-zA-Z0-9_]+$", max_length=60)


def words_of(sent: ProgrammeChangeIn, *, reference: str) -> ProgrammeWords:
    return ProgrammeWords(
        reference=reference, kind=sent.kind, titles=sent.titles, agreements=sent.agreements, announcements=sent.announcements,
        demands=sent.demands, languages=sent.languages,
        curriculum=(sent.curriculum.reference, sent.curriculum.version) if sent.curriculum else None, sites=sent.sites,
        members=[(each.member, each.role) for each in sent.members], source_mark=sent.source_mark, source=sent.source,
    )  # fmt: skip


def programme_out(found: Any) -> ProgrammeOut:
    version = found.curriculum_version
    return ProgrammeOut(
        **row_of(found),
        agreement=found.agreement.reference,
        announcement=found.announcement.reference if found.announcement else None,
        agreements=[each.agreement.reference for each in found.agreements_under.all()],
        announcements=[each.announcement.reference for each in found.announcements_kept.all() if each.announcement],
        demands=[each.demand.reference for each in found.demands_answered.all() if each.demand],
        languages=[each.language for each in found.languages.all()],
        curriculum=version.curriculum.reference if version else None,
        curriculum_version=version.version if version else None,
        timeline=steps(found.changes.all()),
        source=found.source,
    )


def row_of(programme: Any) -> dict[str, Any]:
    return {
        "reference": programme.reference,
        "kind": programme.kind,
        "titles": texts(programme.titles.all()),
        "status": programme.status_then,
        "members": [TakingPart(member=member(each.organisation), role=each.role) for each in programme.members.all()],
        "sites": [
            Named(reference=each.site.reference, names=texts(each.site.names.all())) for each in programme.places.all()
        ],
        "source_mark": programme.source_mark,
    }
