"""Every way frameworks, curricula and mapping claims can change."""

from ..refusals import NotComplete, OwnClaim, PublishedAlready, ReviewedAlready
from .drafting import add_units, add_versions, fill_units, register_frameworks
from .mapping import claim_mapping, claim_mappings, review_mapping
from .publishing import publish_version, publish_versions, supersede_version, supersede_versions

__all__ = [
    "NotComplete",
    "OwnClaim",
    "PublishedAlready",
    "ReviewedAlready",
    "add_units",
    "add_versions",
    "claim_mapping",
    "claim_mappings",
    "fill_units",
    "publish_version",
    "publish_versions",
    "register_frameworks",
    "review_mapping",
    "supersede_version",
    "supersede_versions",
]
