"""What is wrong with a draft of a programme itself."""

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .drafts import ProgrammeDraft

# Addresses beside those of programmes.
RESERVED = {"new"}


def faults_of(draft: ProgrammeDraft) -> list[Problem]:
    """What is wrong with a draft itself, each at its column."""
    places: dict[str, object] = {"programme": draft.reference}
    faults = []
    if draft.reference in RESERVED:
        faults.append(
            Problem(
                N_("“%(programme)s” is the address of a page; choose another reference."), places, column="reference"
            )
        )
    if not any(text.strip() for text in draft.titles.values()):
        faults.append(Problem(N_("%(programme)s needs a title."), places, column="title"))
    if len({site.pk for site in draft.sites}) < len(draft.sites):
        faults.append(Problem(N_("%(programme)s names a site twice."), places, column="sites"))
    if len({(member.pk, str(role)) for member, role in draft.members}) < len(draft.members):
        faults.append(Problem(N_("%(programme)s names a member twice in one role."), places, column="organisation"))
    twice = (
        ("agreement", N_("%(programme)s names an agreement twice."), [each.pk for each in draft.agreements]),
        ("announcement", N_("%(programme)s names an announcement twice."), [each.pk for each in draft.announcements]),
        ("demand", N_("%(programme)s names a demand statement twice."), [each.pk for each in draft.demands]),
        ("languages", N_("%(programme)s names a language twice."), list(draft.languages)),
    )
    return faults + [Problem(said, places, column=column) for column, said, keys in twice if len(set(keys)) < len(keys)]
