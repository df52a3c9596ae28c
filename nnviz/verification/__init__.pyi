"""Compute every number of a recording again, by code that shares nothing with ``nnviz.core``."""

from .verifier import Verification as Verification
from .verifier import verify as verify

__all__ = [
    "Verification",
    "verify",
]
