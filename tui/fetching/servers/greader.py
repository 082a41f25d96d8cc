"""The Google Reader API, as Miniflux, FreshRSS and others speak it.

Measured on Miniflux 2.2.6: it reads a short item id as hexadecimal, so that "10" marks entry 16
without an error; ids are always sent in the long form here. Lists come in pages (`continuation`).
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from tui.domain.errors import BrokenBody, FetchError
from tui.domain.servers import RemoteEntry, RemoteFeed, RemoteStates
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.http.api import Api

_STATE = "user/-/state/com.google/"
_LONG = "tag:google.com,2005:reader/item/"
_PAGE = 10_000
_BATCH = 200
# A server that never ends its list is cut off here: ten million entries.
_MOST_PAGES = 1_000


class GoogleReader:
    """Implements domain.servers.Server. `user` and `password` are those of the API; the password is
    asked for with the first request."""

    def __init__(self, api: Api, user: str, password: Callable[[], Awaitable[str]]) -> None:
        self._api, self._user, self._password = api, user, password
        self._auth: dict[str, str] = {}
        self.name = f"{user} at {api.base}"

    async def feeds(self) -> Sequence[RemoteFeed]:
        """All subscriptions, with the first of their labels as folder."""
        answer = await self._get("subscription/list", {})
        feeds = []
        for value in _objects(answer.get("subscriptions")):
            url = safe_url(str(value.get("url") or ""))
            labels = [str(c.get("label") or "") for c in _objects(value.get("categories"))]
            if url:
                title = clean_line(str(value.get("title") or ""), 200)
                folder = clean_line(next(iter(labels), ""), 100)
                feeds.append(RemoteFeed(url, title, folder, str(value.get("id") or "")))
        return feeds

    async def subscribe(self, url: str, title: str, folder: str) -> str:
        """Subscribe there; the id of the feed. Raises FetchError where the server can't fetch it."""
        answer = json_of(await self._post("subscription/quickadd", [("quickadd", url)]))
        feed = str(answer.get("streamId") or "")
        if not feed:
            raise FetchError("it found no feed there", reason="server")
        if title:
            await self._edit(feed, ("ac", "edit"), ("t", title))
        if folder:
            await self.move(feed, folder)
        return feed

    async def unsubscribe(self, feed: str) -> None:
        """Give up a feed."""
        await self._edit(feed, ("ac", "unsubscribe"))

    async def move(self, feed: str, folder: str) -> None:
        """Put a feed into a folder."""
        await self._edit(feed, ("ac", "edit"), ("a", f"user/-/label/{folder}"))

    async def _edit(self, feed: str, *fields: tuple[str, str]) -> None:
        _confirmed(await self._post("subscription/edit", [("s", feed), *fields]))

    async def states(self) -> RemoteStates:
        """All ids, those that are read, those that are starred."""
        return RemoteStates(
            await self._ids("reading-list"), await self._ids("read"), await self._ids("starred")
        )

    async def entries(self, ids: Iterable[str]) -> Sequence[RemoteEntry]:
        """What stands behind `ids`; those without an address are left out."""
        found: list[RemoteEntry] = []
        for batch in _batches(list(ids)):
            answer = await self._post("stream/items/contents", [("i", i) for i in batch])
            for value in _objects(json_of(answer).get("items")):
                links = _objects(value.get("canonical")) + _objects(value.get("alternate"))
                url = next((u for link in links if (u := safe_url(str(link.get("href"))))), "")
                if url and (remote := long_id(str(value.get("id") or ""))):
                    found.append(RemoteEntry(remote, url))
        return found

    async def mark(
        self, ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """Set or take a state of `ids`."""
        fields = [
            ("a" if wanted else "r", _STATE + name)
            for name, wanted in (("read", read), ("starred", starred))
            if wanted is not None
        ]
        for batch in _batches(list(ids)):
            _confirmed(await self._post("edit-tag", [*fields, *(("i", i) for i in batch)]))

    async def _ids(self, state: str) -> frozenset[str]:
        ids: set[str] = set()
        after = ""
        for _ in range(_MOST_PAGES):
            fields = {"s": _STATE + state, "n": str(_PAGE), **({"c": after} if after else {})}
            answer = await self._get("stream/items/ids", fields)
            ids.update(long_id(str(ref.get("id"))) for ref in _objects(answer.get("itemRefs")))
            after = str(answer.get("continuation") or "")
            if not after:
                break
        return frozenset(ids - {""})

    async def _get(self, call: str, fields: dict[str, str]) -> dict[str, Any]:
        query = urlencode({"output": "json", **fields})
        await self._sign_in()
        return json_of(await self._api.get(f"/reader/api/0/{call}?{query}", self._auth))

    async def _post(self, call: str, fields: Sequence[tuple[str, str]]) -> bytes:
        await self._sign_in()
        token = (await self._api.get("/reader/api/0/token", self._auth)).decode("ascii", "replace")
        form = [("T", token.strip()), *fields]
        return await self._api.post(f"/reader/api/0/{call}?output=json", form, self._auth)

    async def _sign_in(self) -> None:
        if self._auth:
            return
        form = [("Email", self._user), ("Passwd", await self._password())]
        answer = await self._api.post("/accounts/ClientLogin", form, {})
        for line in answer.decode("ascii", "replace").splitlines():
            name, _, value = line.partition("=")
            if name == "Auth" and value:
                self._auth = {"authorization": f"GoogleLogin auth={value}"}
                return
        raise FetchError(
            "The server gave no sign-in token; is its Google Reader API switched on?",
            reason="sign-in",
        )


def _confirmed(answer: bytes) -> None:
    if answer.strip() != b"OK":
        raise FetchError("The server did not confirm a change.", reason="server")


def long_id(short: str) -> str:
    """The long form of an item's id: a short one is a signed decimal number. "" if it is neither."""
    if short.startswith(_LONG):
        return short
    try:
        return f"{_LONG}{int(short) % (1 << 64):016x}"
    except ValueError:
        return ""


def json_of(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`. Raises BrokenBody."""
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise BrokenBody("The server's answer is not what its API promises.", reason="server")
    return value


def _objects(value: object) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[i : i + _BATCH] for i in range(0, len(ids), _BATCH))
