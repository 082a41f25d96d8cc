"""A followed link becomes an entry on no list, and stays the same entry."""

from pathlib import Path

from tui.domain.editions import Edition
from tui.library.store import open_library
from tui.paths import Paths
from tui.settings import Settings


def test_a_followed_link_is_one_entry_on_no_list(tmp_path: Path) -> None:
    paths = Paths(*(tmp_path / name for name in ("data", "cache", "config", "state")))
    library = open_library(paths, Settings())
    first = library.visit("https://example.org/story?utm_source=feed")
    again = library.visit("https://www.example.org/story")
    other = library.visit("https://example.org/other")
    assert first == again != other
    assert library.window(Edition(), 0, 10).total == 0
    assert library.feeds() == []
    assert {entry.id for entry in library.to_fetch(10)} == {first, other}
    library.close()
