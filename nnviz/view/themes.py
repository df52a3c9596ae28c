"""Themes: the colours of every picture, whichever library draws it."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.names import find_named


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture, each ``#RRGGBB``.

    Parameters
    ----------
    name
        The theme's name, such as ``dark``, at the command line and in options.
    background
        Colour of the frame, and of zero in a diverging map.
    foreground
        Colour of text, and of the light of a neuron or of a digit's ink.
    muted
        Colour of secondary text, outlines and axes.
    positive, negative
        Colours of a weight, a contribution or a gradient by its sign.
    accent
        Colour of a prediction, of the present moment, or of a path.
    wrong
        Colour of a wrong prediction.
    gap
        Colour of what is not a number; no number of any map has this colour.
    sequential
        Colours of a map from low to high values, such as costs, evenly spaced.
    series
        Colours of several paths or curves at once; no two look alike to colour-blind viewers,
        and none like a sign.
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


# Signs have the blue and red of the videos. The cost's map rises in lightness from end to end, so
# that it can be read in grey, and keeps away from the hues of signs.
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
# The same hues, darker: on white, text needs them so to be read.
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
# On paper, thin grey disappears and the accent must stand out from the map under it. Signs and
# series are of the palette for colour-blind readers of Okabe and Ito (2008).
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

#: The themes by their names.
THEMES = {theme.name: theme for theme in (DARK, LIGHT, PRINT)}


def get_theme(theme: str | Theme) -> Theme:
    """Return a theme by its name.

    Parameters
    ----------
    theme
        Name of the theme, one of :data:`THEMES`; a theme itself is returned as it is.

    Raises
    ------
    UnknownNameError
        If there is no theme of that name.
    """
    return theme if isinstance(theme, Theme) else find_named("theme", theme, THEMES)
