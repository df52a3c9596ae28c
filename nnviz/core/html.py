"""Small HTML tables of facts, which notebooks show in place of an object's ``repr``."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import numpy as np


def facts_table(title: str, facts: Mapping[str, object]) -> str:
    """Return an HTML table with a caption and one row for each fact.

    Parameters
    ----------
    title
        Caption of the table, plain text.
    facts
        Names of the facts and their values. Texts are written as they are, numbers by
        :func:`fact_text`. All names and values are escaped, so that none is taken for markup.

    Examples
    --------
    >>> print(facts_table("Set", {"name": "<a>", "images": 1200}))
    <table>
    <caption>Set</caption>
    <tr><th scope="row">name</th><td>&lt;a&gt;</td></tr>
    <tr><th scope="row">images</th><td>1,200</td></tr>
    </table>
    """
    rows = [
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(fact_text(value))}</td></tr>'
        for name, value in facts.items()
    ]
    return "\n".join(["<table>", f"<caption>{escape(title)}</caption>", *rows, "</table>"])


def fact_text(value: object) -> str:
    """Return a value as plain text for a reader.

    Parameters
    ----------
    value
        A truth is ``yes`` or ``no``. A whole number has commas, another number four significant
        digits; NaN and ``None`` are ``none``, and an infinity is its sign. Anything else is
        written as by ``str``.

    Examples
    --------
    >>> [fact_text(value) for value in (True, 13002, 0.071812, float("nan"), float("inf"))]
    ['yes', '13,002', '0.07181', 'none', '∞']
    """
    if value is None:
        return "none"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return f"{value:,}"
    if isinstance(value, float | np.floating):
        if np.isnan(value):
            return "none"
        if np.isinf(value):
            return "∞" if value > 0 else "−∞"
        return f"{value:.4g}"
    return str(value)
