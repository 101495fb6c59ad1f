"""What an agreement's page puts together: its parties, its life, and what stands on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor, Permission
from corridor.rooms.agreements import queries
from corridor.rooms.programmes import queries as programmes
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import member_called, names_beside

from .downstream import Stations, stations_after

SIGNATURE_ICONS = {
    "electronic": {"icon": "fingerprint"},
    "link": {"icon": "mail"},
    "paper": {"icon": "pencil"},
    "": {"icon": "circle-dashed"},
}


@dataclass(frozen=True)
class AgreementStory:
    """An agreement on a day, and the programmes under it. ``sees_text`` and ``signs_for`` say what this reader may do."""

    agreement: Any
    programmes: list[Any]
    on: date
    sees_text: bool
    signs_for: list[Any]
    after: Stations

    # On another day than today: who had signed then, and what each party did under the text of that day.
    signed_then: dict[Any, list[Any]] | None = None
    said: queries.SaidThen | None = None

    @property
    def parties(self) -> list[Any]:
        """The parties as they stood on the day."""
        parties = list(self.agreement.parties.all())
        if self.signed_then is None:
            return parties
        for party in parties:
            given = self.signed_then.get(party.pk, [])
            last = given[-1] if len(given) >= self.agreement.quorum else None
            party.signed_on, party.signature = (last.signed_on, last.way) if last else (None, "")
            party.signed_as, party.signed_hash = (last.signed_as, last.canonical_hash) if last else ("", "")
            party.role = (self.said.roles if self.said else {}).get(party.organisation.reference, party.role)
        return parties

    @property
    def fingerprint(self) -> str:
        """What the parties sign; on another day what was before them then."""
        if self.signed_then is None:
            return str(self.agreement.canonical_hash)
        return self.said.hash if self.said else ""

    @property
    def period(self) -> tuple[date, date | None]:
        """First day, and the day after the last, as it was agreed then."""
        if self.signed_then is not None and self.said is not None:
            return self.said.starts_on, self.said.ends_before
        return self.agreement.starts_on, self.agreement.ends_before

    @property
    def signed(self) -> int:
        return sum(party.is_signed() for party in self.parties)

    @property
    def activated_on(self) -> date | None:
        return next((one.effective_on for one in self.agreement.changes.all() if one.to_status == "activated"), None)

    @property
    def differing(self) -> list[Any]:
        """Parties whose signature is over another text than the proposed one."""
        if self.signed_then is not None:
            return []
        return [
            party for party in self.parties if party.signed_hash and party.signed_hash != self.agreement.canonical_hash
        ]

    def lead(self) -> str:
        """The answer in a sentence: how many parties, from when until when, and where it stands."""
        count, agreement = len(self.parties), self.agreement
        parties = ngettext("%(count)s party", "%(count)s parties", count) % {"count": number_text(count)}
        places = {"parties": parties, "signed": number_text(self.signed), "count": number_text(count),
                  "first": day_text(self.period[0]),
                  "last": day_text(date.fromordinal(self.period[1].toordinal() - 1)) if self.period[1] else ""}  # fmt: skip
        if agreement.status_then in {"rejected", "withdrawn"}:
            return _("It was before %(parties)s and cannot be signed now.") % places
        if agreement.status_then == "draft":
            return _("A draft for %(parties)s. Nobody can sign it before it is proposed.") % places
        if agreement.status_then == "proposed":
            return _("Proposed to %(parties)s; %(signed)s of %(count)s have signed.") % places
        if not places["last"]:
            return _("%(parties)s, from %(first)s without end. All signed the same text.") % places
        return _("%(parties)s, from %(first)s to %(last)s. All signed the same text.") % places

    def signatures(self) -> list[dict[str, Any]]:
        """For ``partials/signature_row.html``."""
        return [self._signature(party) for party in self.parties]

    def _signature(self, party: Any) -> dict[str, Any]:
        beside = names_beside(party.organisation)
        row = {
            **SIGNATURE_ICONS[party.signature], "name": member_called(party.organisation).text, "day": party.signed_on,
            "own_name": beside[0].text if beside else "", "own_language": beside[0].language if beside else "",
            "is_open": not party.is_signed(), "aside": "" if party.is_signed() else _("not yet"),
            "url": reverse("member", args=[party.organisation.reference]), "role": party.role, "scan": "",
        }  # fmt: skip
        if party.signature == "electronic":
            row["text"] = _("Signed here, in the office “%(office)s”.") % {
                "office": party.signed_as or _("coordinator")
            }
        elif party.signature == "link":
            row["text"] = _("By a link that was sent, with a code, in the office “%(office)s”.") % {
                "office": party.signed_as
            }
        elif party.signature == "paper":
            row["text"] = _("On paper, in the office “%(office)s”; the scan is kept.") % {"office": party.signed_as}
            if self.sees_text:
                row["scan"] = reverse("agreement-scan", args=[self.agreement.reference, party.organisation.reference])
        return row

    def life(self) -> list[dict[str, Any]]:
        """For the tag ``changes``, the latest first. Who and why are for those who may read the text."""
        return [
            {"day": one.effective_on, "status": one.to_status, "by": one.by_label if self.sees_text else "",
             "reason": one.reason if self.sees_text else ""}
            for one in reversed(list(self.agreement.changes.all()))
            if self.signed_then is None or one.effective_on <= self.on
        ]  # fmt: skip

    def rail(self) -> dict[str, dict[str, str]]:
        found = {"agreement": {"word": self.agreement.reference}}
        said = self.agreement.announcement
        if said is not None:
            found["announcement"] = {"word": said.reference, "url": reverse("announcement", args=[said.reference])}
            found["conference"] = {
                "word": str(said.conference.starts_on.year), "url": reverse("conference", args=[said.conference.reference]),
            }  # fmt: skip
        return found | self.after


def agreement_story(*, reference: str, on: date, by: Actor, is_past: bool = False) -> AgreementStory:
    """``is_past``: another day than today. :raises NotFound: if there is none of that reference, or none for this actor."""
    agreement = queries.get_agreement(reference=reference, by=by, on=on)
    mine = by.ids_with(Permission.AGREEMENT_SIGN, "member")
    under = list(programmes.list_programmes(agreement=reference, by=by, on=on))
    return AgreementStory(
        agreement=agreement,
        programmes=under,
        after=stations_after(under, on=on, by=by),
        on=on,
        sees_text=by.may(Permission.AGREEMENT_VIEW_TEXT, on=agreement),
        signs_for=[each for each in agreement.parties.all() if each.organisation_id in mine],
        signed_then=queries.signatures_then(agreement=agreement, on=on, by=by) if is_past else None,
        said=queries.said_then(agreement=agreement, on=on, by=by),
    )
