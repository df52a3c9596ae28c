"""
descent-path
============

The recorded path on the cost surface of the plane that holds it best, with the true cost beside
the cost of the map.

The class is :class:`nnviz.scenes.DescentPath`; ``nnviz scenes descent-path`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("descent-path", run, "descent-path.png", n_frames=8)
