"""
Render a film
=============

A scene takes a recording and becomes a film, a still or a storyboard. Options of a scene are
keywords; ``nnviz scenes NAME`` lists them.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.still("feed-forward", run, "still.png", second=4, quality="draft", n_images=1)

# %%
# The film itself is made by
# ``nnviz.render("feed-forward", run, "film.mp4")``, or in a shell by
# ``nnviz render feed-forward -o film.mp4``. A storyboard shows it at one glance:

picture = nnviz.storyboard("feed-forward", run, "storyboard.png", n_frames=4, n_images=1)
