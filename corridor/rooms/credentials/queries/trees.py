"""Checkpoints, and the proof that a credential stood in one."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..addresses import status_list_url
from ..models import Attestation, Credential, DayTree, StatusList, TreeLeaf
from ..proofs.trees import KIND, inclusion_proof, leaf_hash, path_of
from ..refusals import NotYetInATree


def list_trees(*, by: Actor) -> QuerySet[DayTree]:
    """The checkpoints, the latest first, without their texts. They name no person: everybody may keep them."""
    by.require(Permission.MEMBER_VIEW)
    return DayTree.objects.defer("document")


def get_tree(*, number: int | None = None, by: Actor) -> DayTree:
    """A checkpoint by its number, or the latest. :raises NotFound: if there is none."""
    by.require(Permission.MEMBER_VIEW)
    rows = DayTree.objects.all() if number is None else DayTree.objects.filter(number=number)
    found = rows.first()
    if found is None:
        raise NotFound(N_("There is no such checkpoint of certificates."))
    return found


def newer_elsewhere(*, document: Mapping[str, Any], by: Actor) -> list[tuple[str, int, int]]:
    """
    Lists that a kept checkpoint knows in a later state than the records here: address, how often it was signed here, and there.

    :raises BadInput: if it is no checkpoint.
    """
    by.require(Permission.CREDENTIAL_REVOKE)
    if document.get("type") != KIND or not isinstance(document.get("statusLists"), list):
        raise BadInput([Problem(N_("This is no checkpoint of certificates."))])
    rows = StatusList.objects.values_list("organisation__reference", "number", "sequence")
    here = {status_list_url(reference, number): sequence for reference, number, sequence in rows}
    found = []
    for each in document["statusLists"]:
        address, there = str(each.get("id")), each.get("sequence")
        if isinstance(there, int) and there > here.get(address, 0):
            found.append((address, here.get(address, 0), there))
    return found


def has_proof(*, credential: Credential | Attestation, by: Actor) -> bool:  # noqa: ARG001 (as proof_of)
    """Whether the day on which it was issued is over, and signed."""
    return TreeLeaf.objects.filter(_whose(credential)).exists()


def proof_of(*, credential: Credential | Attestation, by: Actor) -> dict[str, Any]:  # noqa: ARG001 (whoever has it may show it)
    """
    The proof that the credential or attestation stood in a checkpoint, as it stood at its latest change that is in one. Two statements.

    :raises NotYetInATree: until the day on which it was issued is over.
    """
    leaf = (
        TreeLeaf.objects.filter(_whose(credential))
        .select_related("tree")
        .order_by("-tree__number", "-position")
        .first()
    )
    if leaf is None:
        raise NotYetInATree(
            N_("%(credential)s stands in a checkpoint as soon as its day is over."), credential=credential.reference
        )
    said = TreeLeaf.objects.filter(tree=leaf.tree_id).order_by("position").values_list("said", flat=True)
    hashes = [leaf_hash(each.encode()) for each in said]
    path = path_of(hashes, leaf.position)
    return inclusion_proof(said=leaf.said, index=leaf.position, path=path, checkpoint=json.loads(leaf.tree.document))


def _whose(signed: Credential | Attestation) -> Q:
    is_attestation = isinstance(signed, Attestation)
    return Q(attestation_change__attestation=signed) if is_attestation else Q(change__credential=signed)
