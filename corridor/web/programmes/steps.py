"""The steps of a programme's story, in the order of the chain; what has not happened yet says so, and when it is due."""

from . import steps_after, steps_before
from .reviews import review_due, reviewed
from .steps_before import Step
from .story import ProgrammeStory


def steps_of(story: ProgrammeStory) -> list[Step]:
    before = [
        *steps_before.announced(story),
        *steps_before.agreed(story),
        *steps_before.written(story),
        *steps_before.approved(story),
        *steps_before.moved(story),
        *steps_before.placed(story),
        *steps_before.demanded(story),
        *reviewed(story),
    ]
    past = sorted((step for step in before if step["day"]), key=lambda step: step["day"])
    since = [
        *(step for step in before if not step["day"]),
        *steps_after.taught(story),
        *steps_after.decided(story),
        *steps_after.certified(story),
        *steps_after.followed_up(story),
        *steps_after.counted(story),
        *review_due(story),
    ]
    # What has not happened stands below "Today", whatever its place in the chain.
    return sorted([*past, *since], key=lambda step: step.get("state") == "not")
