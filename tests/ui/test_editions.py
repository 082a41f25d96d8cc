"""What editions are called, and how their counts are said."""

import pytest

from tui.domain.editions import Counts, Edition
from tui.ui.editions import counted, edition_name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Everything"),
        ("is:unread", "Unread"),
        ('feed:"The Gazette" is:unread', "The Gazette, unread"),
        ("folder:World", "World"),
        ("tag:later", "#later"),
        ('about:"Oslo" is:today', "About Oslo, today"),
        ("folder:World climate", "folder:World climate"),
        ("-folder:World", "-folder:World"),
        ("is:unread OR is:starred", "is:unread OR is:starred"),
    ],
)
def test_editions_have_names_that_people_say(query: str, name: str) -> None:
    assert edition_name(Edition(query)) == name


@pytest.mark.parametrize(
    ("query", "counts", "said"),
    [
        ("is:unread", Counts(1234, 1234), "1,234"),
        ("folder:World is:unread", Counts(3, 3), "3"),
        ("", Counts(7, 7), "7 unread"),
        ("", Counts(0, 7), "0 unread of 7"),
    ],
)
def test_counts_are_said_once(query: str, counts: Counts, said: str) -> None:
    assert counted(query, counts) == said
