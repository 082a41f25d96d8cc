"""What readability would lose of a story, and what stays out."""

import pytest

from tests.cleaning.pages import SENTENCE, page, prose
from tui.cleaning.decode import parse
from tui.cleaning.reader import summarise
from tui.cleaning.tree import text_of


def kept(markup: str) -> str:
    root = parse(page(f"<article class=story>{prose(3)}{markup}{prose(3)}</article>").decode())
    assert root is not None
    found = summarise(root)
    assert found is not None
    return text_of(found)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<h2 id=1-the-tools>The tools</h2><p>{SENTENCE}</p>", id="words in an id"),
        pytest.param(
            f"<h2>1. <a href=/x>The tools</a></h2><figure></figure><p>Dir. X</p><p>{SENTENCE}</p>",
            id="linked, with a picture before its text",
        ),
        pytest.param(
            f"<dl><dt class=subheader>The tools</dt><dd><p>{SENTENCE}</p></dd></dl>", id="terms"
        ),
        pytest.param(
            "<table><tr><th>The tools</th><th>Version</th></tr>"
            "<tr><td><a href=/a>Hammer and tongs</a></td><td>about 1.0</td></tr></table>",
            id="linked table of data",
        ),
    ],
)
def test_what_belongs_to_the_story_is_kept(markup: str) -> None:
    assert "The tools" in kept(markup)


def test_a_list_of_linked_headings_is_not() -> None:
    markup = "".join(f"<h3><a href=/{n}>Story number {n} of today</a></h3>" for n in range(4))
    assert "Story number 0" not in kept(markup)
