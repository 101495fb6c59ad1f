"""Key pairs of members: made, and retired. Nothing deletes one: its public half keeps old credentials verifiable."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import KeyDraft
from ..models import SigningKey
from ..proofs.did_documents import new_key
from ..proofs.multikey import public_multikey
from ..refusals import KeyHasEnded, KeysOverlap
from ..sealing import seal


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
