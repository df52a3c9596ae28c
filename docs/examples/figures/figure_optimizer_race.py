"""
optimizer-race
==============

Full batch, mini-batches, momentum and Adam from one start, on one landscape.

In a shell: ``nnviz figure optimizer-race -o optimizer-race.png``; ``nnviz figures
optimizer-race`` lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.optimizer_race(run)
nnviz.figures.race_costs(run)
