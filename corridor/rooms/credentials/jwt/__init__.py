"""
The same credential as a signed token: whole (VC-JWT, by the rules of Open Badges 3.0), or of parts that its holder shows one by one
(SD-JWT VC, RFC 9901). Of strangers it is read in binary (COSE) too. No database, no settings, no network, no clock.
"""
