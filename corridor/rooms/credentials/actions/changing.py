"""
What becomes of a credential after it was issued: suspended, revoked, replaced, or in force again.

The change, the bit, the list and its reasons are one transaction: nobody sees a credential revoked here and good there.
``on`` is the day from which it holds; ``at`` is the world's own instant, at which list and reasons are signed.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import batched

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, move_all, take_steps
from corridor.kernel.wording import N_

from ..days import begun
from ..drafts import CredentialDraft, CredentialStep, Why
from ..lifecycle import CredentialStatus
from ..lists import sign_lists
from ..models import Credential, CredentialKind, JointSigner
from ..refusals import HolderErased
from ..signing import drafts_to_sign, sign_held
from ..telling import tell_holders
from .drafting import draft_credentials


@transaction.atomic
def change_credentials(
    *, steps: Sequence[CredentialStep], at: datetime, by: Actor, dry_run: bool = False
) -> list[Credential]:
    """
    Suspend, revoke or lift many at once, in the order given; each list concerned is signed once. To replace, see ``replace_credential``.
    A dry run does all of it and keeps nothing.

    :raises WrongMoment: if a state does not lead there; nothing is changed then.
    """
    for step in steps:
        by.require(Permission.CREDENTIAL_REVOKE, on=step.credential)
    held = {each.pk: each for each in _hold({step.credential.pk for step in steps})}
    take_steps([Step(held[step.credential.pk], step.to, step.on, step.why.value) for step in steps], by=by)
    sign_lists({each.status_list_id: each.status_list for each in held.values()}.values(), at=at)
    for step in steps:
        step.credential.status = held[step.credential.pk].status
    for to in dict.fromkeys(step.to for step in steps):
        subjects = [held[step.credential.pk] for step in steps if step.to == to]
        log.record_each(f"credentials.{_EVENTS[to]}", by=by, subjects=subjects)
        tell_holders([each for each in subjects if each.status == to], to=to, at=at, by=by)
    if dry_run:
        transaction.set_rollback(True)
    return list(held.values())


def revoke_credential(
    *, credential: Credential, on: date, at: datetime, by: Actor, why: Why, dry_run: bool = False
) -> Credential:
    """It must not be relied on any more, for ever."""
    return _change(credential, CredentialStatus.REVOKED, on, at, by, why, dry_run=dry_run)


def suspend_credential(
    *, credential: Credential, on: date, at: datetime, by: Actor, why: Why = Why.UNDER_REVIEW
) -> Credential:
    """It must not be relied on for now; ``lift_suspension`` brings it back."""
    return _change(credential, CredentialStatus.SUSPENDED, on, at, by, why)


def lift_suspension(
    *, credential: Credential, on: date, at: datetime, by: Actor, why: Why = Why.REVIEW_ENDED
) -> Credential:
    """It stands again, as it was signed."""
    return _change(credential, CredentialStatus.ISSUED, on, at, by, why)


def replace_credential(
    *, credential: Credential, on: date, at: datetime, by: Actor, why: Why = Why.NAME_CORRECTED
) -> Credential:
    """
    Issue the same again from the records as they are now, and let the old one point to it. Return the new one.

    :raises NotEntitled: if the issuer is not entitled on that day. :raises WrongMoment: if it is not in force.
    :raises HolderErased: if nobody knows any more whose it is.
    """
    (new,) = replace_credentials(credentials=[credential], on=on, at=at, by=by, why=why)
    return new


@transaction.atomic
def replace_credentials(
    *, credentials: Sequence[Credential], on: date, at: datetime, by: Actor, why: Why, dry_run: bool = False
) -> list[Credential]:
    """
    The same for many at once, all or none; each list concerned is signed once. Return the new ones in the order of the references.

    A dry run does all of it and keeps nothing. It refuses as ``replace_credential``.
    """
    for credential in credentials:
        by.require(Permission.CREDENTIAL_REVOKE, on=credential)
    held = sorted(_hold({each.pk for each in credentials}), key=lambda each: each.reference)
    for old in held:
        if old.enrolment.person.erased_at is not None:
            raise HolderErased(
                N_("The holder of %(credential)s was erased; nothing new can be issued to them."),
                credential=old.reference,
            )
    move_all(held, to=CredentialStatus.REPLACED, on=on, by=by, reason=why.value)
    drafted = [new for group in _alike(held) for new in _drafted_anew(group, on=on, at=at, by=by)]
    made = [
        each for keys in batched([each.pk for each in drafted], 500) for each in drafts_to_sign().filter(pk__in=keys)
    ]
    sign_held(made, at=at, by=by)
    sign_lists({each.status_list_id: each.status_list for each in held}.values(), at=at)
    log.record_each("credentials.replaced", by=by, subjects=held)
    tell_holders(held, to=CredentialStatus.REPLACED, at=at, by=by)
    for credential in credentials:
        credential.status = CredentialStatus.REPLACED.value
    if dry_run:
        transaction.set_rollback(True)
    return made


def _alike(held: Sequence[Credential]) -> Iterable[list[Credential]]:
    """Those that are drafted together: of one cohort and issuer, with the same last day, signed by the same members."""
    signers: dict[object, frozenset[object]] = {}
    for row in JointSigner.objects.filter(credential__in=[each.pk for each in held]):
        signers[row.credential_id] = signers.get(row.credential_id, frozenset()) | {row.organisation_id}
    groups: dict[tuple[object, ...], list[Credential]] = {}
    for each in held:
        beside = signers.get(each.pk, frozenset())
        groups.setdefault((each.cohort_id, each.issuer_id, each.expires_before, beside), []).append(each)
    return groups.values()


def _drafted_anew(group: Sequence[Credential], *, on: date, at: datetime, by: Actor) -> list[Credential]:
    drafts = [
        CredentialDraft(
            enrolment=old.enrolment,
            kind=CredentialKind(old.kind),
            decisions=tuple(
                row.decision for row in old.units.select_related("decision").order_by("decision__unit__position")
            ),
            replaces=old,
            part=old.part,
        )
        for old in group
    ]
    first = group[0]
    day = begun(on, at=at, zone=first.cohort.site.zone)
    return draft_credentials(
        cohort=first.cohort, issuer=first.issuer, drafts=drafts, on=day, by=by, expires_before=first.expires_before,
        signers=[each.organisation for each in first.signers.select_related("organisation")],
    )  # fmt: skip


_EVENTS = {
    CredentialStatus.SUSPENDED: "suspended",
    CredentialStatus.REVOKED: "revoked",
    CredentialStatus.ISSUED: "suspension_lifted",
}


def _change(
    credential: Credential,
    to: CredentialStatus,
    on: date,
    at: datetime,
    by: Actor,
    why: Why,
    *,
    dry_run: bool = False,
) -> Credential:
    step = CredentialStep(credential=credential, to=to, on=on, why=why)
    change_credentials(steps=[step], at=at, by=by, dry_run=dry_run)
    return credential


def _hold(keys: set[object]) -> list[Credential]:
    # Always in the order of the keys: two that hold the same credentials must not wait for each other.
    rows = Credential.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(
        rows.select_related(
            "enrolment__cohort", "enrolment__person", "cohort__site", "cohort__programme", "issuer", "status_list"
        ).order_by("pk")
    )
