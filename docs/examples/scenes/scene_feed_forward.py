"""
feed-forward
============

Images pass through the network, one after the other. Neurons fill with their recorded
activations, edges glow with what flows along them, and a wrong answer is shown as one.

The class is :class:`nnviz.scenes.FeedForward`; ``nnviz scenes feed-forward`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("feed-forward", run, "feed-forward.png", n_frames=8)
