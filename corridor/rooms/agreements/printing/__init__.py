"""An agreement on paper: every language version, who signed and where one signs, and the way to its public facts."""

from .document import print_agreement

__all__ = ["print_agreement"]
