"""The Google Reader API against a real Miniflux."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.miniflux import Miniflux, feed_of, miniflux
from tui.domain.errors import Refused
from tui.fetching.http.api import Api
from tui.fetching.servers.greader import GoogleReader, long_id
from tui.settings import HttpSettings

__all__ = ["miniflux"]
pytestmark = pytest.mark.service


def said(password: str) -> Callable[[], Awaitable[str]]:
    async def command() -> str:
        return password

    return command


@pytest.fixture
async def server(miniflux: Miniflux) -> AsyncIterator[GoogleReader]:
    api = Api(miniflux.base, HttpSettings(), "Broadsheet-test")
    yield GoogleReader(api, miniflux.user, said(miniflux.password))
    await api.close()


async def test_subscriptions_ids_states_and_addresses(
    miniflux: Miniflux, server: GoogleReader
) -> None:
    with feed_of(20) as url:
        miniflux.subscribe(url)
        feeds = await server.feeds()
        assert [feed.url for feed in feeds] == [url]
        states = await server.states()
        assert len(states.ids) == 20
        assert not states.read
        assert not states.starred
        found = {e.url: e.id for e in await server.entries(states.ids)}
        assert len(found) == 20
        assert set(found.values()) == states.ids


async def test_what_is_marked_is_the_right_entry(miniflux: Miniflux, server: GoogleReader) -> None:
    """More than 16 entries: a short id would be read as hexadecimal and mark another entry."""
    with feed_of(20) as url:
        miniflux.subscribe(url)
        by_url = {e.url: e.id for e in await server.entries((await server.states()).ids)}
        entry = url.replace("/feed.xml", "/entry/12")
        await server.mark([by_url[entry]], read=True)
        await server.mark([by_url[entry]], starred=True)
        there = miniflux.entries()
        assert [t for t, e in there.items() if e["status"] == "read"] == ["Entry 12"]
        assert [t for t, e in there.items() if e["starred"]] == ["Entry 12"]
        await server.mark([by_url[entry]], read=False)
        await server.mark([by_url[entry]], starred=False)
        states = await server.states()
        assert not states.read
        assert not states.starred


async def test_a_wrong_password_is_said_in_one_line(miniflux: Miniflux) -> None:
    api = Api(miniflux.base, HttpSettings(), "Broadsheet-test")
    try:
        with pytest.raises(Refused, match="did not accept the name or the password"):
            await GoogleReader(api, miniflux.user, said("wrong")).states()
    finally:
        await api.close()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("10", "tag:google.com,2005:reader/item/000000000000000a"),
        ("-1", "tag:google.com,2005:reader/item/ffffffffffffffff"),
        ("tag:google.com,2005:reader/item/0f", "tag:google.com,2005:reader/item/0f"),
        ("nonsense", ""),
    ],
)
def test_ids_are_always_long(short: str, long: str) -> None:
    assert long_id(short) == long
