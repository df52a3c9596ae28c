"""See a neural network learn: train, record everything, then show it.

What ``__all__`` of this package and of its subpackages lists is public, and loaded when it is
first used: importing ``nnviz`` itself loads neither Manim nor matplotlib. Modules inside the
subpackages may change from one release to the next.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
