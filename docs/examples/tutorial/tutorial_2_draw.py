"""
Draw figures
============

Figures are matplotlib's: they take axes and return them, so they go wherever axes go.
"""

import matplotlib.pyplot as plt

import nnviz

run = nnviz.default_run()  # trained once, in seconds, and kept in the cache folder

figure, (left, right) = plt.subplots(1, 2, figsize=(12, 6), layout="constrained")
nnviz.figures.weight_images(run, step=0, ax=left, theme="light")
nnviz.figures.weight_images(run, ax=right, theme="light")

# %%
# On the left the weights of sixteen neurons before training, on the right what they became. The
# same network's costs and accuracies, measured as it learned:

nnviz.figures.learning_curves(run, theme="light")
