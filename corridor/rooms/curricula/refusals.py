"""How curricula and mapping claims say no."""

from corridor.kernel.errors import Refusal


class NotComplete(Refusal):
    """A version is published when it has an English title and units with titles and hours."""


class PublishedAlready(Refusal):
    """What has been published is not rewritten: cohorts were taught by it. A new version is made instead."""


class ReviewedAlready(Refusal):
    """A claim is reviewed once."""


class HasContents(Refusal):
    """A unit in which something is written, or about which something is claimed, is not taken away."""


class OwnClaim(Refusal):
    """Nobody reviews a claim of the member for which they sit."""
