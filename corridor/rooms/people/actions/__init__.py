"""Every way the records of persons can change."""

from ..refusals import AccountTaken, HasAccount, MergedAlready
from .merging import merge_person, merge_persons
from .registering import link_accounts, link_person_to_user, register_person, register_persons

__all__ = [
    "AccountTaken",
    "HasAccount",
    "MergedAlready",
    "link_accounts",
    "link_person_to_user",
    "merge_person",
    "merge_persons",
    "register_person",
    "register_persons",
]
