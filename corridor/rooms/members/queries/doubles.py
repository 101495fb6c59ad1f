"""Records that may be one organisation, the merges that were made, and what waits to be confirmed."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.likeness.scoring import Clue
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..comparing import rarity_for, seen_of
from ..doubles import clues_between
from ..lifecycle import Standing
from ..merging import FIELDS, text_of
from ..models import (
    Membership,
    MergedRow,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    OrganisationPair,
    PairVerdict,
)


@dataclass(frozen=True)
class FieldChoice:
    """One field of two records, as text; ``differs`` where there is something to choose."""

    field: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


@dataclass(frozen=True)
class SideBySide:
    """A pair with what speaks for and against it, its fields beside each other, and who of the two holds a membership under way."""

    pair: OrganisationPair
    clues: list[Clue]
    fields: list[FieldChoice]
    members: frozenset[UUID]

    @property
    def both_are_members(self) -> bool:
        return len(self.members) == 2


def list_pairs(*, by: Actor, verdict: str = PairVerdict.OPEN) -> QuerySet[OrganisationPair]:
    """Pairs of one verdict, the likeliest first, with the names of both."""
    by.require(Permission.MEMBER_MERGE)
    found = OrganisationPair.objects.filter(verdict=verdict).select_related("one", "other")
    return found.prefetch_related("one__names", "other__names").order_by("-score", "pk")


def count_pairs(*, by: Actor) -> dict[str, int]:
    """How many pairs there are of each verdict."""
    by.require(Permission.MEMBER_MERGE)
    return dict(OrganisationPair.objects.values_list("verdict").annotate(count=Count("pk")).order_by())


def pairs_with(*, organisation: Organisation, by: Actor) -> QuerySet[OrganisationPair]:
    """The open pairs in which it stands, the likeliest first."""
    return list_pairs(by=by).filter(Q(one=organisation) | Q(other=organisation))


def get_pair(*, key: UUID, by: Actor) -> SideBySide:
    """:raises NotFound: if there is no such pair."""
    by.require(Permission.MEMBER_MERGE)
    found = OrganisationPair.objects.select_related("one", "other").prefetch_related(
        "one__names", "other__names", "one__identifiers", "other__identifiers"
    )
    pair = found.filter(pk=key).first()
    if pair is None:
        raise NotFound(N_("There is no such pair."))
    return _side_by_side(pair)


def _side_by_side(pair: OrganisationPair) -> SideBySide:
    seen = {each.key: each for each in seen_of([pair.one_id, pair.other_id])}
    clues = []
    if len(seen) == 2:
        clues = clues_between(seen[pair.one_id], seen[pair.other_id], rarity_for(seen.values()))
    under_way = Membership.objects.filter(organisation__in=[pair.one_id, pair.other_id])
    holding = under_way.exclude(status__in=["withdrawn", "rejected"]).values_list("organisation_id", flat=True)
    fields = [FieldChoice(field, text_of(pair.one, field), text_of(pair.other, field)) for field in FIELDS]
    return SideBySide(pair, clues, fields, frozenset(holding))


def merges_of(*, organisation: Organisation, by: Actor) -> QuerySet[OrganisationMerge]:
    """Every merge in which it stood, the latest first; empty for who may not merge."""
    if not by.may(Permission.MEMBER_MERGE):
        return OrganisationMerge.objects.none()
    found = OrganisationMerge.objects.filter(Q(gone=organisation) | Q(stays=organisation))
    return found.select_related("gone", "stays").order_by("-merged_at", "-pk")


def get_merge(*, key: UUID, by: Actor) -> OrganisationMerge:
    """:raises NotFound: if there is no such merge."""
    by.require(Permission.MEMBER_MERGE)
    found = OrganisationMerge.objects.select_related("gone", "stays").prefetch_related("rows", "values").filter(pk=key)
    merge = found.first()
    if merge is None:
        raise NotFound(N_("There is no such merge."))
    return merge


def taken_away_since(*, merge: OrganisationMerge, by: Actor) -> list[str]:
    """The numbers that came with a merge and were taken away later: taking it back does not bring them again."""
    by.require(Permission.MEMBER_MERGE)
    came = {row.key: row.said for row in merge.rows.all() if row.table == MergedRow.Table.IDENTIFIER}
    stand = {str(key) for key in OrganisationIdentifier.objects.filter(pk__in=came).values_list("pk", flat=True)}
    return sorted(said or "–" for key, said in came.items() if key not in stand)


def unconfirmed(*, by: Actor) -> QuerySet[Organisation]:
    """What others wrote down and nobody has confirmed, the oldest first, with names."""
    by.require(Permission.MEMBER_REGISTER)
    waiting = Organisation.objects.filter(standing=Standing.UNCONFIRMED, merged_into__isnull=True)
    return waiting.prefetch_related("names").order_by("pk")


def get_unconfirmed(*, reference: str, by: Actor) -> Organisation:
    """:raises NotFound: if no organisation of that reference waits to be confirmed."""
    found = unconfirmed(by=by).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("No organisation %(reference)s waits to be confirmed."), reference=reference)
    return found


def references_of(*, organisation: Organisation, by: Actor) -> list[str]:  # noqa: ARG001 (references are public)
    """Its reference and those of every record that was merged into it: what rows of other rooms may still name."""
    found = [organisation.reference]
    fresh = [organisation.pk]
    while fresh:
        rows = list(
            Organisation.objects.filter(merged_into__in=fresh).order_by("reference").values_list("pk", "reference")
        )
        found += [reference for _, reference in rows]
        fresh = [key for key, _ in rows]
    return found
