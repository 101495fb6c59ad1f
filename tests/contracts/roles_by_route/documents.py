"""Kept files and the log: public files for anyone, the log for oversight."""

from datetime import UTC, datetime

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import NewDocument, store_documents

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/documents/{document}/", "200"),
    row("GET", "/documents/{restricted}/", "200 200 404 404 404 404 404 200 404 404"),
    row("GET", "/audit/", "200 403 403 403 403 403 403 200 403 302"),
]


def scene(world: World) -> None:
    new = [
        NewDocument("doc-open", "A list for all", "list.csv", b"a,b\n1,2\n", visibility=Visibility.PUBLIC),
        NewDocument("doc-kept", "A list for few", "few.csv", b"a,b\n3,4\n"),
    ]
    store_documents(documents=new, at=datetime(2023, 5, 19, tzinfo=UTC), by=NIGHTLY)
    world.places["document"], world.places["restricted"] = "doc-open", "doc-kept"
