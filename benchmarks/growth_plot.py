"""Plot what ``rendering.py --json`` measured of growth: python benchmarks/growth_plot.py FILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt


def main() -> None:
    """Draw milliseconds a frame over the number of edges, a line for each resolution."""
    measured = json.loads(Path(sys.argv[1]).read_text())["growth"]
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    for quality, color in (("480p", "#9bc4d6"), ("1080p", "#2a8db0"), ("2160p", "#0b3c4f")):
        points = [entry for entry in measured if entry["quality"] == quality]
        edges, times = ([entry[key] for entry in points] for key in ("edges", "ms"))
        axes.plot(edges, times, "o-", color=color)
        name = "4k" if quality == "2160p" else quality
        axes.annotate(name, (edges[-1], times[-1]), (8, -3), textcoords="offset points")
    axes.axhline(1000 / 30, color="0.6", linewidth=0.8, linestyle="--")
    axes.text(12_000, 1000 / 30 * 1.06, "real time at 30 frames a second", color="0.4", size=9)
    axes.set(xscale="log", yscale="log", xlim=(1e4, 5e5), xlabel="edges")
    axes.set_xticks([12_960, 54_912, 268_800], ["12,960", "54,912", "268,800"])
    axes.set_yticks([10, 20, 50, 100, 200], ["10", "20", "50", "100", "200"])
    axes.minorticks_off()
    axes.set_title("Milliseconds a frame of a finished film, two processes", loc="left", size=11)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(Path(__file__).with_name("growth.png"), dpi=150)


if __name__ == "__main__":
    main()
