"""Two-way state with a real Miniflux, through the real command."""

import json
from pathlib import Path

import pytest

from tests.cli.run import broadsheet
from tests.miniflux import Miniflux, feed_of, miniflux

__all__ = ["miniflux"]
pytestmark = pytest.mark.service


def use(home: Path, server: Miniflux, password: str) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f'[server]\nurl = "{server.base}"\nuser = "{server.user}"\n'
        f"password_command = \"printf '{password}'\"\n"
    )


def states() -> dict[str, tuple[bool, bool]]:
    done = broadsheet("list", "--json", "--query", "", "--limit", "0")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["title"]: (row["read"], row["starred"]) for row in rows}


def test_subscriptions_and_states_go_both_ways(home: Path, miniflux: Miniflux) -> None:
    from tui import paths
    from tui.domain.editions import Edition
    from tui.library.store import open_library
    from tui.settings import Settings

    use(home, miniflux, miniflux.password)
    with feed_of(20) as url:
        miniflux.subscribe(url)
        miniflux.mark("Entry 3", "read")
        miniflux.star("Entry 17")
        assert broadsheet("sync", "--no-articles").returncode == 0
        ours = states()
        assert len(ours) == 20
        assert {title for title, (read, _) in ours.items() if read} == {"Entry 3"}
        assert {title for title, (_, star) in ours.items() if star} == {"Entry 17"}

        shelf = open_library(paths.find(), Settings())
        numbers = {e.title: e.id for e in shelf.headlines(Edition(""), 100)}
        shelf.mark([numbers["Entry 11"], numbers["Entry 12"]], read=True)
        shelf.mark([numbers["Entry 17"]], starred=False)
        shelf.mark([numbers["Entry 3"]], read=False)
        shelf.close()
        miniflux.mark("Entry 5", "read")
        assert broadsheet("sync", "--no-articles").returncode == 0
        there = miniflux.entries()
        assert {t for t, e in there.items() if e["status"] == "read"} == {
            "Entry 5",
            "Entry 11",
            "Entry 12",
        }
        assert not any(e["starred"] for e in there.values())
        assert {title for title, (read, _) in states().items() if read} == {
            "Entry 5",
            "Entry 11",
            "Entry 12",
        }


def test_subscriptions_and_folders_go_both_ways_too(home: Path, miniflux: Miniflux) -> None:
    def there() -> dict[str, str]:
        feeds = miniflux.api.get("/v1/feeds").json()
        return {feed["feed_url"]: feed["category"]["title"] for feed in feeds}

    def here() -> dict[str, str]:
        rows = map(json.loads, broadsheet("feeds", "--json").stdout.splitlines())
        return {row["url"]: row["folder"] for row in rows}

    def sync() -> None:
        assert broadsheet("sync", "--no-articles", "--quiet").stderr == ""

    use(home, miniflux, miniflux.password)
    with feed_of(3) as one, feed_of(4) as two, feed_of(5) as three:
        miniflux.subscribe(one)
        broadsheet("add", "--no-sync", "--folder", "Mine", two)
        broadsheet("add", "--no-sync", three)
        sync()
        assert there() == here() | {three: "All"}
        assert here()[two] == "Mine"
        sync()
        assert there() == here()
        # A folder here, a folder there, a feed less on each side.
        broadsheet("feeds", "--move", one, "World")
        number = next(f["id"] for f in miniflux.api.get("/v1/feeds").json() if f["feed_url"] == two)
        category = miniflux.api.post("/v1/categories", json={"title": "Theirs"}).json()["id"]
        miniflux.api.put(f"/v1/feeds/{number}", json={"category_id": category})
        broadsheet("feeds", "--remove", three)
        sync()
        assert here() == there() == {one: "World", two: "Theirs"}
        miniflux.api.delete(f"/v1/feeds/{number}")
        sync()
        assert here() == there() == {one: "World"}


def test_many_entries_are_linked_in_one_round(home: Path, miniflux: Miniflux) -> None:
    use(home, miniflux, miniflux.password)
    with feed_of(600) as url:
        miniflux.subscribe(url)
        miniflux.api.put(
            "/v1/entries",
            json={
                "entry_ids": [
                    entry["id"]
                    for entry in miniflux.api.get("/v1/entries?limit=350").json()["entries"]
                ],
                "status": "read",
            },
        )
        assert broadsheet("sync", "--no-articles").returncode == 0
        read = sum(seen for seen, _ in states().values())
        assert (len(states()), read) == (600, 350)


def test_a_server_that_refuses_costs_no_sync(home: Path, miniflux: Miniflux) -> None:
    use(home, miniflux, "wrong")
    done = broadsheet("sync")
    assert done.returncode == 0
    assert "did not accept the name or the password" in done.stdout + done.stderr
