"""Every way credentials, the rights to give them, and the keys behind them can change."""

from .attesting_again import give_again
from .changing import (
    change_credentials,
    lift_suspension,
    replace_credential,
    replace_credentials,
    revoke_credential,
    suspend_credential,
)
from .correcting import note_correction
from .drafting import draft_credentials
from .entitling import end_entitlement, grant_entitlements
from .forgetting import forget_showings
from .growing import grow_tree, tree_is_due
from .handing import hand_over_keys
from .joining import join_to_account, send_joining_code
from .keeping import KitTaken, keep_kit
from .keying import compromise_key, make_keys, reseal_keys, retire_key, rotate_key
from .layouts import set_layout
from .many import Effect, ManyStep, change_many
from .offering import (
    Access,
    Offered,
    OfferedThere,
    exchange_code,
    give_to_wallet,
    offer_at_the_desk,
    offer_to_wallet,
)
from .opening import come_back, end_holder_link, find_link, make_links, open_link, send_holder_code
from .papers import sign_papers
from .recognising import state_recognitions
from .registering import register_is_due, sign_issuers
from .renewing import CaughtUp, catch_up, renew_lists
from .returning import ListTaken, SignedElsewhere, take_lists_back
from .showing import ShowingDraft, Shown, ShownCertificate, end_showing, give_name, look_at, show_certificate
from .signing import sign_drafts

__all__ = [
    "Access",
    "CaughtUp",
    "Effect",
    "KitTaken",
    "ListTaken",
    "ManyStep",
    "Offered",
    "OfferedThere",
    "ShowingDraft",
    "Shown",
    "ShownCertificate",
    "SignedElsewhere",
    "catch_up",
    "change_credentials",
    "change_many",
    "come_back",
    "compromise_key",
    "draft_credentials",
    "end_entitlement",
    "end_holder_link",
    "end_showing",
    "exchange_code",
    "find_link",
    "forget_showings",
    "give_again",
    "give_name",
    "give_to_wallet",
    "grant_entitlements",
    "grow_tree",
    "hand_over_keys",
    "join_to_account",
    "keep_kit",
    "lift_suspension",
    "look_at",
    "make_keys",
    "make_links",
    "note_correction",
    "offer_at_the_desk",
    "offer_to_wallet",
    "open_link",
    "register_is_due",
    "renew_lists",
    "replace_credential",
    "replace_credentials",
    "reseal_keys",
    "retire_key",
    "revoke_credential",
    "rotate_key",
    "send_holder_code",
    "send_joining_code",
    "set_layout",
    "show_certificate",
    "sign_drafts",
    "sign_issuers",
    "sign_papers",
    "state_recognitions",
    "suspend_credential",
    "take_lists_back",
    "tree_is_due",
]
