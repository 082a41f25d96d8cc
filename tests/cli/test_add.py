"""`broadsheet add`: subscribing, and fetching what was subscribed to."""

import json
from pathlib import Path

from tests.cli.run import broadsheet
from tests.fetching.feeds.documents import rss
from tests.loopback import Reply, Seen, serve

FEED = rss("<item><title>One</title><description>Words.</description></item>", "<title>P</title>")
PAGE = (
    b"<!doctype html><html><head>"
    b'<link rel="alternate" type="application/rss+xml" href="/f.xml" title="All">'
    b'<link rel="alternate" type="application/rss+xml" href="/sport.xml" title="Sport">'
    b"</head><body></body></html>"
)


def answer(seen: Seen) -> Reply:
    pages = {"/": PAGE, "/f.xml": FEED, "/sport.xml": FEED}
    return Reply(pages[seen.path]) if seen.path in pages else Reply(b"", 404)


def settings(home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[entities]\nenabled = false\n")


def feeds() -> list[dict[str, object]]:
    return [json.loads(line) for line in broadsheet("feeds", "--json").stdout.splitlines()]


def test_a_page_leads_to_its_feed_and_the_feed_is_fetched(home: Path) -> None:
    settings(home)
    with serve(answer) as server:
        done = broadsheet("add", "--folder", "World", server.base)
        again = broadsheet("add", server.base)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"subscribed to P <{server.base}/f.xml>",
        f"  also there: {server.base}/sport.xml  Sport",
        "1 entry, 1 article",
    ]
    assert again.stdout.startswith(f"already subscribed to P <{server.base}/f.xml>")
    (feed,) = feeds()
    assert (feed["url"], feed["folder"], feed["state"]) == (f"{server.base}/f.xml", "World", "ok")


def test_one_that_fails_does_not_stop_the_others() -> None:
    with serve(answer) as server:
        done = broadsheet(
            "add", "--no-sync", f"{server.base}/none", "nonsense", f"{server.base}/f.xml"
        )
    assert done.returncode == 1
    assert done.stdout == f"subscribed to P <{server.base}/f.xml>\n"
    first, second = done.stderr.splitlines()
    assert first.startswith(f"broadsheet: {server.base}/none: ")
    assert second.startswith("broadsheet: nonsense is no address")
    assert len(feeds()) == 1


HEADLINES = "".join(
    f"<h2><a href='/2024/02/0{n}/story-number-{n}?at=top'>A story about the number {n}</a></h2>"
    for n in range(1, 5)
)


def section(seen: Seen) -> Reply:
    page = {"/world": HEADLINES, "/robots.txt": None}.get(
        seen.path.partition("?")[0], "<p>Words</p>"
    )
    html = f"<!doctype html><html><head><title>World</title></head><body>{page}</body></html>"
    return Reply(html.encode()) if page else Reply(b"", 404)


def test_a_page_without_a_feed_is_read_as_a_section(home: Path) -> None:
    settings(home)
    with serve(section) as server:
        done = broadsheet("add", f"{server.base}/world")
        again = broadsheet("sync", "--all", "--json")
    assert done.stdout.splitlines() == [
        f"subscribed to World <{server.base}/world#section>",
        "4 entries, 4 articles",
    ]
    assert "/robots.txt" in server.paths()
    assert not any("#" in path for path in server.paths())
    finished = json.loads(again.stdout.splitlines()[-1])
    assert (finished["new"], finished["failed"]) == (0, 0)


def test_robots_txt_keeps_us_from_sections(home: Path) -> None:
    settings(home)

    def answer(seen: Seen) -> Reply:
        no = seen.path == "/robots.txt"
        return Reply(b"User-agent: *\nDisallow: /") if no else section(seen)

    with serve(answer) as server:
        done = broadsheet("add", f"{server.base}/world")
    assert done.returncode == 1
    assert "robots.txt" in done.stderr
