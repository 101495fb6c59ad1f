"""Key pairs of members: made, and retired. Nothing deletes one: its public half keeps old credentials verifiable."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import Compromise, KeyDraft
from ..keys import affected_by, usable_keys
from ..lists import sign_lists
from ..models import Credential, SigningKey, StatusList
from ..proofs.did_documents import new_key
from ..proofs.multikey import public_multikey
from ..refusals import KeyHasEnded, KeyRotatedMeanwhile, KeysOverlap
from ..sealing import is_sealed_by_guard_of_today, seal, unseal


@transaction.atomic
def make_keys(*, keys: Sequence[KeyDraft], by: Actor) -> list[SigningKey]:
    """
    Make Ed25519 key pairs, all or none. The private halves are sealed before they are stored and shown to nobody.

    :raises NoEncryptionKey: without the setting that seals them. :raises KeysOverlap: if a member would sign with two keys at once.
    """
    for draft in keys:
        by.require(Permission.KEY_MAKE, on=draft.organisation)
    problems = [
        Problem(N_("A key ends after it begins."), column="valid_before")
        for draft in keys
        if draft.valid_before is not None and draft.valid_before <= draft.valid_from
    ]
    if problems:
        raise BadInput(problems)
    members = {draft.organisation.pk for draft in keys}
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk"))
    _require_apart(keys)
    made = []
    for draft in keys:
        private, row = new_key(), new_id()
        made.append(
            SigningKey(
                id=row, organisation=draft.organisation, fragment=draft.fragment,
                public_multibase=public_multikey(private), sealed_private=seal(private, row=row),
                valid_from=draft.valid_from, valid_before=draft.valid_before,
            )
        )  # fmt: skip
    SigningKey.objects.bulk_create(made, batch_size=500)
    log.record_each("credentials.key_made", by=by, subjects=made)
    return made


@transaction.atomic
def retire_key(*, key: SigningKey, before: datetime, by: Actor) -> SigningKey:
    """
    The key signs nothing from that instant on. What it signed before stays good.

    :raises KeyHasEnded: if it ended earlier. :raises BadInput: for an instant before it began.
    """
    by.require(Permission.KEY_MAKE, on=key.organisation)
    held = SigningKey.objects.select_for_update().get(pk=key.pk)
    if held.valid_before is not None and held.valid_before <= before:
        raise KeyHasEnded(N_("%(key)s ended on %(day)s."), key=held.fragment, day=held.valid_before.date())
    if before <= held.valid_from:
        raise BadInput([Problem(N_("A key ends after it begins."), column="valid_before")])
    held.valid_before = key.valid_before = before
    held.save(update_fields=["valid_before"])
    log.record("credentials.key_retired", by=by, subject=held)
    return held


@transaction.atomic
def rotate_key(*, key: SigningKey, at: datetime, by: Actor, fragment: str = "") -> SigningKey:
    """
    Let the key end at that instant and make the next one, which signs from then on; the lists are signed anew with it. Return the new one.

    :raises KeyRotatedMeanwhile: if it is not the key that signs: of two who rotate at once, one wins.
    """
    by.require(Permission.KEY_MAKE, on=key.organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=key.organisation_id)
    _require_signs(key, at=at)
    retire_key(key=key, before=at, by=by)
    made = _successor(key, at=at, by=by, fragment=fragment)
    sign_lists(StatusList.objects.filter(organisation=key.organisation_id).exclude(signed_list=""), at=at)
    return made


@transaction.atomic
def compromise_key(*, compromise: Compromise, at: datetime, by: Actor) -> list[Credential]:
    """
    Trust nothing that the key signed from an instant on. If it still signed, the next one is made and the lists are signed anew with it.
    Return the credentials that are to be issued anew: ``replace_credentials`` does that.

    An instant that is told later may be an earlier one, and never a later one: what was distrusted is not trusted again.

    :raises BadInput: for an instant that is still to come, or after the one that was told before.
    """
    key, since = compromise.key, compromise.since
    by.require(Permission.KEY_MAKE, on=key.organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=key.organisation_id)
    held = SigningKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key.pk)
    if since > at:
        raise BadInput([Problem(N_("A key is compromised since an instant that has passed."), column="since")])
    if held.compromised_from is not None and since > held.compromised_from:
        problem = N_("It is distrusted from %(day)s already, and what was distrusted is not trusted again.")
        raise BadInput([Problem(problem, {"day": held.compromised_from.date()}, column="since")])
    signed = held.valid_before is None or held.valid_before > at
    held.compromised_from = key.compromised_from = max(since, held.valid_from)
    if signed:
        # A key that has not begun yet ends with its first second: a period must last.
        held.valid_before = key.valid_before = max(at, held.valid_from + timedelta(seconds=1))
    held.save(update_fields=["compromised_from", "valid_before"])
    log.record("credentials.key_compromised", by=by, subject=held)
    if signed and held.handed_over_at is None and held.valid_from <= at:
        _successor(held, at=held.valid_before or at, by=by, fragment=compromise.fragment)
    if usable_keys(held.organisation_id, at=at).exists():
        sign_lists(StatusList.objects.filter(organisation=held.organisation_id).exclude(signed_list=""), at=at)
    return affected_by(held, since=held.compromised_from)


@transaction.atomic
def reseal_keys(*, by: Actor) -> int:
    """Seal every private half anew that an earlier guard sealed; return how many. :raises NoEncryptionKey: if one of them cannot be opened."""
    by.require(Permission.KEY_MAKE)
    changed = []
    for key in SigningKey.objects.select_for_update().filter(handed_over_at__isnull=True).order_by("pk"):
        sealed = bytes(key.sealed_private)
        if not is_sealed_by_guard_of_today(sealed, row=key.pk):
            key.sealed_private = seal(unseal(sealed, row=key.pk), row=key.pk)
            changed.append(key)
    SigningKey.objects.bulk_update(changed, ["sealed_private"], batch_size=200)
    log.record_each("credentials.key_resealed", by=by, subjects=changed)
    return len(changed)


def _successor(key: SigningKey, *, at: datetime, by: Actor, fragment: str) -> SigningKey:
    taken = set(SigningKey.objects.filter(organisation=key.organisation_id).values_list("fragment", flat=True))
    plain = f"key-{at:%Y-%m-%d}"
    wished = fragment or next(name for n in count(1) if (name := plain if n == 1 else f"{plain}-{n}") not in taken)
    following = SigningKey.objects.filter(organisation=key.organisation_id, valid_from__gt=at).order_by("valid_from")
    ends = following.values_list("valid_from", flat=True).first()
    draft = KeyDraft(organisation=key.organisation, fragment=wished, valid_from=at, valid_before=ends)
    return make_keys(keys=[draft], by=by)[0]


def _require_signs(key: SigningKey, *, at: datetime) -> None:
    """:raises KeyRotatedMeanwhile: unless the key is the one that signs at that instant."""
    if not usable_keys(key.organisation_id, at=at).filter(pk=key.pk).exists():
        raise KeyRotatedMeanwhile(
            N_("%(key)s is not the key that %(member)s signs with any more. Look at the keys again before you change one."),
            key=key.fragment, member=key.organisation.reference,
        )  # fmt: skip


def _require_apart(keys: Sequence[KeyDraft]) -> None:
    spans: dict[object, list[tuple[datetime, datetime | None]]] = {}
    stored = SigningKey.objects.filter(organisation__in={draft.organisation.pk for draft in keys})
    fragments = {(key.organisation_id, key.fragment) for key in stored}
    for key in stored:
        spans.setdefault(key.organisation_id, []).append((key.valid_from, key.valid_before))
    for draft in keys:
        own = spans.setdefault(draft.organisation.pk, [])
        meets = any(
            (end is None or draft.valid_from < end) and (draft.valid_before is None or begin < draft.valid_before)
            for begin, end in own
        )
        if meets or (draft.organisation.pk, draft.fragment) in fragments:
            raise KeysOverlap(
                N_("%(member)s has a key of that name or of those days already. Retire the old one first."),
                member=draft.organisation.reference,
            )
        fragments.add((draft.organisation.pk, draft.fragment))
        own.append((draft.valid_from, draft.valid_before))
