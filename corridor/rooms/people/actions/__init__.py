"""Every way the records of persons can change."""

from ..refusals import AccountTaken, HasAccount, MergedAlready
from .certificate_names import confirm_certificate_name, take_back_certificate_name
from .consent_papers import PaperConsent, take_paper_consent
from .consents import (
    ConsentDraft,
    describe_purpose,
    give_consent,
    give_consents,
    withdraw_consent,
    write_purpose_text,
)
from .contacts import NewContact, confirm_contact, end_contact, prefer_contact, write_contact, write_contacts
from .describing import Facts, describe_person, note_paper
from .doubles import Searched, answer_different, search_doubles
from .merging import merge_person, merge_persons, unmerge_person
from .naming import change_own_name, strike_name, write_name, write_names
from .photos import keep_photo, take_photo_away
from .registering import link_accounts, link_person_to_user, register_person, register_persons

__all__ = [
    "AccountTaken",
    "ConsentDraft",
    "Facts",
    "HasAccount",
    "MergedAlready",
    "NewContact",
    "PaperConsent",
    "Searched",
    "answer_different",
    "change_own_name",
    "confirm_certificate_name",
    "confirm_contact",
    "describe_person",
    "describe_purpose",
    "end_contact",
    "give_consent",
    "give_consents",
    "keep_photo",
    "link_accounts",
    "link_person_to_user",
    "merge_person",
    "merge_persons",
    "note_paper",
    "prefer_contact",
    "register_person",
    "register_persons",
    "search_doubles",
    "strike_name",
    "take_back_certificate_name",
    "take_paper_consent",
    "take_photo_away",
    "unmerge_person",
    "withdraw_consent",
    "write_contact",
    "write_contacts",
    "write_name",
    "write_names",
    "write_purpose_text",
]
