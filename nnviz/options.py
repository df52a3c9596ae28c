"""Options: the settings of a scene or a figure, described where they are defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from sys import float_info
from types import UnionType
from typing import Any, get_args

from nnviz.errors import SettingError, UnknownNameError

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def is_option_kind(kind: Any) -> bool:
    """Tell whether text can be read as a value of a type: a plain one, or a union with one."""
    return kind in _WORDS or (isinstance(kind, UnionType) and bool(_plain_kinds(kind)))


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a scene or a figure, given by its name.

    Parameters
    ----------
    name
        Name of the option in Python; at the command line, hyphens do as well as underscores.
    kind
        Type of its values: ``bool``, ``int``, ``float`` or ``str``, or a union of one of
        these with ``None`` or with a class that text can name.
    default
        Value that is used where the option is not given.
    description
        Meaning, choices and range of the value, in words; empty if nothing was written.
    convert
        Turns text into the value that is used, and raises if it cannot; ``None`` reads text as
        one of the plain types.
    """

    name: str
    kind: Any
    default: Any
    description: str = ""
    convert: Callable[[Any], Any] | None = None

    def read(self, text: str) -> Any:
        """Return the value that a text at the command line stands for.

        An option with ``convert`` keeps the text, once it is clear that it can be converted.

        Raises
        ------
        SettingError
            If the text does not stand for a value of the option's type.
        """
        if self.convert is not None:
            self.convert(text)
            return text
        return self.check(_read(text, _plain_kinds(self.kind)))

    def check(self, value: Any) -> Any:
        """Return a value in the form that the scene or figure uses.

        Whole numbers become floats where the option takes only these.

        Raises
        ------
        SettingError
            If the value is not of the option's type, or a number that is not finite.
        """
        if self.convert is not None:
            return self.convert(value)
        kinds = get_args(self.kind) or (self.kind,)
        if type(value) is int and float in kinds and int not in kinds:
            value = float(value) if abs(value) < float_info.max else inf
        if isinstance(value, float) and not isfinite(value):
            message = f"option {self.name} must be a finite number; got {value}."
            raise SettingError(message)
        if not any(_is_of(value, kind) for kind in kinds):
            message = f"option {self.name} must be {_in_words(self.kind)}; got {value!r}."
            raise SettingError(message)
        return value

    def describe(self) -> str:
        """Return the option's name, default and type, such as ``seconds=9.0 (a number)``."""
        default = getattr(self.default, "name", self.default)
        kind = "a name" if self.convert is not None else _in_words(self.kind)
        return f"{self.name}={default} ({kind})"


def parse_option(options: Mapping[str, Option], text: str, owner: str) -> tuple[str, Any]:
    """Read the text ``name=value`` as the value of an option.

    Parameters
    ----------
    options
        Every option that may be given, by its name.
    text
        Text as it was written at the command line.
    owner
        Name of the scene or figure that has these options, for the message.

    Returns
    -------
    tuple
        Name of the option, and its value.

    Raises
    ------
    SettingError
        If the text has no ``=``, or the value is not of the option's type.
    UnknownNameError
        If there is no option of that name.
    """
    name, equals, value = text.partition("=")
    name = name.strip().replace("-", "_")
    if not equals:
        message = f"option must have the form name=value; got {text!r}."
        raise SettingError(message)
    if not options:
        message = f"{owner} has no options; got {name!r}."
        raise SettingError(message)
    if name not in options:
        kind = f"option of {owner}"
        raise UnknownNameError(kind, name, options)
    return name, options[name].read(value.strip())


def documented(docstring: str | None) -> dict[str, str]:
    r"""Return the description of each parameter or attribute in a numpydoc docstring.

    Parameters
    ----------
    docstring
        The docstring; ``None`` has no descriptions.

    Returns
    -------
    dict
        One line of description for each name.

    Examples
    --------
    >>> documented("Wait.\n\nParameters\n----------\nseconds, frames\n    How\n    long.")
    {'seconds': 'How long.', 'frames': 'How long.'}
    """
    # Only asked for at the command line and by documentation.
    from docstring_parser import DocstringStyle, parse

    descriptions = {}
    for each in parse(docstring or "", DocstringStyle.NUMPYDOC).params:
        for name in each.arg_name.split(","):
            descriptions[name.strip()] = " ".join((each.description or "").split())
    return descriptions


def _plain_kinds(kind: Any) -> list[type]:
    return [each for each in get_args(kind) or (kind,) if each in _WORDS]


def _read(text: str, kinds: list[type]) -> Any:
    """Return text as the first of the kinds that it can be, else as it is."""
    for kind in kinds:
        if kind is bool:
            if text.lower() in _TRUTHS:
                return _TRUTHS[text.lower()]
            continue
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _is_of(value: Any, kind: Any) -> bool:
    # A truth is not a number here, although it is to Python.
    return type(value) is kind if kind in _WORDS else isinstance(value, kind)


def _in_words(kind: Any) -> str:
    kinds = [each for each in get_args(kind) or (kind,) if each is not type(None)]
    return " or ".join(_WORDS.get(each, f"a {each.__name__}") for each in kinds)
