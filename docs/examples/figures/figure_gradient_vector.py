"""
gradient-vector
===============

Every entry of the first recorded gradient, and how much each matters.

In a shell: ``nnviz figure gradient-vector -o gradient-vector.png``; ``nnviz figures
gradient-vector`` lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.gradient_vector(run)
nnviz.figures.gradient_sizes(run)
