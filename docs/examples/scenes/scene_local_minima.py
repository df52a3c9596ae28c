"""
local-minima
============

The recorded network trained again from several starts, and the cost between where they end.

The class is :class:`nnviz.scenes.LocalMinima`; ``nnviz scenes local-minima`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("local-minima", run, "local-minima.png", n_frames=8)
