"""What the alliance signs itself: its register of issuers and the tree of the day. A new house makes its key first."""

from contextlib import suppress
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.audit import checkpoints
from corridor.foundations.audit.keys import NoAllianceKey, alliance_key
from corridor.kernel.errors import WrongMoment
from corridor.rooms.credentials.actions import grow_tree, register_is_due, sign_issuers, tree_is_due


def begin_signing(*, on: date, at: datetime, by: Actor) -> None:
    """Make the alliance's key, if it has none, and sign what is due. ``at`` is the world's own instant."""
    try:
        alliance_key()
    except NoAllianceKey:
        checkpoints.make_key(at=at, by=by)
    sign_what_is_due(on=on, at=at, by=by)


def sign_what_is_due(*, on: date, at: datetime, by: Actor) -> None:
    """The register if it would say something else or ends soon, and one tree a day. Another worker may be a moment faster."""
    if register_is_due(at=at, by=by):
        with suppress(WrongMoment):
            sign_issuers(on=on, at=at, by=by)
    if tree_is_due(on=on, by=by):
        with suppress(WrongMoment):
            grow_tree(on=on, at=at, by=by)
