"""Every way frameworks, curricula and mapping claims can change."""

from ..refusals import HasContents, NotComplete, OwnClaim, PublishedAlready, ReviewedAlready
from .drafting import add_units, add_versions, fill_units, register_frameworks
from .importing import change_claims, change_units, remove_claims, remove_units
from .mapping import claim_mapping, claim_mappings, review_mapping
from .publishing import publish_version, publish_versions, supersede_version, supersede_versions

__all__ = [
    "HasContents",
    "NotComplete",
    "OwnClaim",
    "PublishedAlready",
    "ReviewedAlready",
    "add_units",
    "add_versions",
    "change_claims",
    "change_units",
    "claim_mapping",
    "claim_mappings",
    "fill_units",
    "publish_version",
    "publish_versions",
    "register_frameworks",
    "remove_claims",
    "remove_units",
    "review_mapping",
    "supersede_version",
    "supersede_versions",
]
