"""A refusal or a problem as a sentence in the reader's language: what the pages import."""

from corridor.foundations.vocabularies.sentences import sentence

__all__ = ["sentence"]
