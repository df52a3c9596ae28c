"""
landscape
=========

The cost around the trained network along two random, filter-normalised directions.

In a shell: ``nnviz figure landscape -o landscape.png``; ``nnviz figures landscape`` lists its
options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.landscape(run)
nnviz.figures.landscape_surface(run)
