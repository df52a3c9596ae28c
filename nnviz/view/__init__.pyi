"""Numbers to colours, places and words, for whatever draws them: nothing here draws."""

from .colors import diverging as diverging
from .colors import hex_color as hex_color
from .colors import interpolate_colors as interpolate_colors
from .colors import rgb as rgb
from .colors import sequential as sequential
from .colors import symmetric_limit as symmetric_limit
from .contours import contour_levels as contour_levels
from .contours import filled_contours as filled_contours
from .contours import refined as refined
from .edges import contributions as contributions
from .edges import edge_opacities as edge_opacities
from .images import ink_image as ink_image
from .images import weight_image as weight_image
from .layout import LayerLayout as LayerLayout
from .layout import column as column
from .layout import connections as connections
from .layout import grid as grid
from .themes import DARK as DARK
from .themes import LIGHT as LIGHT
from .themes import PRINT as PRINT
from .themes import THEMES as THEMES
from .themes import Theme as Theme
from .themes import get_theme as get_theme
from .timeline import paced_row as paced_row
from .timeline import row_at as row_at

__all__ = [
    "DARK",
    "LIGHT",
    "PRINT",
    "THEMES",
    "LayerLayout",
    "Theme",
    "column",
    "connections",
    "contour_levels",
    "contributions",
    "diverging",
    "edge_opacities",
    "filled_contours",
    "get_theme",
    "grid",
    "hex_color",
    "ink_image",
    "interpolate_colors",
    "paced_row",
    "refined",
    "rgb",
    "row_at",
    "sequential",
    "symmetric_limit",
    "weight_image",
]
