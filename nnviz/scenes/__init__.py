"""Every scene class of nnviz, loaded when asked for: ``from nnviz.scenes import FeedForward``."""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
