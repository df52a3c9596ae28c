"""Compute every number of a recording again, by code that shares nothing with ``nnviz.core``."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
