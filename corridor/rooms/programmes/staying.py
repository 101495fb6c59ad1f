"""What stays of a programme once it is approved: others rely on it."""

from collections.abc import Iterator

from corridor.kernel.wording import N_

from .drafts import ProgrammeDraft
from .models import Programme


def what_stays(programme: Programme, draft: ProgrammeDraft) -> Iterator[tuple[str, str, bool]]:
    """(what, sentence, whether it stays) of everything that others rely on once a programme is approved."""
    yield (
        "kind",
        N_("%(programme)s was approved: its kind stays. Propose another programme instead."),
        draft.kind == programme.kind,
    )
    version = draft.curriculum_version.pk if draft.curriculum_version else None
    same = programme.curriculum_version_id in {version, None}
    yield (
        "curriculum",
        N_("%(programme)s was approved: its curriculum version stays. Propose another programme instead."),
        same,
    )
    agreements = {each.agreement_id for each in programme.agreements_under.all()}
    keeps = agreements <= {each.pk for each in draft.agreements}
    yield (
        "agreements",
        N_("%(programme)s was approved: the agreements it stands under stay; add to them, or put another one first."),
        keeps,
    )
    members = {(each.organisation_id, each.role) for each in programme.members.all()}
    keeps = members <= {(member.pk, str(role)) for member, role in draft.members}
    yield "members", N_("%(programme)s was approved: who takes part stays; add to them, or let it end."), keeps
    keeps = {each.site_id for each in programme.places.all()} <= {site.pk for site in draft.sites}
    yield "sites", N_("%(programme)s was approved: the sites where it is held stay; add to them, or let it end."), keeps
