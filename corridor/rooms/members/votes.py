"""The arithmetic of a vote, and whether the decision is what the majority voted."""

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .application_drafts import DecisionDraft, VoteDraft
from .models import Outcome


def faults_of_vote(vote: VoteDraft, decision: DecisionDraft) -> list[Problem]:
    """
    Everything wrong with a minuted vote and its decision. Present = for + against + abstained + those with an interest, who do not vote; a
    majority of those who voted for or against carries it, and a tie does not.
    """
    return _faults_of_vote(vote) + _faults_of_decision(vote, decision)


def faults_of_conditions(decision: DecisionDraft, *, stand: bool) -> list[Problem]:
    """Whether the decision says of its conditions what is so. ``stand``: conditions of the form are neither accepted nor waived."""
    if decision.outcome == Outcome.APPROVED_WITH_CONDITIONS and not (stand or decision.conditions):
        return [
            Problem(N_("No condition is open; write one down, or approve without conditions."), column="conditions")
        ]
    if decision.outcome != Outcome.APPROVED_WITH_CONDITIONS and decision.conditions:
        return [Problem(N_("Only an approval with conditions adds some."), column="conditions")]
    return []


def _faults_of_vote(vote: VoteDraft) -> list[Problem]:
    problems = []
    numbers = (vote.present, vote.in_favour, vote.against, vote.abstained)
    if any(number < 0 for number in numbers) or vote.present == 0:
        problems.append(Problem(N_("Count those who were present and how they voted."), column="present"))
    voted = vote.in_favour + vote.against + vote.abstained
    if voted + len(vote.interests) != vote.present:
        problems.append(
            Problem(
                N_(
                    "%(present)s were present, %(interests)s of them with an interest; the votes for, against and abstained add up to %(voted)s "
                    "and must add up to %(wanted)s."
                ),
                {"present": vote.present, "interests": len(vote.interests), "voted": voted, "wanted": vote.present - len(vote.interests)},
                column="in_favour",
            )
        )  # fmt: skip
    if any(not each.who.strip() or not each.what.strip() for each in vote.interests):
        problems.append(Problem(N_("Name for each interest who declared it and which."), column="interests"))
    if any(len(each.who.strip()) > 150 or len(each.what.strip()) > 300 for each in vote.interests):
        problems.append(
            Problem(
                N_("Write an office in at most 150 characters and its interest in at most 300."), column="interests"
            )
        )
    if len({each.who.strip() for each in vote.interests}) != len(vote.interests):
        problems.append(Problem(N_("Somebody stands twice among those with an interest."), column="interests"))
    if not vote.minutes.strip() and vote.minutes_file is None:
        problems.append(Problem(N_("Write the minutes or add them as a file."), column="minutes"))
    return problems


def _faults_of_decision(vote: VoteDraft, decision: DecisionDraft) -> list[Problem]:
    problems = []
    carried = vote.in_favour > vote.against
    if carried != (decision.outcome != Outcome.REJECTED):
        problems.append(Problem(N_("The decision is not what the majority voted."), column="outcome"))
    if decision.outcome == Outcome.REJECTED and not decision.reason.strip():
        problems.append(Problem(N_("Say why; the applicant reads it."), column="reason"))
    if decision.decided_on < vote.held_on:
        problems.append(Problem(N_("A decision is not made before the vote."), column="decided_on"))
    return problems
