"""Plurals, lists and line breaks: how words are put together."""

from __future__ import annotations

from collections.abc import Sequence

#: Numbers from 0 to 10 in words.
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def plural(n: int, word: str) -> str:
    """Return a word as it is counted: with an ``s`` unless there is one.

    Examples
    --------
    >>> plural(1, "step"), plural(2, "step")
    ('step', 'steps')
    """
    return word if n == 1 else f"{word}s"


def joined(parts: Sequence[str], by: str = "\n") -> str:
    """Join texts, on lines of their own by default; those that are empty are left out.

    Examples
    --------
    >>> joined(["one", "", "two"], ", ")
    'one, two'
    """
    return by.join(part for part in parts if part)


def in_two(text: str) -> list[str]:
    """Break a text near its middle into at most two lines; an empty text has no lines.

    Examples
    --------
    >>> in_two("one two three")
    ['one two', 'three']
    """
    if not text:
        return []
    words = text.split()
    half = max((len(words) + 1) // 2, 1)
    return [" ".join(words[:half]), *([" ".join(words[half:])] if words[half:] else [])]
