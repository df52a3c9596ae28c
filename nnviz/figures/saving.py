"""Writing a figure to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from nnviz.errors import SettingError
from nnviz.files import appearing, check_replaceable, clear_away

# Without dates, the same figure is the same file. Resolutions are fine enough for print; that of
# a vector file only holds for images in it.
_SAVING: dict[str, dict[str, Any]] = {
    ".png": {"dpi": 200},
    ".svg": {"dpi": 300, "metadata": {"Date": None}},
    ".pdf": {"dpi": 300, "metadata": {"CreationDate": None}},
}


def save_figure(figure: Figure, path: str | Path, *, force: bool = False) -> Path:
    """Write a figure to a file, which appears whole or not at all.

    Parameters
    ----------
    figure
        Any matplotlib figure; the same one gives the same bytes.
    path
        File to write, ending in ``.png``, ``.svg`` or ``.pdf``; missing folders are made. An
        older file of that kind is replaced.
    force
        Whether to replace a file of another kind, too. A folder is never replaced.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    SettingError
        If the file has another ending, or something is there that is not replaced.
    """
    path = Path(path)
    check_figure_file(path, force=force)
    ending = path.suffix.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_away(path.parent, path.name)
    with appearing(path) as temporary, matplotlibs_defaults():
        mpl.rcParams["svg.hashsalt"] = "nnviz"
        figure.savefig(
            temporary, format=ending[1:], facecolor=figure.get_facecolor(), **_SAVING[ending]
        )
    return path


@contextmanager
def matplotlibs_defaults() -> Iterator[None]:
    """Use matplotlib's own defaults within a ``with`` block, whatever settings its user has."""
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def check_figure_file(path: Path, *, force: bool = False) -> None:
    """Raise what :func:`save_figure` would raise, before a figure is drawn.

    Parameters
    ----------
    path
        File to write.
    force
        Whether a file of another kind may be replaced, too.

    Raises
    ------
    SettingError
        If the file has another ending, or something is there that is not replaced.
    """
    if path.suffix.lower() not in _SAVING:
        message = f"figure file must end in {', '.join(_SAVING)}; got {path.name!r}."
        raise SettingError(message)
    check_replaceable(path, force=force)
