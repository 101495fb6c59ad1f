"""
The cryptographic core of credentials: no database, no settings, no network, no clock.

Read in this order: ``contexts`` (which words exist), ``terms`` and ``compiled`` (what they mean where), ``walk`` (what a document
says) and ``quads`` (the same, of any document), ``rdfc`` (one spelling of it), ``statements`` (both, and where others would spell
otherwise), ``suites`` and ``data_integrity`` (who signed it), ``did_documents`` and ``status_lists`` (what an issuer publishes), ``composing``
(what we issue), ``verifying`` (what we answer).
"""
