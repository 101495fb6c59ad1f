"""
What the doors for other people's software (VC-API) check and sign: credentials and presentations of anybody, by the W3C's rules alone.

No register, no entitlement, no shape of ours: whether a credential is genuine, not whether this alliance stands behind it. What is
issued here is signed with a key of its own that stands in no register. Nothing is fetched and nothing is kept.
"""
