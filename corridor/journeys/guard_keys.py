"""Making, changing and distrusting a signing key by hand: whoever does it has just proved themselves twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Role
from corridor.foundations.audit.keys import reseal_keys as reseal_alliance_keys
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.drafts import Compromise, Why
from corridor.rooms.credentials.models import Attestation, Credential
from corridor.rooms.credentials.queries import affected_attestations
from corridor.rooms.members.seating import held_on, speakers_on

from .sign_here import require_second_factor


@dataclass(frozen=True)
class Distrusted:
    """
    What a compromised key leaves to do, and what has been issued anew already: certificates, and what its member signed outside of cohorts.
    """

    affected: Sequence[Credential]
    reissued: Sequence[Credential]
    attestations: Sequence[Attestation]
    given_again: Sequence[Attestation]


def require_proved_twice(*, is_given: bool, by: Actor) -> None:
    """
    Whoever has a second factor gives it once more; where the alliance asks for one (REQUIRE_SECOND_FACTOR), no key is touched without.

    :raises SecondFactorWanted: if it was not given a moment ago.
    """
    require_second_factor(
        is_given=is_given,
        by=by,
        again=N_("Give your second factor once more; a signing key is touched."),
        lacking=N_("Signing keys are touched with a second factor only. Set one up: an app for codes, or a passkey."),
    )


def distrust_key(
    *, compromise: Compromise, on: date, at: datetime, by: Actor, reissue: bool = False, dry_run: bool = False
) -> Distrusted:
    """
    Trust nothing that a key signed since an instant, tell the secretariat and the member's key holders, and issue anew what it signed if asked.

    A dry run does all of it and keeps nothing. If something cannot be issued anew, that is refused when the key is distrusted already: nobody
    goes on trusting a stolen key for want of an entitlement or a text. Asked once more, it issues what is left.
    """
    if dry_run:
        with transaction.atomic():
            found = distrust_key(compromise=compromise, on=on, at=at, by=by, reissue=reissue)
            transaction.set_rollback(True)
        return found
    affected = _distrusted(compromise, on=on, at=at, by=by)
    in_force = [each for each in affected if each.status == "issued" and each.enrolment.person.erased_at is None]
    made = []
    if reissue and in_force:
        made = actions.replace_credentials(credentials=in_force, on=on, at=at, by=by, why=Why.KEY_COMPROMISED)
    attested = affected_attestations(key=compromise.key, by=by)
    again = []
    if reissue:
        again = actions.give_again(attestations=attested, on=on, at=at, by=by, why=Why.KEY_COMPROMISED)
    return Distrusted(affected, made, attested, again)


@transaction.atomic
def _distrusted(compromise: Compromise, *, on: date, at: datetime, by: Actor) -> Sequence[Credential]:
    affected = actions.compromise_key(compromise=compromise, at=at, by=by)
    member = compromise.key.organisation
    told = speakers_on(on, roles={Role.KEY_HOLDER}).get(member.pk, [])
    told += held_on(on).filter(role=Role.SECRETARIAT).values_list("user", flat=True)
    link = f"/keys/{member.reference}/{compromise.key.fragment}/"
    tell(Event.KEY_COMPROMISED, to=told, about=member.reference, link=link, at=at, by=by)
    return affected


@transaction.atomic
def reseal_all_keys(*, by: Actor) -> int:
    """Seal the keys of members and of the alliance anew under the guard of today; return how many an earlier one had sealed."""
    return actions.reseal_keys(by=by) + reseal_alliance_keys(by=by)
