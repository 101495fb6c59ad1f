"""What the verifier asks of the world, answered from our own records. Whatever is not ours is not known; nothing is fetched."""

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
from .models import Entitlement, StatusList
from .proofs.json_reading import read_object
from .proofs.registers import Days
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
        self._active: dict[UUID, list[Days]] = {}

    @cached_property
    def public_prefix(self) -> str:
        return str(settings.PUBLIC_URL)

    def did_document(self, did: str) -> dict[str, Any] | None:
        if did not in self._dids:
            member = self._member(did)
            self._dids[did] = published(member.pk, member.reference) if member else None
        return self._dids[did]

    def registration(self, did: str, *, on: date) -> Registration | None:
        """In force: an active member on that day. A member that has left since is still the issuer it was."""
        member = self._member(did)
        if member is None:
            return None
        in_force = self._is_active(member, on)
        names = OrganisationName.objects.filter(organisation=member, kind="official", language="en")
        name = names.values_list("name", flat=True).first() or member.reference
        return Registration(name, in_force, N_("the alliance's register"), self._as_of)

    def status_list(self, url: str) -> dict[str, Any] | None:
        listed = self._list(url)
        return self._document(listed.signed_list) if listed else None

    def companion(self, url: str) -> dict[str, Any] | None:
        listed = self._list(url.removesuffix("/reasons")) if url.endswith("/reasons") else None
        return self._document(listed.signed_companion) if listed else None

    def newer_list(self, url: str) -> NewerList | None:
        """By what was published last, kept beside the database: older records may have been put back."""
        listed, place = self._list(url), status_list_of(url)
        seen = remembered(*place) if place else None
        if listed is None or seen is None or seen.sequence <= listed.sequence:
            return None
        return NewerList(listed.sequence, seen.sequence)

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        rows = Entitlement.objects.filter(
            issuer__reference=member_of(issuer), site__reference=site, programme__reference=programme
        )
        member = self._member(issuer)
        return member is not None and any(row.covers(on) for row in rows) and self._is_active(member, on)

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
            self._read[text] = read_object(text)
        return self._read[text]
