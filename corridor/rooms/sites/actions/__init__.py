"""Every way a site, its brands and its staff can change."""

from ..refusals import (
    AccreditedAlready,
    AlreadyAccepted,
    HoldsPostAlready,
    ListedAlready,
    NotListedThen,
    ReferenceTaken,
)
from .accrediting import accredit_sites, end_accreditation
from .listings import accept_listing, end_listing, list_sites_under_brands, make_brands
from .places import move_site, move_sites, register_site, register_sites
from .staff import appoint_manager, appoint_managers, relieve_manager

__all__ = [
    "AccreditedAlready",
    "AlreadyAccepted",
    "HoldsPostAlready",
    "ListedAlready",
    "NotListedThen",
    "ReferenceTaken",
    "accept_listing",
    "accredit_sites",
    "appoint_manager",
    "appoint_managers",
    "end_accreditation",
    "end_listing",
    "list_sites_under_brands",
    "make_brands",
    "move_site",
    "move_sites",
    "register_site",
    "register_sites",
    "relieve_manager",
]
