"""Two different persons stand for a figure, each over its fingerprint."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_all
from corridor.kernel.errors import AccessDenied, NotFound, StaleForm, WrongMoment
from corridor.kernel.wording import N_

from ..lifecycle import FigureStatus
from ..models import Figure, SignOff
from ..refusals import AlreadyCorrected, AlreadySigned
from ..writing import require_intact

SIGNATURES = 2
SIGNING_ROLES = (Role.COUNCIL, Role.SECRETARIAT)


@transaction.atomic
def sign_figures(
    *, figures: Sequence[Figure], on: date, at: datetime, by: Actor, content_hash: str = ""
) -> list[Figure]:
    """
    Sign each of these frozen figures. The second signature, by another person, signs it off.

    ``content_hash`` is the fingerprint the signer saw, where one figure is signed from a page.

    :raises AccessDenied: if the actor is no person in the secretariat or the council. :raises AlreadySigned: if this person signed it before.
    :raises WrongMoment: if it is not frozen, or signed off already. :raises AlreadyCorrected: if a later version stands.
    :raises StaleForm: if the fingerprint is not the one seen. :raises FigureHasChanged: if the kept rows no longer give it.
    """
    by.require(Permission.FIGURE_SIGN)
    user = by.user_id
    if user is None:
        raise AccessDenied(N_("Only a person who is signed in can sign a figure."))
    # Hold the figure, not the signature: two last signatures at once must not both see one missing.
    held = list(Figure.objects.select_for_update().filter(pk__in=[each.pk for each in figures]).order_by("pk"))
    if len(held) < len({each.pk for each in figures}):
        raise NotFound(N_("There is no such figure."))
    signed = _signers(held)
    later = Figure.objects.filter(corrects__in=held).values_list("corrects__reference", "reference").first()
    if later:
        raise AlreadyCorrected(
            N_("%(figure)s is corrected by %(later)s; sign that one."), figure=later[0], later=later[1]
        )
    for figure in held:
        _require_signable(figure, signed.get(figure.pk, set()), user, content_hash)
    role = next((role for role in SIGNING_ROLES if role in by.roles()), Role.SECRETARIAT)
    SignOff.objects.bulk_create(
        SignOff(
            figure=figure,
            user_id=user,
            by_label=by.label,
            role=role.value,
            signed_on=on,
            signed_at=at,
            content_hash=figure.content_hash,
        )
        for figure in held
    )
    whole = [figure for figure in held if len(signed.get(figure.pk, set())) + 1 >= SIGNATURES]
    move_all(whole, to=FigureStatus.SIGNED_OFF, on=on, by=by)
    log.record_each("indicators.figure_signed", by=by, subjects=held)
    return held


def sign_figure(*, figure: Figure, on: date, at: datetime, by: Actor, content_hash: str = "") -> Figure:
    return sign_figures(figures=[figure], on=on, at=at, by=by, content_hash=content_hash)[0]


def _signers(figures: Sequence[Figure]) -> dict[UUID, set[UUID]]:
    signers: dict[UUID, set[UUID]] = {}
    for figure, user in SignOff.objects.filter(figure__in=figures).values_list("figure_id", "user_id"):
        signers.setdefault(figure, set()).add(user)
    return signers


def _require_signable(figure: Figure, signers: set[UUID], user: UUID, seen: str) -> None:
    if user in signers:
        raise AlreadySigned(
            N_("You have signed %(figure)s already; the second signature is another person's."),
            figure=figure.reference,
        )
    if figure.status != FigureStatus.FROZEN:
        raise WrongMoment(
            N_("%(figure)s is “%(now)s”; only a frozen figure can be signed."),
            figure=figure.reference,
            now=figure.get_status_display(),
        )
    if seen and seen != figure.content_hash:
        raise StaleForm(
            N_("%(figure)s has another fingerprint than the one you saw; look at it again."),
            figure=figure.reference,
            theirs=figure.content_hash,
            yours=seen,
        )
    require_intact(figure)
