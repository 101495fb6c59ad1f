"""Bringing the records to what a published list says: after an older copy of them was put back, and where a member signs its lists elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import Step, take_steps

from .drafts import Why
from .lifecycle import ATTESTATION, CREDENTIAL, AttestationStatus, CredentialStatus
from .models import Attestation, Credential, StatusList, StrayEntry
from .proofs.companions import Reason, State

_TO = {
    State.SUSPENDED: CredentialStatus.SUSPENDED,
    State.REVOKED: CredentialStatus.REVOKED,
    State.REPLACED: CredentialStatus.REPLACED,
}
# Nothing replaces an attestation.
_ATTESTED_TO = {State.SUSPENDED: AttestationStatus.SUSPENDED, State.REVOKED: AttestationStatus.REVOKED}
type _Held = dict[int, Credential | Attestation]


@dataclass(frozen=True)
class Followed:
    """What changed, in the order of the references, and how many entries nothing here explains."""

    things: tuple[Credential | Attestation, ...]
    strays: int

    @property
    def changed(self) -> tuple[str, ...]:
        return tuple(str(each) for each in self.things)


def follow(
    listed: StatusList, reasons: Iterable[Reason], *, on: date, by: Actor, lift_others: bool = False
) -> Followed:
    """
    What was revoked or suspended is so here too, with the published reason. An entry that nothing here explains stays set, and the list gives out
    no further places. With ``lift_others`` what the list does not name any more stands again. The caller holds the list.
    """
    named = {each.index: each for each in reasons}
    held = _held(listed)
    steps, strays = [], []
    for index, reason in sorted(named.items()):
        thing = held.get(index)
        to = _target(thing, reason) if thing else None
        if thing is not None and to is not None and _leads_there(thing, to):
            steps.append(Step(thing, to, min(max(reason.since, _last_day(thing)), on), reason.why))
        elif thing is None or thing.status != to:
            strays.append(_stray(listed, reason))
    if lift_others:
        steps += [_lift(each, on) for index, each in sorted(held.items()) if _is_lifted(each, index in named)]
    for kind in (Credential, Attestation):
        take_steps([step for step in steps if isinstance(step.thing, kind)], by=by)
    StrayEntry.objects.bulk_create(strays, ignore_conflicts=True)
    return Followed(tuple(sorted((step.thing for step in steps), key=str)), len(strays))


def _held(listed: StatusList) -> _Held:
    credentials = Credential.objects.select_for_update(of=("self",)).filter(status_list=listed)
    attestations = Attestation.objects.select_for_update(of=("self",)).filter(status_list=listed)
    return {
        **{each.status_index: each for each in credentials.select_related("enrolment__person").order_by("pk")},
        **{each.status_index: each for each in attestations.order_by("pk")},
    }


def _target(thing: Credential | Attestation, reason: Reason) -> CredentialStatus | AttestationStatus | None:
    if isinstance(thing, Credential):
        return _TO[reason.state]
    return _ATTESTED_TO.get(reason.state)


def _leads_there(thing: Credential | Attestation, to: CredentialStatus | AttestationStatus) -> bool:
    # What was replaced has its successor among what was lost: only the published entry can say so.
    if to == CredentialStatus.REPLACED:
        return False
    if isinstance(thing, Credential):
        return CREDENTIAL.may_become(thing.status, CredentialStatus(to))
    return ATTESTATION.may_become(thing.status, AttestationStatus(to))


def _is_lifted(thing: Credential | Attestation, is_named: bool) -> bool:
    return not is_named and thing.status == CredentialStatus.SUSPENDED


def _lift(thing: Credential | Attestation, on: date) -> Step:
    to = CredentialStatus.ISSUED if isinstance(thing, Credential) else AttestationStatus.ISSUED
    return Step(thing, to, on, Why.REVIEW_ENDED.value)


def _last_day(thing: Credential | Attestation) -> date:
    return max(each.effective_on for each in thing.changes.all())


def _stray(listed: StatusList, reason: Reason) -> StrayEntry:
    return StrayEntry(
        status_list=listed, index=reason.index, meaning=reason.state.value, since=reason.since, why=reason.why,
        replaced_by=reason.replaced_by,
    )  # fmt: skip
