"""
How a task takes its work up: ``with take_up(job_id) as held``.

A task is called by the queue, not by a door that has looked at the clock: the world's own instant is asked for here.
"""

from uuid import UUID

from corridor.foundations.clock import real_now

from .holding import Hold


def take_up(job_id: UUID | str) -> Hold:
    """:raises HeldElsewhere: on entering, if another worker holds the work or it has ended."""
    return Hold(job_id=job_id, clock=real_now)
