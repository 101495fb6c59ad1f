"""What the doors for other people's software answer (VC-API), where they are switched on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..resolving import DatabaseResolver
from ..vc_api import issuing, keyed, verifying
from ..vc_api.proving import World, asked_of
from ..vc_api.refusals import Malformed

_ISSUE, _VERIFY, _PRESENT = "credential", "verifiableCredential", "verifiablePresentation"


def issue_for_anyone(*, sent: dict[str, Any], at: datetime, by: Actor) -> dict[str, Any]:  # noqa: ARG001
    """
    The credential that was sent, signed with a key that stands in no register. Nothing is kept.

    :raises NotFound: where these doors are switched off. :raises Refused: for what cannot be signed as it is.
    """
    _require_open()
    return issuing.issue(_part(sent, _ISSUE), sent.get("options"), world=_world(at))


def verify_for_anyone(*, sent: dict[str, Any], at: datetime, by: Actor) -> None:  # noqa: ARG001
    """Return when the credential that was sent holds. :raises NotFound: as above. :raises Refused: naming what does not."""
    _require_open()
    verifying.verify_credential(_part(sent, _VERIFY), asked=asked_of(sent.get("options")), world=_world(at))


def verify_presentation_for_anyone(*, sent: dict[str, Any], at: datetime, by: Actor) -> None:  # noqa: ARG001
    """Return when the presentation that was sent holds, with all in it. :raises NotFound: as above. :raises Refused: naming what does not."""
    _require_open()
    verifying.verify_presentation(_part(sent, _PRESENT), asked=asked_of(sent.get("options")), world=_world(at))


def status_list_for_anyone(*, at: datetime, by: Actor) -> dict[str, Any]:  # noqa: ARG001
    """The list to which everything points that was issued so. :raises NotFound: as above."""
    _require_open()
    return issuing.status_list(at=at)


def sign_token_with(
    *,
    document: dict[str, Any],
    method: dict[str, Any],
    feature: keyed.Feature,
    hidden: Sequence[str] = (),
    at: datetime,
    by: Actor,  # noqa: ARG001
) -> str:
    """The document in a token, signed with the secret key that is given. Nothing is kept. :raises Refused: for what cannot be signed."""
    return keyed.sign_with(document, method=method, feature=feature, hidden=hidden, world=_world(at))


def check_token_with(
    *,
    text: str,
    method: dict[str, Any],
    feature: keyed.Feature,
    at: datetime,
    by: Actor,  # noqa: ARG001
) -> dict[str, Any]:
    """What a token says that the key that is given has signed. :raises Refused: naming what does not hold."""
    return keyed.check_with(text, method=method, feature=feature, world=_world(at))


def _require_open() -> None:
    if not settings.VC_API:
        raise NotFound(N_("There is no such page."))


def _part(sent: dict[str, Any], name: str) -> Any:
    if name not in sent:
        raise Malformed(N_("“%(place)s” is missing."), place=name)
    return sent[name]


def _world(at: datetime) -> World:
    resolver = DatabaseResolver(as_of=at.date())

    def listed(address: str) -> dict[str, Any] | None:
        return issuing.status_list(at=at) if address == issuing.list_address() else resolver.status_list(address)

    return World(resolver.did_document, listed, at)
