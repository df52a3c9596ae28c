"""Themes: the colours of every picture, whichever library draws it."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.names import find_named


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours, each ``#RRGGBB``.

    Parameters
    ----------
    name
        The name at the command line.
    background
        Of the frame; also the colour of zero in a diverging map.
    foreground
        Text, and the light of a neuron or of a digit's ink.
    muted
        Secondary text, outlines and axes.
    positive, negative
        The sign of a weight, a contribution or a gradient.
    accent
        The answer, the present moment, a path.
    wrong
        A wrong prediction.
    gap
        What is not a number; no number of any map has this colour.
    sequential
        From a low to a high value, as of a cost.
    series
        Of several paths or curves at once; no two look alike to colour-blind viewers, and
        none like a sign.
    """

    name: str
    background: str
    foreground: str
    muted: str
    positive: str
    negative: str
    accent: str
    wrong: str
    gap: str
    sequential: tuple[str, ...]
    series: tuple[str, ...]


# Blue and red of the videos. The cost's map rises in lightness all the way, so that it
# reads in grey, and keeps away from the hues of sign.
DARK = Theme(
    name="dark",
    background="#0B0D12",
    foreground="#FFFFFF",
    muted="#9AA3AF",
    positive="#58C4DD",
    negative="#FC6255",
    accent="#FFD84D",
    wrong="#FC6255",
    gap="#6E6A5E",
    sequential=("#10142B", "#28326B", "#4A4E9E", "#7B6BB5", "#B48CC0", "#E6BFCB"),
    series=("#FFFFFF", "#FFD84D", "#5CE0A8", "#FF9A3D", "#C9B6FF"),
)
LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    foreground="#16191F",
    muted="#5F6773",
    positive="#0F7FA3",
    negative="#D63A2B",
    accent="#A86200",
    wrong="#D63A2B",
    gap="#A8A090",
    sequential=("#F7F3F9", "#DCD3E8", "#B8AED6", "#8E8BC0", "#62659F", "#3A3F73"),
    series=("#16191F", "#A86200", "#00796B", "#C2185B", "#5E35B1"),
)
# On paper, thin grey disappears and the accent must stand out from the map under it.
PRINT = Theme(
    name="print",
    background="#FFFFFF",
    foreground="#000000",
    muted="#404040",
    positive="#0072B2",
    negative="#D55E00",
    accent="#000000",
    wrong="#B34700",
    gap="#A6D48A",
    sequential=("#FFFFFF", "#DDDDDD", "#B8B8B8", "#929292", "#6C6C6C", "#484848"),
    series=("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7"),
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT, PRINT)}


def get_theme(theme: str | Theme) -> Theme:
    """Return a theme, given itself or its name.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    return theme if isinstance(theme, Theme) else find_named("theme", theme, THEMES)
