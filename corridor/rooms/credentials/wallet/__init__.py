"""
A certificate in its holder's wallet. Source: OpenID for Verifiable Credential Issuance 1.0: the pre-authorised code flow with a
transaction code, a nonce and a proof of the wallet's key, one credential at a time.
"""
