"""
weight-images
=============

Each neuron of the first layer gives every pixel a weight: an image of what it looks for, from the
first recorded step to the last.

The class is :class:`nnviz.scenes.WeightImages`; ``nnviz scenes weight-images`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("weight-images", run, "weight-images.png", n_frames=8)
