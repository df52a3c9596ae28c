"""
Train and record
================

A training is recorded while it goes on: parameters, gradients, costs and activations, into a
folder of plain NumPy files. The digits come with nnviz, so nothing is downloaded.
"""

import tempfile
from pathlib import Path

import nnviz

data = nnviz.load_data("digits")
folder = Path(tempfile.mkdtemp()) / "run"
run = nnviz.train(data, folder, layers=(784, 16, 16, 10), epochs=10)

# %%
# What was recorded is read as arrays, mapped from the disk. A *step* counts the updates of the
# parameters; 0 is before training, and -1 the last step recorded.

before, after = run.weights(1, step=0), run.weights(1, step=-1)
print(before.shape, "weights of the first layer")
print(f"{run.n_rows} recorded steps of {run.n_steps}")
print(f"{run.test_accuracies[-1]:.1%} of the held-out sample right")

# %%
# Any moment of the training can be rebuilt exactly, and asked.

network = run.network_at(-1)
image = data.test.images[0]
print("the network reads", network.predict(image.reshape(1, -1) / 255)[0])
print("the label says", data.test.labels[0])
