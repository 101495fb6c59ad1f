"""Every way a site, its brands, its staff and what it teaches with can change."""

from ..refusals import (
    AccreditedAlready,
    AlreadyAccepted,
    HoldsPostAlready,
    KeyOfAnother,
    ListedAlready,
    NotEnoughParts,
    NotListedThen,
    NumberTaken,
    ReferenceTaken,
    RepairGoesOn,
    WrittenAlready,
)
from .accrediting import accredit_sites, end_accreditation
from .equipping import add_equipment, change_equipment, correct_equipment, move_equipment
from .faults import report_by_label, report_faults, settle_faults
from .importing import remove_equipment, take_steps_back
from .labelling import label_equipment, label_sheet
from .listings import accept_listing, end_listing, list_sites_under_brands, make_brands
from .needing import describe_needs
from .places import move_site, move_sites, register_site, register_sites
from .reviewing import (
    CorrectionDraft,
    CriterionDraft,
    FindingDraft,
    ReviewDraft,
    describe_criteria,
    describe_room,
    finish_correction,
    review_listing,
    write_address,
)
from .staff import appoint_manager, appoint_managers, relieve_manager
from .stocking import add_parts, move_parts
from .upkeep import begin_repairs, calibrate_equipment, end_repair, note_instructions, write_readings

__all__ = [
    "AccreditedAlready",
    "AlreadyAccepted",
    "CorrectionDraft",
    "CriterionDraft",
    "FindingDraft",
    "HoldsPostAlready",
    "KeyOfAnother",
    "ListedAlready",
    "NotEnoughParts",
    "NotListedThen",
    "NumberTaken",
    "ReferenceTaken",
    "RepairGoesOn",
    "ReviewDraft",
    "WrittenAlready",
    "accept_listing",
    "accredit_sites",
    "add_equipment",
    "add_parts",
    "appoint_manager",
    "appoint_managers",
    "begin_repairs",
    "calibrate_equipment",
    "change_equipment",
    "correct_equipment",
    "describe_criteria",
    "describe_needs",
    "describe_room",
    "end_accreditation",
    "end_listing",
    "end_repair",
    "finish_correction",
    "label_equipment",
    "label_sheet",
    "list_sites_under_brands",
    "make_brands",
    "move_equipment",
    "move_parts",
    "move_site",
    "move_sites",
    "note_instructions",
    "register_site",
    "register_sites",
    "relieve_manager",
    "remove_equipment",
    "report_by_label",
    "report_faults",
    "review_listing",
    "settle_faults",
    "take_steps_back",
    "write_address",
    "write_readings",
]
