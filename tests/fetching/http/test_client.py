"""What goes over the line, watched by a real server."""

import asyncio
import gzip

import pytest

from tests.clock import Clock
from tests.fetching.http.conftest import Make, Memory
from tests.loopback import Answer, Reply, Seen, serve
from tui import __version__
from tui.domain.errors import (
    BrokenBody,
    FetchError,
    Gone,
    Refused,
    RobotsRefused,
    TooLarge,
    TooMany,
    Unreachable,
)
from tui.domain.feeds import Feed, Page, Unchanged, Validators
from tui.fetching.http.client import HttpFetcher

RSS = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
HTML = b"<!doctype html><html><body><a href=/a>A</a></body></html>"


def feed(url: str, **more: object) -> Feed:
    return Feed(1, url, **more)  # type: ignore[arg-type]


async def test_a_feed_comes_with_its_headers_and_time(fetcher: HttpFetcher, clock: Clock) -> None:
    with serve(lambda _: Reply(RSS, headers={"ETag": '"x"', "Set-Cookie": "a=1"})) as server:
        page = await fetcher.feed(feed(server.base + "/feed"))
    assert isinstance(page, Page)
    assert (page.body, page.url, page.fetched) == (RSS, server.base + "/feed", clock())
    assert page.validators.etag == '"x"'
    assert "set-cookie" not in page.headers


async def test_we_say_who_we_are_and_what_we_can_read(fetcher: HttpFetcher) -> None:
    with serve(lambda _: Reply(RSS)) as server:
        await fetcher.feed(feed(server.base))
    headers = server.seen[0].headers
    assert headers["user-agent"] == f"Broadsheet/{__version__} (3 subscribers)"
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert "application/atom+xml" in headers["accept"]
    assert "referer" not in headers
    assert "if-none-match" not in headers


async def test_the_user_can_call_us_something_else(make: Make) -> None:
    with serve(lambda _: Reply(RSS)) as server:
        await make(user_agent="Reader of mine").page(server.base)
    assert server.seen[0].headers["user-agent"] == "Reader of mine"


@pytest.mark.parametrize(
    "etag", ['"abc"', 'W/"abc"', "unquoted", '"caf\xe9"', '"a,b"', 'W/"6f-\\"x"']
)
async def test_validators_go_back_exactly_as_they_came(fetcher: HttpFetcher, etag: str) -> None:
    odd_date = "mon, 02 mar 2026 11:00:00 +0000"

    def answer(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(RSS, headers={"ETag": etag, "Last-Modified": odd_date})

    with serve(answer) as server:
        page = await fetcher.feed(feed(server.base))
        assert isinstance(page, Page)
        again = await fetcher.feed(feed(server.base, validators=page.validators))
    assert isinstance(again, Unchanged)
    assert server.seen[1].headers["if-modified-since"] == odd_date


async def test_a_304_that_was_not_asked_for_is_no_document(fetcher: HttpFetcher) -> None:
    with serve(lambda _: Reply(status=304)) as server, pytest.raises(BrokenBody):
        await fetcher.feed(feed(server.base))


async def test_pages_are_asked_for_without_conditions(fetcher: HttpFetcher) -> None:
    with serve(lambda _: Reply(HTML)) as server:
        page = await fetcher.page(server.base + "/story?id=1")
    assert page.body == HTML
    assert server.paths() == ["/story?id=1"]


async def test_gzip_is_undone(fetcher: HttpFetcher) -> None:
    reply = Reply(gzip.compress(RSS), headers={"Content-Encoding": "gzip"})
    with serve(lambda _: reply) as server:
        assert (await fetcher.page(server.base)).body == RSS


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, Refused, "404"),
        (403, Refused, "403"),
        (410, Gone, "410"),
        (429, TooMany, "429"),
        (500, Refused, "500"),
        (503, Refused, "503"),
        (204, BrokenBody, "204"),
        (206, BrokenBody, "206"),
        (418, Refused, "418"),
    ],
)
async def test_each_status_means_something(
    fetcher: HttpFetcher, status: int, kind: type[FetchError], reason: str
) -> None:
    with serve(lambda _: Reply(b"x", status)) as server, pytest.raises(kind) as caught:
        await fetcher.feed(feed(server.base))
    assert caught.value.reason == reason
    assert str(status) in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_body_beyond_the_limit_is_not_read(make: Make) -> None:
    with (
        serve(lambda _: Reply(b"x" * 2_000_000)) as server,
        pytest.raises(TooLarge),
    ):
        await make(limit=1_000_000).page(server.base)
        with pytest.raises(TooLarge):
            await make(limit=1_999_999).page(server.base)
        assert len((await make(limit=2_000_000).page(server.base)).body) == 2_000_000


def redirects(**targets: tuple[int, str]) -> Answer:
    def answer(seen: Seen) -> Reply:
        name = seen.path.strip("/")
        if name in targets:
            status, location = targets[name]
            return Reply(b"moved", status, {"Location": location})
        return Reply(RSS)

    return answer


async def test_permanent_is_only_what_permanent_steps_alone_led_to(fetcher: HttpFetcher) -> None:
    answer = redirects(
        a=(301, "/b"),
        b=(308, "/end"),
        c=(301, "/d"),
        d=(302, "/end"),
        e=(302, "/f"),
        f=(301, "/end"),
    )
    with serve(answer) as server:
        permanent = {}
        for name in "aceg":
            page = await fetcher.feed(feed(f"{server.base}/{name}"))
            assert isinstance(page, Page)
            permanent[name] = page.permanent.removeprefix(server.base)
            assert page.url.endswith("/end") or name == "g"
    assert permanent == {"a": "/end", "c": "/d", "e": "", "g": ""}


async def test_an_unchanged_answer_at_the_new_address_tells_it_too(fetcher: HttpFetcher) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/old":
            return Reply(status=301, headers={"Location": "/new"})
        return Reply(status=304)

    with serve(answer) as server:
        old = feed(server.base + "/old", validators=Validators('"x"'))
        answered = await fetcher.feed(old)
    assert isinstance(answered, Unchanged)
    assert answered.permanent == server.base + "/new"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/loop", "redirect loop"),
        ("file:///etc/passwd", "redirect"),
        ("javascript:alert(1)", "redirect"),
        ("ftp://example.org/", "redirect"),
        ("http://user:pass@127.0.0.1/", "redirect"),
        ("http://169.254.169.254/latest/", "redirect"),
        ("", "redirect"),
    ],
)
async def test_where_redirects_may_not_lead(
    fetcher: HttpFetcher, location: str, reason: str
) -> None:
    with (
        serve(lambda _: Reply(b"", 302, {"Location": location})) as server,
        pytest.raises(FetchError) as caught,
    ):
        await fetcher.page(server.base + "/loop")
    assert caught.value.reason == reason
    assert len(server.seen) <= 2


async def test_endless_redirects_are_given_up(fetcher: HttpFetcher) -> None:
    def answer(seen: Seen) -> Reply:
        return Reply(b"", 302, {"Location": f"/{int(seen.path.strip('/')) + 1}"})

    with serve(answer) as server, pytest.raises(FetchError, match="More than"):
        await fetcher.page(server.base + "/1")
    assert len(server.seen) == 9


async def test_a_site_that_sets_a_cookie_and_sends_back_is_followed(fetcher: HttpFetcher) -> None:
    def answer(seen: Seen) -> Reply:
        if "seen=1" in seen.headers.get("cookie", ""):
            return Reply(HTML)
        return Reply(b"", 302, {"Location": "/story", "Set-Cookie": "seen=1; Path=/"})

    with serve(answer) as server:
        assert (await fetcher.page(server.base + "/story")).body == HTML
        await fetcher.page(server.base + "/story")
    # What a server set does not follow us to the next visit.
    assert [("cookie" in seen.headers) for seen in server.seen] == [False, True, False, True]


async def test_one_connection_a_host_is_used_again(fetcher: HttpFetcher) -> None:
    with serve(lambda _: Reply(HTML, delay=0.01)) as server:
        await asyncio.gather(*(fetcher.page(f"{server.base}/{n}") for n in range(8)))
        assert {seen.connection for seen in server.seen} == {1}
    assert server.most_open == 1


async def test_also_after_errors_and_redirects_the_connection_is_kept(fetcher: HttpFetcher) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/missing":
            return Reply(b"not here", 404)
        return Reply(b"moved", 302, {"Location": "/x"}) if seen.path == "/a" else Reply(HTML)

    with serve(answer) as server:
        await fetcher.page(server.base + "/a")
        with pytest.raises(Refused):
            await fetcher.page(server.base + "/missing")
        await fetcher.page(server.base + "/b")
    assert {seen.connection for seen in server.seen} == {1}


async def test_different_hosts_are_asked_at_the_same_time(fetcher: HttpFetcher) -> None:
    both = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()

    def answer(_: Seen) -> Reply:
        # Comes back only when the other host was asked too.
        asyncio.run_coroutine_threadsafe(both.wait(), loop).result(5)
        return Reply(HTML)

    with serve(answer) as one, serve(answer) as other:
        await asyncio.gather(fetcher.page(one.base), fetcher.page(other.base))
    assert (len(one.seen), len(other.seen)) == (1, 1)


async def test_offline_nothing_is_sent(make: Make) -> None:
    with serve(lambda _: Reply(HTML)) as server:
        fetcher = make(offline=True)
        with pytest.raises(Unreachable) as caught:
            await fetcher.page(server.base)
        assert (caught.value.reason, server.seen) == ("offline", [])
        fetcher.offline = False
        await fetcher.page(server.base)
    assert len(server.seen) == 1


async def test_a_host_that_asks_for_rest_gets_it_from_all_and_after_a_restart(
    make: Make, clock: Clock
) -> None:
    status = 429

    def answer(_: Seen) -> Reply:
        return Reply(b"", status, {"Retry-After": "3600"} if status == 429 else {})

    with (
        serve(answer) as server,
        pytest.raises(TooMany),
    ):
        await make().feed(feed(server.base + "/one"))
        clock.pass_(minutes=59)
        restarted = make()
        with pytest.raises(TooMany) as caught:
            await restarted.page(server.base + "/two")
        assert (caught.value.reason, len(server.seen)) == ("waiting", 1)
        assert caught.value.retry_after == 60
        clock.pass_(minutes=2)
        status = 200
        assert (await make(sleep=no_sleep).page(server.base + "/two")).status == 200


async def no_sleep(_: float) -> None:
    """Time that need not pass."""


SECTION_ROBOTS = b"User-agent: *\nDisallow: /private\n"


def site(robots: Reply) -> Answer:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/robots.txt":
            return robots
        return Reply(RSS) if seen.path.endswith(".xml") else Reply(HTML)

    return answer


async def test_robots_txt_is_asked_for_section_pages_only(
    make: Make, memory: Memory, clock: Clock
) -> None:
    with serve(site(Reply(SECTION_ROBOTS))) as server:
        await make().feed(feed(server.base + "/private/feed.xml"))
        await make().page(server.base + "/private/story")
        assert "/robots.txt" not in server.paths()
        await make().feed(feed(server.base + "/news"))
        assert server.paths().count("/robots.txt") == 1
        with pytest.raises(RobotsRefused):
            await make().feed(feed(server.base + "/private/news"))
        # From now on the page itself is not asked for any more, and robots.txt once a day.
        before = len(server.seen)
        with pytest.raises(RobotsRefused):
            await make().feed(feed(server.base + "/private/news"))
        assert len(server.seen) == before
        clock.pass_(hours=25)
        with pytest.raises(RobotsRefused):
            await make().feed(feed(server.base + "/private/news"))
        assert server.paths()[before:] == ["/robots.txt"]


@pytest.mark.parametrize("robots", [Reply(b"", 404), Reply(HTML), Reply(b"", 403)])
async def test_without_robots_txt_there_are_no_rules(fetcher: HttpFetcher, robots: Reply) -> None:
    with serve(site(robots)) as server:
        page = await fetcher.feed(feed(server.base + "/private"))
    assert isinstance(page, Page)


async def test_a_server_in_trouble_is_asked_again_later(fetcher: HttpFetcher) -> None:
    with serve(site(Reply(b"", 500))) as server, pytest.raises(Refused):
        await fetcher.feed(feed(server.base + "/private"))
