"""What the rows of a sheet of programmes name, read in sets as the sender may see it, and the drafts that follow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import Given
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from .drafts import ProgrammeDraft
from .importing_cells import members_of
from .models import Programme

# The languages in which the sheet holds titles, as the form does; titles in others stay as they are.
LANGUAGES = {"en": "en", "zh": "zh-Hans", "lo": "lo"}
# What is said of a name behind which there is nothing, and how it is mended; by column.
NAMED: Mapping[str, tuple[str, str]] = {
    "agreements": (
        N_("There is no agreement “%(named)s” here that you may see."), N_("Copy the reference from the list of agreements."),
    ),
    "announcements": (
        N_("There is no announcement “%(named)s” here that you may see."), N_("Copy its number from the ledger."),
    ),
    "demands": (
        N_("There is no demand statement “%(named)s” here that you may see."),
        N_("Copy the reference from the list of demand statements."),
    ),
    "curriculum": (
        N_("There is no curriculum “%(named)s” here that you may see."),
        N_("Write the reference of the curriculum, a slash and the version, as they stand on its page."),
    ),
    "sites": (N_("There is no site “%(named)s”."), N_("Copy the reference from the list of sites.")),
    "members": (N_("There is no organisation “%(named)s”."), N_("Copy the reference from the list of members.")),
}  # fmt: skip


def address_of(version: CurriculumVersion) -> str:
    """A curriculum and its version, as the sheet names them."""
    return f"{version.curriculum.reference}/{version.version}"


def read(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    return rows.select_related("curriculum_version__curriculum").prefetch_related(
        "titles", "languages", "intakes", "places__site", "members__organisation", "agreements_under__agreement",
        "announcements_kept__announcement", "demands_answered__demand",
    )  # fmt: skip


class KnownProgrammes:
    """Programmes by their reference, and by column everything else that the rows of one set name."""

    # A reference that stands changes its programme, and one that does not proposes another: none is ever unknown.
    standing: Mapping[str, Any] = {}

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self._there = by_reference(read(Programme.objects.all()), [row.get("reference") for row in rows])
        named = {column: {name for row in rows for name in names_in(row, column)} for column in NAMED}
        curricula = {each.partition("/")[0] for each in named["curriculum"]}
        versions = CurriculumVersion.objects.visible_to(by).select_related("curriculum")
        found = versions.filter(curriculum__reference__in=curricula)
        self._named: dict[str, dict[str, Any]] = {
            "agreements": by_reference(Agreement.objects.visible_to(by), named["agreements"]),
            "announcements": by_reference(Announcement.objects.visible_to(by), named["announcements"]),
            "demands": by_reference(DemandStatement.objects.visible_to(by), named["demands"]),
            "curriculum": {address_of(each): each for each in found},
            "sites": by_reference(Site.objects, named["sites"]),
            "members": by_reference(Organisation.objects, named["members"]),
        }

    def alike(self, row: Given) -> Programme | None:
        return self._there.get(row["reference"])

    def missing(self, row: Given, column: str) -> str:
        """The first name in a cell behind which there is nothing; "" where all are there."""
        return next((name for name in names_in(row, column) if name not in self._named[column]), "")

    def draft(self, row: Given, record: Programme | None = None, *, key: Any = None) -> ProgrammeDraft:
        """What a whole row says. What stands on the record already is taken from there, whoever may see it."""
        own = _named_by(record) if record else {}

        def each(column: str, names: Iterable[str]) -> list[Any]:
            known = {**self._named[column], **own.get(column, {})}
            return [known[name] for name in names]

        agreements, announcements = (each(column, row.get(column, ())) for column in ("agreements", "announcements"))
        others = LANGUAGES.values()
        titles = (
            {title.language: title.text for title in record.titles.all() if title.language not in others}
            if record
            else {}
        )
        members = members_of(row.get("members", ""))
        versions = each("curriculum", names_in(row, "curriculum"))
        return ProgrammeDraft(
            reference=record.reference if record else row["reference"], kind=str(row["kind"]),
            titles=titles | {tag: title for name, tag in LANGUAGES.items() if (title := row.get(f"title_{name}"))},
            agreement=agreements[0], more_agreements=agreements[1:], announcement=announcements[0] if announcements else None,
            more_announcements=announcements[1:], demands=each("demands", row.get("demands", ())), languages=row.get("languages", ()),
            curriculum_version=versions[0] if versions else None, sites=each("sites", row.get("sites", ())),
            members=[(member, role) for member, (_name, role) in zip(each("members", [name for name, _role in members]), members, strict=True)],
            source_mark=str(row.get("source_mark", SourceMark.ASSUMED)), source=row.get("source", ""), key=key,
        )  # fmt: skip


def names_in(row: Given, column: str) -> list[str]:
    """The names that a cell holds, in their order."""
    said = row.get(column)
    if not said:
        return []
    if column == "members":
        return [member for member, _role in members_of(said)]
    return [said] if column == "curriculum" else list(said)


def _named_by(record: Programme) -> dict[str, dict[str, Any]]:
    version = record.curriculum_version
    return {
        "agreements": {each.agreement.reference: each.agreement for each in record.agreements_under.all()},
        "announcements": {each.announcement.reference: each.announcement for each in record.announcements_kept.all()},
        "demands": {each.demand.reference: each.demand for each in record.demands_answered.all()},
        "curriculum": {address_of(version): version} if version else {},
        "sites": {each.site.reference: each.site for each in record.places.all()},
        "members": {each.organisation.reference: each.organisation for each in record.members.all()},
    }
