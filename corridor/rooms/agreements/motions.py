"""When which step may be asked for, and what is asked for now."""

from collections.abc import Sequence

from .lifecycle import AgreementStatus, MotionStatus
from .models import Agreement, AgreementChange, AgreementMotion

_A, _K = AgreementStatus, AgreementMotion.Kind
# A proposal or draft that came to nothing.
GIVEN_UP = (_A.REJECTED, _A.WITHDRAWN)
_RUNS = frozenset({_A.IN_FORCE, _A.ACTIVATED})
# In which states each may be asked for.
ASKED_WHEN: dict[str, frozenset[AgreementStatus]] = {
    _K.REJECT: frozenset({_A.PROPOSED}),
    _K.WITHDRAW: frozenset({_A.DRAFT, _A.PROPOSED}),
    _K.SUSPEND: _RUNS,
    _K.RESUME: frozenset({_A.SUSPENDED}),
    _K.TERMINATE: _RUNS | {_A.SUSPENDED, _A.SIGNED},
    _K.LAPSE: _RUNS | {_A.SUSPENDED},
    _K.SUPERSEDE: _RUNS | {_A.SUSPENDED},
}
# These hold from the day on which they are asked; the others when all other parties have confirmed them.
AT_ONCE = {_K.REJECT: _A.REJECTED, _K.WITHDRAW: _A.WITHDRAWN}


def open_motion(agreement: Agreement) -> AgreementMotion | None:
    """What is asked for and not yet answered by all."""
    return agreement.motions.filter(status=MotionStatus.ASKED).select_related("party", "successor").first()


def before_suspension(agreements: Sequence[Agreement]) -> dict[object, AgreementStatus]:
    """What each was before its latest suspension."""
    changes = AgreementChange.objects.filter(agreement__in=agreements, to_status=AgreementStatus.SUSPENDED)
    ordered = changes.order_by("effective_on", "recorded_at", "pk").values_list("agreement", "from_status")
    return {key: AgreementStatus(state) for key, state in ordered}
