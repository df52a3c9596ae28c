"""Tables of facts, and those of networks."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pytest

from nnviz.core.html import fact_text, facts_table
from nnviz.core.network import Network


class Tags(HTMLParser):
    """Lists the tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "none"),
        (np.nan, "none"),
        (np.float32("nan"), "none"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
        (np.True_, "yes"),
        (False, "no"),
        (np.int64(1234), "1,234"),
        (np.float64(0.071812), "0.07181"),
        ("1234", "1234"),
    ],
)
def test_values_are_written_for_readers(value, text):
    assert fact_text(value) == text


def test_no_text_is_taken_for_markup():
    evil = "<script>alert('x') & \"y\"</script>"
    page = Tags(facts_table(evil, {evil: evil}))
    assert page.tags == {"table", "caption", "tr", "th", "td"}
    assert [text for text in page.text if text.strip()] == [evil] * 3


def test_network_shows_its_layers_and_parameters():
    network = Network.create((784, 16, 10), seed=0, activation="relu", output="softmax")
    text = Tags(network._repr_html_()).text
    for fact in ("784-16-10", "relu, output softmax", "12,730", "float32"):
        assert fact in text
