"""What the verifier asks of the world, answered from our own records. Whatever is not ours is not known; nothing is fetched."""

import json
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation, OrganisationName

from .addresses import member_of, status_list_of
from .issuers import active_days
from .keys import published
from .models import Entitlement, KeptDocument, KeptIssuer, StatusList
from .proofs.json_reading import read_published
from .proofs.registers import Days, Register, read_register
from .proofs.resolving import NewerList, Registration
from .remembering import remembered


class DatabaseResolver:
    """
    Keys, register, lists and entitlements as the records say now; ``as_of`` is the day on which they are read.

    One is made for each verification, or for each set of them: it keeps what it has read.
    """

    def __init__(self, *, as_of: date) -> None:
        self._as_of = as_of
        self._dids: dict[str, dict[str, Any] | None] = {}
        self._lists: dict[tuple[str, int], StatusList | None] = {}
        self._read: dict[str, dict[str, Any]] = {}
        self._kept_issuers: dict[str, KeptIssuer | None] = {}
        self._active: dict[UUID, list[Days]] = {}

    @cached_property
    def public_prefix(self) -> str:
        return str(settings.PUBLIC_URL)

    def prefix_for(self, issuer: str) -> str:
        kept = self._kept_issuer(issuer)
        return kept.came_from if kept else self.public_prefix

    def did_document(self, did: str) -> dict[str, Any] | None:
        if did not in self._dids:
            member = self._member(did)
            self._dids[did] = published(member.pk, member.reference) if member else self._kept("did", did)
        return self._dids[did]

    def registration(self, did: str, *, on: date) -> Registration | None:
        """In force: an active member on that day. A member that has left since is still the issuer it was."""
        member = self._member(did)
        if member is None:
            return self._registered_elsewhere(did, on)
        in_force = self._is_active(member, on)
        names = OrganisationName.objects.filter(organisation=member, kind="official", language="en")
        name = names.values_list("name", flat=True).first() or member.reference
        return Registration(name, in_force, N_("the alliance's register"), self._as_of)

    def status_list(self, url: str) -> dict[str, Any] | None:
        listed = self._list(url)
        return self._document(listed.signed_list) if listed else self._kept("status", url)

    def companion(self, url: str) -> dict[str, Any] | None:
        listed = self._list(url.removesuffix("/reasons")) if url.endswith("/reasons") else None
        return self._document(listed.signed_companion) if listed else self._kept("companion", url)

    def newer_list(self, url: str) -> NewerList | None:
        """By what was published last, kept beside the database: older records may have been put back."""
        listed, place = self._list(url), status_list_of(url)
        seen = remembered(*place) if place else None
        if listed is None or seen is None or seen.sequence <= listed.sequence:
            return None
        return NewerList(listed.sequence, seen.sequence)

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        kept = self._kept_issuer(issuer)
        if kept is not None:
            register = self._register_of(kept)
            places = {"programme": f"{kept.came_from}/programmes/{programme}", "site": f"{kept.came_from}/sites/{site}"}
            listed = register.issuers.get(issuer) if register else None
            return listed.might_issue(**places, on=on) if listed else None
        rows = Entitlement.objects.filter(
            issuer__reference=member_of(issuer), site__reference=site, programme__reference=programme
        )
        member = self._member(issuer)
        return member is not None and any(row.covers(on) for row in rows) and self._is_active(member, on)

    def _registered_elsewhere(self, did: str, on: date) -> Registration | None:
        """An issuer whose kit was taken over: by the register of the house that it left."""
        kept = self._kept_issuer(did)
        register = self._register_of(kept) if kept else None
        listed = register.issuers.get(did) if register else None
        if register is None or listed is None:
            return None
        return Registration(
            listed.name, listed.was_member(on), N_("the register of the house that it left"), register.day
        )

    def _kept_issuer(self, did: str) -> KeptIssuer | None:
        if did not in self._kept_issuers:
            self._kept_issuers[did] = None if member_of(did) else KeptIssuer.objects.filter(did=did).first()
        return self._kept_issuers[did]

    def _register_of(self, kept: KeptIssuer) -> Register | None:
        text = kept.documents.filter(kind=KeptDocument.Kind.REGISTER).values_list("text", flat=True).first()
        return read_register(json.loads(text)) if text else None

    def _kept(self, kind: str, address: str) -> dict[str, Any] | None:
        text = KeptDocument.objects.filter(kind=kind, address=address).values_list("text", flat=True).first()
        return self._document(text) if text else None

    def _is_active(self, member: Organisation, on: date) -> bool:
        if member.pk not in self._active:
            self._active[member.pk] = active_days([member.pk]).get(member.pk, [])
        return any(begin <= on and (end is None or on < end) for begin, end in self._active[member.pk])

    def _member(self, did: str) -> Organisation | None:
        reference = member_of(did)
        return Organisation.objects.filter(reference=reference).first() if reference else None

    def _list(self, url: str) -> StatusList | None:
        place = status_list_of(url)
        if place is None:
            return None
        if place not in self._lists:
            reference, number = place
            rows = StatusList.objects.filter(organisation__reference=reference, number=number)
            self._lists[place] = rows.exclude(signed_list="").first()
        return self._lists[place]

    def _document(self, text: str) -> dict[str, Any]:
        if text not in self._read:
            self._read[text] = read_published(text)
        return self._read[text]
