"""
The cryptographic core of credentials: no database, no settings, no network, no clock.

Read in this order: ``contexts`` (which words exist), ``quads`` (what a document says), ``rdfc`` (one spelling of it),
``data_integrity`` (who signed it), ``did_documents`` and ``status_lists`` (what an issuer publishes), ``composing``
(what we issue), ``verifying`` (what we answer).
"""
