"""
Readout and Readouts
====================

Numbers with a name, which can change in every frame.
"""

import nnviz
from nnviz.mobjects import Readout, Readouts
from nnviz.stage import RecordingScene


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        run = self.recording
        costs = Readouts(
            [("training cost", 4), ("held-out cost", 4)],
            [run.train_costs[-1], run.test_costs[-1]],
            self.theme,
        )
        step = Readout("step", int(run.steps[-1]), self.theme)
        self.add(step.move_to([-3, 0, 0]), costs.move_to([2, 0, 0]))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "readout.png", second=0, quality="draft")
