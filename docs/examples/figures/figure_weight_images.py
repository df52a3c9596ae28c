"""
weight-images
=============

What each neuron of the first layer looks for: its weights, shown as an image.

In a shell: ``nnviz figure weight-images -o weight-images.png``; ``nnviz figures weight-images``
lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.weight_images(run)
