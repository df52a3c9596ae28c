"""
activations
===========

One example on its way through every layer of the trained network.

In a shell: ``nnviz figure activations -o activations.png``; ``nnviz figures activations`` lists
its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.activations(run)
