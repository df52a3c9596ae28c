"""
slice
=====

The cost along the straight line from the start of the training to its end.

In a shell: ``nnviz figure slice -o slice.png``; ``nnviz figures slice`` lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.slice_costs(run)
