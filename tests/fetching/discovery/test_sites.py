"""Where well-known sites keep their feeds, and what a person may type."""

from pathlib import Path

import pytest

from tui.fetching.discovery.guesses import address, guesses
from tui.fetching.discovery.sites import feeds_in_page, known_feeds

CHANNEL = "UC" + "a" * 22
VIDEOS = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", f"{VIDEOS}?channel_id={CHANNEL}"),
        (
            f"https://www.youtube.com/channel/{CHANNEL}/shorts",
            f"{VIDEOS}?playlist_id=UUSH{CHANNEL[2:]}",
        ),
        ("https://m.youtube.com/playlist?list=PLabc", f"{VIDEOS}?playlist_id=PLabc"),
        ("https://www.youtube.com/watch?v=1&list=PLabc", f"{VIDEOS}?playlist_id=PLabc"),
        ("https://www.youtube.com/user/someone", f"{VIDEOS}?user=someone"),
        ("https://www.reddit.com/r/news/", "https://www.reddit.com/r/news/.rss"),
        (
            "https://old.reddit.com/r/news/top?t=week",
            "https://www.reddit.com/r/news/top/.rss?t=week",
        ),
        ("https://reddit.com/u/someone", "https://www.reddit.com/user/someone/.rss"),
        ("https://social.example/@someone", "https://social.example/@someone.rss"),
        ("https://social.example/@a@other.example", "https://other.example/@a.rss"),
        ("https://lemmy.example/c/news", "https://lemmy.example/feeds/c/news.xml?sort=New"),
        ("https://lemmy.example/u/a@b.example", "https://b.example/feeds/u/a.xml?sort=New"),
        ("https://social.example/tags/news", "https://social.example/tags/news.rss"),
        ("https://github.com/o/r", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r.git", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r/tags", "https://github.com/o/r/tags.atom"),
        ("https://github.com/o/r/commits/main", "https://github.com/o/r/commits/main.atom"),
        ("https://github.com/someone", "https://github.com/someone.atom"),
        ("https://gitlab.com/g/s/p/-/tree/main", "https://gitlab.com/g/s/p/-/releases.atom"),
        ("https://codeberg.org/o/r", "https://codeberg.org/o/r/releases.rss"),
        ("https://medium.com/@someone", "https://medium.com/feed/@someone"),
        ("https://paper.medium.com/story", "https://paper.medium.com/feed"),
        ("https://bsky.app/profile/a.example", "https://bsky.app/profile/a.example/rss"),
        ("https://news.google.com/search?q=tide", "https://news.google.com/rss/search?q=tide"),
        (
            "https://store.steampowered.com/app/400/Portal/",
            "https://store.steampowered.com/feeds/news/app/400",
        ),
        ("https://vimeo.com/someone", "https://vimeo.com/someone/videos/rss"),
        ("https://dev.to/someone/a-story-1a", "https://dev.to/feed/someone"),
        ("https://dev.to/t/python", "https://dev.to/feed/tag/python"),
        (
            "https://stackoverflow.com/questions/tagged/python",
            "https://stackoverflow.com/feeds/tag/python",
        ),
    ],
)
def test_pages_of_known_sites(url: str, feed: str) -> None:
    assert known_feeds(url)[0].url == feed


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@someone",
        "https://github.com/features",
        "https://github.com/o/r/releases.atom",
        "https://social.example/@someone.rss",
        "https://paper.example/world",
        "https://notyoutube.com/user/someone",
    ],
)
def test_pages_that_say_nothing_by_their_address(url: str) -> None:
    assert known_feeds(url) == []


def test_a_channel_is_in_the_page_of_its_handle() -> None:
    page = f'{{"metadata":{{"externalId":"{CHANNEL}"}}}}'
    (found,) = feeds_in_page("https://www.youtube.com/@someone", page)
    assert found.url == f"{VIDEOS}?channel_id={CHANNEL}"
    assert feeds_in_page("https://paper.example/", page) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paper.example/world", "https://paper.example/world"),
        (" https://paper.example ", "https://paper.example"),
        ("feed:https://paper.example/f", "https://paper.example/f"),
        ("feed://paper.example/f", "https://paper.example/f"),
        ("@someone@social.example", "https://social.example/@someone"),
        ("exec:make-feed --all", "exec:make-feed --all"),
        ("file:///tmp/feed.xml", "file:///tmp/feed.xml"),
        ("nonsense", ""),
        ("javascript:alert(1)", ""),
        ("exec:", ""),
        ("", ""),
    ],
)
def test_what_a_person_types(typed: str, meant: str) -> None:
    assert address(typed) == meant


def test_a_file_that_exists_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my feed.xml").touch()
    monkeypatch.chdir(tmp_path)
    assert address("my feed.xml") == (tmp_path / "my feed.xml").as_uri()
    assert address("./other.xml") == (tmp_path / "other.xml").as_uri()


def test_guesses_begin_beside_the_page() -> None:
    found = guesses("https://paper.example/blog/story.html?x=1")
    assert found[0] == "https://paper.example/blog/feed"
    assert "https://paper.example/feed" in found
    assert guesses("https://paper.example")[0] == "https://paper.example/feed"
    assert guesses("https://paper.example/blog")[0] == "https://paper.example/blog/feed"
    assert len(guesses("https://paper.example/a/b/c")) < 16
