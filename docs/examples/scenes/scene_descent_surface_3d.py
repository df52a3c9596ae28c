"""
descent-surface-3d
==================

The same path over the cost surface in three dimensions: threads join each recorded step to the
surface where the two part.

The class is :class:`nnviz.scenes.DescentSurface3D`; ``nnviz scenes descent-surface-3d`` lists its
options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("descent-surface-3d", run, "descent-surface-3d.png", n_frames=8)
