"""Every way a site, its brands and its staff can change."""

from ..refusals import (
    AccreditedAlready,
    AlreadyAccepted,
    HoldsPostAlready,
    ListedAlready,
    NotListedThen,
    NumberTaken,
    ReferenceTaken,
)
from .accrediting import accredit_sites, end_accreditation
from .equipping import add_equipment, change_equipment, correct_equipment, move_equipment
from .importing import remove_equipment, take_steps_back
from .listings import accept_listing, end_listing, list_sites_under_brands, make_brands
from .places import move_site, move_sites, register_site, register_sites
from .staff import appoint_manager, appoint_managers, relieve_manager

__all__ = [
    "AccreditedAlready",
    "AlreadyAccepted",
    "HoldsPostAlready",
    "ListedAlready",
    "NotListedThen",
    "NumberTaken",
    "ReferenceTaken",
    "accept_listing",
    "accredit_sites",
    "add_equipment",
    "appoint_manager",
    "appoint_managers",
    "change_equipment",
    "correct_equipment",
    "end_accreditation",
    "end_listing",
    "list_sites_under_brands",
    "make_brands",
    "move_equipment",
    "move_site",
    "move_sites",
    "register_site",
    "register_sites",
    "relieve_manager",
    "remove_equipment",
    "take_steps_back",
]
