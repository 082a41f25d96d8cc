"""A week of sync rounds, watched by the servers: does this reader keep every rule of politeness?

In the manner of Rachel Kroll's feed reader score: servers note each request with its time, and
the rules are checked on what they saw. The clock is ours, the requests are real, and every round
is a new process as far as memory goes: only the library remembers.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.clock import Clock
from tests.loopback import Loopback, Reply, Seen, serve
from tests.sync.rooms import QUICK, Heard, library, rooms, rss
from tui.domain.feeds import Feed, FeedState
from tui.settings import Duration
from tui.sync.round import Wish
from tui.sync.runner import Runner

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
STEP = timedelta(minutes=30)
HOUR = timedelta(hours=1)
SETTINGS = replace(QUICK.sync, interval=Duration(3600), floor=Duration(3600))
FLOOR = timedelta(seconds=SETTINGS.floor)
HTTP = "%a, %d %b %Y %H:%M:%S GMT"


@dataclass
class Visit:
    """One request, when it came, and what it was told."""

    at: datetime
    seen: Seen
    reply: Reply


@dataclass
class Watcher:
    """Answers like the many sorts of servers there are, and writes everything down."""

    clock: Clock
    visits: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))

    def answer(self, seen: Seen) -> Reply:
        kind: Callable[[Seen, int], Reply] = getattr(self, _name(seen.path))
        visits = self.visits[seen.path]
        reply = kind(seen, len(visits))
        visits.append(Visit(self.clock(), seen, reply))
        return reply

    def _changing(self, seen: Seen, every: timedelta, more: str = "", **headers: str) -> Reply:
        """A feed that has an entry `every` so often, with strict validators."""
        now = self.clock()
        number = (now - BEGIN + 20 * every) // every
        etag = f'"{seen.path}-{number}"'
        if seen.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag, **headers})
        entries = [(f"{n}", BEGIN + (n - 20) * every) for n in range(number, number - 10, -1)]
        return Reply(rss(*entries, more=more), headers={"ETag": etag, **headers})

    def steady(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(hours=6))

    def busy(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(minutes=1))

    def silent(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(days=400))

    def cached(self, seen: Seen, _: int) -> Reply:
        headers = {"Cache-Control": "public, max-age=14400"}
        return self._changing(seen, timedelta(minutes=5), **headers)

    def expiring(self, seen: Seen, _: int) -> Reply:
        until = self.clock() + 6 * HOUR
        headers = {"Expires": until.strftime(HTTP), "Date": self.clock().strftime(HTTP)}
        return self._changing(seen, timedelta(minutes=5), **headers)

    def forever(self, seen: Seen, _: int) -> Reply:
        headers = {"Cache-Control": "max-age=31536000"}
        return self._changing(seen, timedelta(minutes=5), **headers)

    def hasty(self, seen: Seen, _: int) -> Reply:
        headers = {"Cache-Control": "max-age=1"}
        return self._changing(seen, timedelta(minutes=1), "<ttl>1</ttl>", **headers)

    def lives(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(minutes=5), "<ttl>300</ttl>")

    def periodic(self, seen: Seen, _: int) -> Reply:
        period = (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
        )
        return self._changing(seen, timedelta(minutes=5), period)

    def sleepy(self, seen: Seen, _: int) -> Reply:
        hours = "".join(f"<hour>{hour}</hour>" for hour in range(6))
        return self._changing(seen, timedelta(hours=4), f"<skipHours>{hours}</skipHours>")

    def limited(self, seen: Seen, number: int) -> Reply:
        if number == 2:
            return Reply(b"", 429, {"Retry-After": "7200"})
        return self._changing(seen, timedelta(hours=4))

    def sibling(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(hours=4))

    def down(self, seen: Seen, _: int) -> Reply:
        if timedelta(days=1) <= self.clock() - BEGIN < timedelta(days=4):
            return Reply(b"", 503)
        return self._changing(seen, timedelta(hours=4))

    def gone(self, seen: Seen, _: int) -> Reply:
        if self.clock() - BEGIN >= timedelta(days=2):
            return Reply(b"", 410)
        return self._changing(seen, timedelta(hours=6))

    def moved(self, _: Seen, __: int) -> Reply:
        return Reply(b"", 301, {"Location": "/home"})

    def home(self, seen: Seen, _: int) -> Reply:
        return self._changing(seen, timedelta(hours=6))

    def portal(self, seen: Seen, number: int) -> Reply:
        if number in (2, 3):
            return Reply(b"", 301, {"Location": "/login"})
        return self._changing(seen, timedelta(hours=6))

    def login(self, _: Seen, __: int) -> Reply:
        return Reply(b"<!doctype html><html><body>Pay for the wireless here</body></html>")

    def once(self, seen: Seen, number: int) -> Reply:
        # A redirect that was set up by mistake and taken back.
        if number == 1:
            return Reply(b"", 301, {"Location": "/home"})
        return self._changing(seen, timedelta(hours=6))

    def section(self, _: Seen, __: int) -> Reply:
        links = "".join(
            f"<article><a href='/story-{n}'>A long headline number {n} of this day</a>"
            f"<time datetime='{BEGIN - n * HOUR:%Y-%m-%dT%H:%M:%SZ}'></time></article>"
            for n in range(8)
        )
        return Reply(f"<!doctype html><html><body><main>{links}</main></body></html>".encode())

    def forbidden(self, seen: Seen, number: int) -> Reply:
        return self.section(seen, number)

    def robots(self, _: Seen, __: int) -> Reply:
        return Reply(b"User-agent: *\nDisallow: /forbidden\n")


def _name(path: str) -> str:
    return path.strip("/").partition(".")[0]


OWN_HOST = {"limited": "limiting", "sibling": "limiting", "section": "site", "forbidden": "site"}
SUBSCRIBED = (
    "steady busy silent cached expiring forever hasty lives periodic sleepy limited sibling down "
    "gone moved portal once section forbidden"
).split()


@dataclass
class Week:
    """What the servers saw, and how the feeds stand at the end."""

    watcher: Watcher
    servers: dict[str, Loopback]
    feeds: dict[str, Feed]

    def visits(self, name: str) -> list[Visit]:
        return self.watcher.visits["/" + name]

    def times(self, name: str) -> list[datetime]:
        return [visit.at for visit in self.visits(name)]

    def gaps(self, name: str) -> list[timedelta]:
        times = self.times(name)
        return [late - early for early, late in pairwise(times)]

    def robots(self, server: Loopback) -> list[Visit]:
        port = f":{server.port}"
        return [visit for visit in self.visits("robots.txt") if visit.seen.host.endswith(port)]

    def home_of(self, name: str) -> str:
        return self.feeds[name].url.rpartition("/")[2]


async def live_through(clock: Clock) -> Week:
    """A week, a round each quarter of an hour."""
    watcher = Watcher(clock)
    with contextlib.ExitStack() as stack:
        servers = {
            name: stack.enter_context(serve(watcher.answer))
            for name in ("main", *set(OWN_HOST.values()))
        }
        with library(clock) as (shelf, _):
            names = {
                shelf.subscribe(f"{servers[OWN_HOST.get(name, 'main')].base}/{name}").id: name
                for name in SUBSCRIBED
            }
        while clock.now < BEGIN + WEEK:
            # A day of rounds with the library open, as a reader has it; then it is opened anew.
            with library(clock) as (shelf, paths):
                for _ in range(timedelta(days=1) // STEP):
                    async with rooms(shelf, clock) as pipeline:
                        runner = Runner(
                            pipeline,
                            SETTINGS,
                            lock=paths.sync_lock,
                            emit=Heard().append,
                            clock=clock,
                        )
                        await runner.run(Wish(articles=False))
                    clock.now += STEP
                feeds = {names[feed.id]: feed for feed in shelf.feeds()}
        return Week(watcher, servers, feeds)


def conditional(visits: list[Visit]) -> bool:
    """True if each request after the first document carried the last ETag that was given."""
    etag = ""
    for visit in visits:
        if visit.seen.headers.get("if-none-match", "") != etag:
            return False
        etag = visit.reply.headers.get("ETag", etag)
    return True


RULES: dict[str, Callable[[Week], bool]] = {
    "the last ETag goes back exactly, every time": lambda week: all(
        conditional(week.visits(name))
        for name in ("steady", "busy", "silent", "cached", "lives", "sleepy", "down")
    ),
    "no feed is asked twice within the floor": lambda week: all(
        gap >= FLOOR for name in SUBSCRIBED for gap in week.gaps(name)
    ),
    "a feed that changes all the time is still read often": lambda week: (
        len(week.visits("busy")) > 160
    ),
    "half of a feed's own rhythm is its interval": lambda week: (
        40 <= len(week.visits("steady")) <= 7 * 24 / 3 + 2
    ),
    "a silent feed is asked less and less, once a day at last": lambda week: (
        len(week.visits("silent")) <= 8 and max(week.gaps("silent")) <= timedelta(days=1) + STEP
    ),
    "Cache-Control: max-age is waited for": lambda week: min(week.gaps("cached")) >= 4 * HOUR,
    "Expires is waited for": lambda week: min(week.gaps("expiring")) >= 6 * HOUR,
    "ttl is waited for": lambda week: min(week.gaps("lives")) >= 5 * HOUR,
    "sy:updatePeriod is waited for": lambda week: min(week.gaps("periodic")) >= 6 * HOUR,
    "nobody is asked in the hours of skipHours": lambda week: (
        all(at.hour >= 6 for at in week.times("sleepy")[1:]) and len(week.visits("sleepy")) > 40
    ),
    "no server can put us off for more than a day": lambda week: (
        7 <= len(week.visits("forever")) <= 8
    ),
    "no server can hurry us": lambda week: min(week.gaps("hasty")) >= FLOOR,
    "Retry-After is kept": lambda week: week.gaps("limited")[2] >= 2 * HOUR,
    "a host that answers 429 has peace from all its feeds": lambda week: (
        not any(
            week.times("limited")[2] < at < week.times("limited")[2] + 2 * HOUR
            for at in week.times("sibling")
        )
    ),
    "and is read again after that": lambda week: len(week.visits("limited")) > 50,
    "a server that is down is asked less and less": lambda week: (
        sum(visit.reply.status == 503 for visit in week.visits("down")) <= 11
    ),
    "and is read as before when it is up": lambda week: (
        week.feeds["down"].state is FeedState.OK and len(week.visits("down")) > 25
    ),
    "410 is asked for once and never again": lambda week: (
        [visit.reply.status for visit in week.visits("gone")].count(410) == 1
        and week.visits("gone")[-1].reply.status == 410
        and week.feeds["gone"].state is FeedState.GONE
    ),
    "a permanent redirect is adopted when it was seen twice": lambda week: (
        len(week.visits("moved")) == 2 and week.home_of("moved") == "home"
    ),
    "a captive portal moves no feed": lambda week: week.home_of("portal") == "portal",
    "a redirect seen once moves no feed": lambda week: week.home_of("once") == "once",
    "robots.txt is read for section pages, once a day": lambda week: (
        6 <= len(week.robots(week.servers["site"])) <= 8
    ),
    "and not where a portal stood in the way once": lambda week: (
        len(week.robots(week.servers["main"])) <= 1 and week.robots(week.servers["limiting"]) == []
    ),
    "a page that robots.txt forbids is left alone": lambda week: (
        len(week.visits("forbidden")) == 1 and len(week.visits("section")) > 7
    ),
    "we say who we are": lambda week: all(
        visit.seen.headers["user-agent"].startswith("Broadsheet/")
        and "subscriber" in visit.seen.headers["user-agent"]
        for visits in week.watcher.visits.values()
        for visit in visits
    ),
    "no cookies, no referrers": lambda week: (
        not any(
            {"cookie", "referer"} & set(visit.seen.headers)
            for visits in week.watcher.visits.values()
            for visit in visits
        )
    ),
    "one connection a host": lambda week: all(
        server.most_open == 1 for server in week.servers.values()
    ),
}


async def test_every_rule_is_kept_over_a_week(clock: Clock) -> None:
    week = await live_through(clock)
    broken = [rule for rule, kept in RULES.items() if not kept(week)]
    assert broken == [], f"{RULES.keys() - set(broken)} kept; visits: {counts(week)}"


def counts(week: Week) -> dict[str, int]:
    return {path: len(visits) for path, visits in week.watcher.visits.items()}
