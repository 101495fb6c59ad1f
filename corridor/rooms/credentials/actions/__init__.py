"""Every way credentials, the rights to give them, and the keys behind them can change."""

from .changing import (
    change_credentials,
    lift_suspension,
    replace_credential,
    replace_credentials,
    revoke_credential,
    suspend_credential,
)
from .drafting import draft_credentials
from .entitling import end_entitlement, grant_entitlements
from .growing import grow_tree, tree_is_due
from .handing import hand_over_keys
from .keeping import KitTaken, keep_kit
from .keying import compromise_key, make_keys, reseal_keys, retire_key, rotate_key
from .many import Effect, ManyStep, change_many
from .offering import Access, Offered, exchange_code, give_to_wallet, is_holder, offer_to_wallet
from .recognising import state_recognitions
from .registering import register_is_due, sign_issuers
from .renewing import CaughtUp, catch_up, renew_lists
from .signing import sign_drafts

__all__ = [
    "Access",
    "CaughtUp",
    "Effect",
    "KitTaken",
    "ManyStep",
    "Offered",
    "catch_up",
    "change_credentials",
    "change_many",
    "compromise_key",
    "draft_credentials",
    "end_entitlement",
    "exchange_code",
    "give_to_wallet",
    "grant_entitlements",
    "grow_tree",
    "hand_over_keys",
    "is_holder",
    "keep_kit",
    "lift_suspension",
    "make_keys",
    "offer_to_wallet",
    "register_is_due",
    "renew_lists",
    "replace_credential",
    "replace_credentials",
    "reseal_keys",
    "retire_key",
    "revoke_credential",
    "rotate_key",
    "sign_drafts",
    "sign_issuers",
    "state_recognitions",
    "suspend_credential",
    "tree_is_due",
]
