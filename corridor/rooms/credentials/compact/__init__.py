"""
The signed words of a paper, small enough for the code on it. The format is docs/rules/compact-form.md; no database, no network, no clock.

Read in this order: ``cbor`` and ``base41`` (how it is spelled), ``message`` (who signed), ``parts`` (what stands in a code), ``claims`` (what it
says), ``verifying`` (what is answered).
"""
