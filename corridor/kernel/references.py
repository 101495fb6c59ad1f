"""Words that no reference of a record may be: in the address of a record another page stands there (tests/contracts/test_addresses.py)."""

TAKEN = frozenset({"at-risk", "doubles", "me", "name-one", "new", "purposes", "unconfirmed"})
