"""One search for everything the reader may know of."""

from django.http import HttpRequest
from ninja import Query, Router, Schema

from corridor.journeys.find_anything import find_anything
from corridor.journeys.keep_index import KINDS

from .tokens import PUBLIC

TAG = "search"
router = Router(auth=PUBLIC)


class ThingOut(Schema):
    """``kind`` says in which list of the API ``reference`` is found."""

    kind: str
    reference: str


@router.get("/search", response=list[ThingOut], summary="What is called so, in any script, the best fit first")
def search(
    request: HttpRequest,
    q: str = Query(max_length=100, description="Any part of a name in any script, or of a reference."),
    kind: str = Query("", pattern=f"^({'|'.join(KINDS)})?$", description="One kind alone."),
    limit: int = Query(50, ge=1, le=100),
) -> list[ThingOut]:
    kinds = frozenset({kind}) if kind else frozenset()
    found = find_anything(words=q, kinds=kinds, by=request.auth, limit=limit)
    return [ThingOut(kind=thing.kind, reference=thing.record.reference) for thing in found]
