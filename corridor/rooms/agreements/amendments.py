"""How an amendment stands to what it amends: whether that can be amended, where both changed the same, and how it is merged in."""

from collections.abc import Sequence
from datetime import date

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .canonical import Content, content_of, read_content
from .drafts import AgreementDraft
from .holding import hold
from .lifecycle import AgreementStatus
from .merging import Conflict, merge
from .models import Agreement, AgreementVersion
from .refusals import AmendmentConflicts, AmendsNothingInForce, NotTheSameParties
from .versions import Put, last_version, put_versions
from .writing import draft_of, rewrite

_A = AgreementStatus
AMENDABLE = frozenset({_A.IN_FORCE.value, _A.ACTIVATED.value, _A.SUSPENDED.value})


def require_amendable(agreement: Agreement, *, on: date) -> None:
    """:raises AmendsNothingInForce: if it never was in force, has ended, or is an amendment itself."""
    if agreement.amends_id is not None:
        raise AmendsNothingInForce(
            N_("%(agreement)s is an amendment; amend the agreement that it amends."), agreement=agreement.reference
        )
    if agreement.is_lapsed(on=on):
        raise AmendsNothingInForce(
            N_("%(agreement)s has lapsed; it is renewed, not amended."), agreement=agreement.reference
        )
    if agreement.status not in AMENDABLE:
        raise AmendsNothingInForce(
            N_("%(agreement)s is “%(now)s”; only what is in force is amended."),
            agreement=agreement.reference, now=agreement.get_status_display(),
        )  # fmt: skip


def require_same_parties(agreement: Agreement, draft: AgreementDraft) -> None:
    """:raises NotTheSameParties: names the first member that is left out or added."""
    there = {party.organisation.reference for party in agreement.parties.select_related("organisation")}
    for member in sorted(there ^ {party.organisation.reference for party in draft.parties}):
        raise NotTheSameParties(
            N_("The parties to %(agreement)s stay as they are; %(member)s is left out or new. Draft another agreement for others."),
            agreement=agreement.reference, member=member,
        )  # fmt: skip


def take_up(amendment: Agreement, base: int | None) -> None:
    """The writer has read that version of what is amended: from now on the amendment is one of it. :raises BadInput: for no such version."""
    if base is None or base == amendment.copied_from.number:  # type: ignore[union-attr]
        return
    version = AgreementVersion.objects.filter(agreement=amendment.amends_id, number=base).first()
    if version is None:
        raise BadInput([Problem(N_("There is no version %(number)s."), {"number": base}, column="base")])
    amendment.copied_from = version
    amendment.save(update_fields=["copied_from"])


def merged_with(amendment: Agreement, content: Content | None = None) -> tuple[Content, list[Conflict]]:
    """What the agreement would say if the amendment came into force now, and where it cannot."""
    current = last_version(amendment.amends)  # type: ignore[arg-type]
    base = read_content(amendment.copied_from.canonical)  # type: ignore[union-attr]
    theirs = read_content(current.canonical) if current else base
    return merge(base, content or content_of(amendment), theirs)


def require_mergeable(amendment: Agreement, *, on: date, draft: AgreementDraft | None = None) -> Content:
    """
    What the agreement becomes by it. The caller holds the amendment; the agreement is held from here on.

    :raises AmendsNothingInForce: if that has ended meanwhile. :raises AmendmentConflicts: with both values, if it was amended in the same field.
    """
    (original,) = hold([amendment.amends_id])
    require_amendable(original, on=on)
    amendment.amends = original
    made, conflicts = merged_with(amendment, _as_content(amendment, draft) if draft else None)
    if conflicts:
        raise AmendmentConflicts(
            N_("%(agreement)s was amended in the same place since this copy was made. Take up what it says now, then propose again."),
            theirs=_told(conflicts, "theirs"), yours=_told(conflicts, "ours"), agreement=original.reference,
        )  # fmt: skip
    return made


def merge_in(amendments: Sequence[tuple[Agreement, date]], *, by: Actor) -> None:
    """
    Called when amendments come into force, each on its day; the caller holds them. What they amend says from that day what was merged.

    :raises AmendsNothingInForce, AmendmentConflicts: as require_mergeable; the signature that would have been the last is not taken then.
    """
    for amendment, day in amendments:
        made = require_mergeable(amendment, on=day)
        original: Agreement = amendment.amends  # type: ignore[assignment]
        last = last_version(original)
        rewrite(original, draft_of(original, made))
        put = Put(original, max(day, last.effective_on) if last else day, None, amendment.why, amendment)
        (version,) = put_versions([put], origin=AgreementVersion.Origin.AMENDED, by=by)
        original.amended_hash, original.version = version.hash, original.version + 1
        original.save(update_fields=["amended_hash", "version"])
        log.record("agreements.amended", by=by, subject=original)


def _as_content(amendment: Agreement, draft: AgreementDraft) -> Content:
    """What a draft says, in the place of the rows that it will be written over."""
    written = Agreement(reference=amendment.reference, starts_on=draft.starts_on, ends_before=draft.ends_before)
    written.announcement = draft.announcement
    written._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "texts": list(draft.texts), "lines": list(draft.lines), "parties": list(draft.parties),
    }  # fmt: skip
    return content_of(written)


def _told(conflicts: Sequence[Conflict], side: str) -> str:
    """One side of each conflict, one a line, in the order of both."""
    return "\n\n".join(str(getattr(each, side) or "—") for each in conflicts)
