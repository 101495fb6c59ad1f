"""Checkpoints of certificates: the page, the files that anybody may keep, and the proof that a holder keeps beside a certificate."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.lists import as_text

from .documents import for_all, for_the_holder

SHOWN = 60


@login_not_required
@require_safe
def checkpoint_page(request: HttpRequest) -> HttpResponse:
    return render(
        request, "credentials/checkpoints.html", {"trees": list(queries.list_trees(by=request.actor)[:SHOWN])}
    )


@login_not_required
@require_safe
def latest_checkpoint(request: HttpRequest) -> HttpResponse:
    tree = queries.get_tree(by=request.actor)
    return for_all(request, tree.document, "application/json", at=tree.made_at)


@login_not_required
@require_safe
def checkpoint_file(request: HttpRequest, number: int) -> HttpResponse:
    tree = queries.get_tree(number=number, by=request.actor)
    return for_all(request, tree.document, "application/json", at=tree.made_at, seconds=86_400)


@login_not_required
@require_safe
def proof_file(request: HttpRequest, token: str) -> HttpResponse:
    """It names nobody: whoever has the address may keep it."""
    credential = queries.get_credential_by_token(token=token, by=request.actor)
    proof = queries.proof_of(credential=credential, by=request.actor)
    return for_the_holder(as_text(proof).encode(), "application/json", f"{credential.reference}-proof.json")
