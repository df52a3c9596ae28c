"""Sphinx's configuration: ``make docs`` builds the site, and warnings are errors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PIL import Image
from sphinx_gallery.scrapers import figure_rst

from nnviz.version import __version__

project = "nnviz"
author = "The nnviz developers"
release = version = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_gallery.gen_gallery",
]
exclude_patterns = ["_build", "examples"]
# The scraper is a function, which only costs a build its memory.
suppress_warnings = ["config.cache"]
html_theme = "furo"
html_title = f"nnviz {__version__}"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {"FloatArray": "FloatArray", "IntArray": "IntArray", "Points": "Points"}
python_use_unqualified_type_names = True
# Long signatures are read one parameter a line.
maximum_signature_line_length = 80
napoleon_google_docstring = False
napoleon_custom_sections = ["Source"]
napoleon_use_ivar = True
myst_heading_anchors = 3

# Most that a picture of the site is wide, pixels: it is shown no larger.
_WIDTH = 1100


def scrape_picture(_block: Any, block_vars: dict[str, Any], _gallery: dict[str, Any]) -> str:
    """Show the file that an example's variable ``picture`` names, small enough for a page."""
    path = block_vars["example_globals"].pop("picture", None)
    if path is None:
        return ""
    shown = Path(next(block_vars["image_path_iterator"]))
    with Image.open(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((_WIDTH, 10 * _WIDTH))
        small.quantize(256, dither=Image.Dither.NONE).save(shown, optimize=True)
    Path(path).unlink()
    return figure_rst([str(shown)], _gallery["src_dir"])


_ROOMS = ("tutorial", "scenes", "figures", "mobjects")
sphinx_gallery_conf = {
    "examples_dirs": [f"examples/{room}" for room in _ROOMS],
    "gallery_dirs": [f"gallery/{room}" for room in _ROOMS],
    "filename_pattern": r"\.py$",
    "image_scrapers": (scrape_picture, "matplotlib"),
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "capture_repr": (),
    "show_memory": False,
    "show_signature": False,
    "download_all_examples": False,
    "min_reported_time": 10_000,
    "remove_config_comments": True,
    "only_warn_on_example_error": False,
    "write_computation_times": False,
}


def name_aliases(*event: Any) -> tuple[str | None, ...]:
    """Write an alias within another type by its name, as Sphinx does outside of others."""
    *_, signature, returned = event
    alias = re.compile(r"TypeAliasForwardRef\('(\w+)'\)")
    return tuple(text and alias.sub(r"\1", text) for text in (signature, returned))


def setup(app: Any) -> None:
    """Connect what changes signatures."""
    app.connect("autodoc-process-signature", name_aliases)
