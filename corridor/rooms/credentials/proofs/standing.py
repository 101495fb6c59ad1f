"""Does a genuine credential stand: was its issuer entitled, is it within its dates, what does the status list say?"""

from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from .companions import Reason, State, companion_url, read_reason
from .data_integrity import check, proofs_of
from .did_documents import key_of
from .instants import day_as_written, read_instant
from .refusals import BadStatusList, CannotRead, ForeignProof, ProofRefused
from .resolving import Resolver
from .shape import check_shape
from .status_lists import StatusEntry, decode_bits, is_set, read_entry
from .verdicts import Check, CheckName, Result, Said, Word

_WORDS = {State.SUSPENDED: Word.SUSPENDED, State.REVOKED: Word.REVOKED, State.REPLACED: Word.REPLACED}
_REASONS = {
    State.SUSPENDED: N_("Suspended since %(since)s (%(why)s); it may come back. The status is of %(as_of)s."),
    State.REVOKED: N_("Revoked on %(since)s (%(why)s). The status is of %(as_of)s."),
    State.REPLACED: N_("Replaced on %(since)s by another credential (%(why)s). The status is of %(as_of)s."),
}


def scope_check(said: Said, resolver: Resolver) -> Check:
    """Was the issuer entitled for that site and programme on the day of issue?"""
    places: dict[str, object] = {
        "issuer": said.issuer_name, "site": said.site_name, "programme": said.programme_name, "day": said.issued_on
    }  # fmt: skip
    prefix = resolver.prefix_for(said.issuer_did)
    site, programme = (
        address.removeprefix(f"{prefix}/{folder}/") if prefix and address.startswith(f"{prefix}/{folder}/") else ""
        for address, folder in ((said.site, "sites"), (said.programme, "programmes"))
    )
    entitled = None
    if prefix:
        entitled = bool(site and programme) and resolver.entitled(
            issuer=said.issuer_did, site=site, programme=programme, on=said.issued_on
        )
    if entitled is None:
        return Check(CheckName.SCOPE, Result.UNKNOWN, N_("Who was entitled to issue for which site is not known here."))
    if not entitled:
        reason = N_("%(issuer)s was not entitled to issue for %(programme)s at %(site)s on %(day)s.")
        return Check(CheckName.SCOPE, Result.FAIL, reason, places)
    return Check(
        CheckName.SCOPE,
        Result.PASS,
        N_("%(issuer)s was entitled to issue for %(programme)s at %(site)s on %(day)s."),
        places,
    )


def dates_check(document: dict[str, Any], at: datetime) -> Check:
    """Is the instant between the credential's two dates?"""
    begins, ends = read_instant(document["validFrom"]), read_instant(document.get("validUntil"))
    places: dict[str, object] = {
        "begins": day_as_written(document["validFrom"]) or "", "ends": day_as_written(document.get("validUntil")) or ""
    }  # fmt: skip
    if begins is None or at < begins:
        return Check(CheckName.DATES, Result.FAIL, N_("It begins on %(begins)s, which is still to come."), places)
    if ends is not None and at > ends:
        return Check(CheckName.DATES, Result.FAIL, N_("It ended on %(ends)s."), places)
    if ends is not None:
        return Check(CheckName.DATES, Result.PASS, N_("It holds from %(begins)s to %(ends)s."), places)
    return Check(CheckName.DATES, Result.PASS, N_("It holds from %(begins)s, with no last day."), places)


def status_check(
    document: dict[str, Any], issuer: str, resolver: Resolver, at: datetime
) -> tuple[Check, Word | None, str]:
    """The check, the word that it forces (None when the bit is clear), and the credential that replaces this one."""
    places: dict[str, object] = {}
    try:
        entry = read_entry(document["credentialStatus"])
        places = {"address": entry.list_url[:300]}
        listed = resolver.status_list(entry.list_url)
        if listed is None:
            reason = N_("The status list %(address)s cannot be found, so nobody can say whether it was revoked.")
            return Check(CheckName.STATUS, Result.UNKNOWN, reason, places), Word.MALFORMED, ""
        check_shape(listed, "status list")
        _check_signed(listed, issuer, resolver)
        bits = _bits(listed, entry, issuer)
        places |= {"as_of": day_as_written(listed["validFrom"]) or "", "since": "", "why": ""}
        if is_set(bits, entry.index):
            return _revoked(entry, issuer, resolver, places)
        moved = _named_beside(entry, issuer, resolver, listed)
    except ProofRefused:
        reason = N_("The status list %(address)s was changed after signing, or is not signed by the issuer.")
        return Check(CheckName.STATUS, Result.FAIL, reason, places), Word.TAMPERED, ""
    except (BadStatusList, CannotRead, ForeignProof) as refusal:
        return Check(CheckName.STATUS, Result.UNKNOWN, refusal.message, refusal.places), Word.MALFORMED, ""
    if moved is not None:
        places |= {"since": moved.since, "why": moved.why or moved.state.value}
        reason = N_(
            "The status list of %(as_of)s does not say so, but the reasons beside the list name it since %(since)s (%(why)s)."
        )
        return Check(CheckName.STATUS, Result.FAIL, reason, places), _WORDS[moved.state], moved.replaced_by
    newer = resolver.newer_list(entry.list_url)
    if newer is not None:
        places |= {"shown": newer.shown, "seen": newer.seen}
        reason = N_(
            "An older status list is shown (number %(shown)s) than was seen before (number %(seen)s), so a revocation may be missing."
        )
        return Check(CheckName.STATUS, Result.UNKNOWN, reason, places), Word.EXPIRED, ""
    ends = read_instant(listed.get("validUntil"))
    if ends is not None and at > ends:
        reason = N_("The status list is of %(as_of)s and too old to rely on.")
        return Check(CheckName.STATUS, Result.UNKNOWN, reason, places), Word.EXPIRED, ""
    reason = N_("Neither revoked nor suspended; the status is of %(as_of)s.")
    return Check(CheckName.STATUS, Result.PASS, reason, places), None, ""


def _bits(listed: dict[str, Any], entry: StatusEntry, issuer: str) -> bytes:
    subject = listed["credentialSubject"]
    if (listed["id"], listed["issuer"]) != (entry.list_url, issuer) or subject["statusPurpose"] != "revocation":
        raise BadStatusList(N_("The status list is not the one that the credential names."))
    return decode_bits(subject["encodedList"])


def _check_signed(document: dict[str, Any], issuer: str, resolver: Resolver) -> None:
    """Return when every proof is the issuer's own and holds."""
    keys = resolver.did_document(issuer)
    proofs = proofs_of(document)
    if keys is None or not proofs:
        raise ProofRefused(N_("It is not signed by the issuer."))
    for proof in proofs:
        method, created = proof.get("verificationMethod"), read_instant(proof.get("created"))
        if not isinstance(method, str) or created is None:
            raise ProofRefused(N_("It is not signed by the issuer."))
        check(document, proof, public=key_of(keys, did=issuer, method=method, at=created), is_asked_often=True)


def _revoked(entry: StatusEntry, issuer: str, resolver: Resolver, places: dict[str, object]) -> tuple[Check, Word, str]:
    reason = _reason(entry, issuer, resolver)
    if reason is None:
        said = N_("Revoked; the list of %(as_of)s does not say why or since when.")
        return Check(CheckName.STATUS, Result.FAIL, said, places), Word.REVOKED, ""
    places |= {"since": reason.since, "why": reason.why or reason.state.value}
    return (
        Check(CheckName.STATUS, Result.FAIL, _REASONS[reason.state], places),
        _WORDS[reason.state],
        reason.replaced_by,
    )


def _named_beside(entry: StatusEntry, issuer: str, resolver: Resolver, listed: dict[str, Any]) -> Reason | None:
    """
    What the companion says of an entry that the list leaves out: the two are signed together, so a list that was signed with another entry set is
    no word that this one came back. A companion that is older than the list says nothing: a suspension may have been lifted since.
    """
    reason = _reason(entry, issuer, resolver)
    if reason is None:
        return None
    told = read_instant((resolver.companion(companion_url(entry.list_url)) or {}).get("updated"))
    signed = read_instant(listed["validFrom"])
    return reason if told is not None and signed is not None and told >= signed else None


def _reason(entry: StatusEntry, issuer: str, resolver: Resolver) -> Reason | None:
    """
    What the companion says. One that is missing, unsigned or of another list explains nothing; the bit still counts.
    """
    companion = resolver.companion(companion_url(entry.list_url))
    if companion is None:
        return None
    try:
        _check_signed(companion, issuer, resolver)
        return read_reason(companion, list_url=entry.list_url, issuer=issuer, index=entry.index)
    except (ProofRefused, ForeignProof, CannotRead, BadStatusList):
        return None
