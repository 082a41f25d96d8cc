"""Files of any length, from a server to the disk: audio and video that entries enclose.

    downloads = Downloads(settings, feeds, user_agent, clock)
    await downloads.save(url, Path("talk.mp3"))

What arrived of a file stays beside it as `NAME.part` with the server's validator, and the next try
asks for the rest (RFC 9110, 13.1.5: If-Range; another file of that name begins anew). Nothing is
decoded, and never more than a piece of it is in memory.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import httpx

from tui.domain.errors import BrokenBody
from tui.domain.ports import Clock
from tui.domain.urls import host_key
from tui.fetching.http.answers import failure
from tui.fetching.http.connection import Connections
from tui.fetching.http.credentials import Credentials
from tui.fetching.http.failures import explain
from tui.fetching.http.origins import MOST_REDIRECTS, REDIRECTS, start, target, too_many
from tui.settings import HttpSettings

_PARTIAL, _ALL_THERE = 206, 416

Tell = Callable[[int, int], None]


class Downloads:
    """One file at a time. `feeds` are the options of single feeds by URL (cookies, passwords)."""

    def __init__(
        self,
        settings: HttpSettings,
        feeds: Mapping[str, Mapping[str, str]],
        user_agent: str,
        clock: Clock,
    ) -> None:
        self._settings, self._clock = settings, clock
        self._connections = Connections(settings, user_agent, feeds)
        self._credentials = Credentials(settings.cookies, feeds)

    async def save(self, url: str, file: Path, tell: Tell = lambda done, total: None) -> int:
        """Bring `url` to `file`; returns its bytes. `tell` hears bytes done, and all (0: unknown).

        Raises FetchError; OSError where the disk does not take it.
        """
        part = _Part(file)
        response = await self._open(url, part.conditions())
        try:
            done = part.begin(response)
            length = response.headers.get("content-length", "0")
            total = done + (int(length) if length.isdigit() else 0)
            with part.open() as out:
                async for chunk in self._chunks(response, host_key(url)):
                    out.write(chunk)
                    done += len(chunk)
                    tell(done, total)
        finally:
            await response.aclose()
        return part.finish()

    async def close(self) -> None:
        """End all connections."""
        await self._connections.close()

    async def _open(self, first: str, conditions: dict[str, str]) -> httpx.Response:
        """The answer at the end of the redirects that begin at `first`, its body not read yet."""
        url = start(first)
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._send(url, first, conditions)
            if response.status_code not in REDIRECTS:
                return await self._checked(response, url)
            await response.aclose()
            url = target(url, response.headers.get("location", ""))
        raise too_many()

    async def _send(self, url: str, first: str, conditions: dict[str, str]) -> httpx.Response:
        known = await self._credentials.headers(url, first)
        headers = {"accept-encoding": "identity", **conditions, **known}
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._connections.send(url, headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise explain(error, host_key(url), self._settings.timeout) from error

    async def _checked(self, response: httpx.Response, url: str) -> httpx.Response:
        if response.status_code in (_PARTIAL, _ALL_THERE):
            return response
        if error := failure(response, host_key(url), self._clock()):
            await response.aclose()
            raise error
        return response

    async def _chunks(self, response: httpx.Response, host: str) -> AsyncIterator[bytes]:
        if response.status_code == _ALL_THERE:
            return
        try:
            async for chunk in response.aiter_raw():
                yield chunk
        except (httpx.HTTPError, OSError) as error:
            raise explain(error, host, self._settings.timeout) from error


class _Part:
    """What is here of a file, and the validator of what it is a part of."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._part = file.with_name(f"{file.name}.part")
        self._validator = file.with_name(f"{file.name}.part.validator")

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the rest."""
        try:
            have, validator = self._part.stat().st_size, self._validator.read_text("latin-1")
        except OSError:
            return {}
        return {"range": f"bytes={have}-", "if-range": validator} if have and validator else {}

    def begin(self, response: httpx.Response) -> int:
        """Get ready for the body of `response`; returns how many bytes stand before it."""
        headers = response.headers
        if response.status_code in (_PARTIAL, _ALL_THERE):
            have, range_ = self._part.stat().st_size, headers.get("content-range", "")
            if range_.startswith(f"bytes {have}-") or range_ == f"bytes */{have}":
                return have
            self._part.unlink()
            raise BrokenBody(
                "The server sent another part than was asked for; try again.", reason="range"
            )
        if (encoding := headers.get("content-encoding", "identity")) != "identity":
            raise BrokenBody(f"The server packed the file ({encoding[:20]}).", reason="encoding")
        etag = headers.get("etag", "")
        # A weak one may stand for other bytes: RFC 9110 allows none in If-Range.
        strong = etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")
        self._part.unlink(missing_ok=True)
        self._validator.write_text(strong, "latin-1", errors="replace")
        return 0

    def open(self) -> BinaryIO:
        """The file to go on with."""
        return self._part.open("ab")

    def finish(self) -> int:
        """All is here: the file gets its name. Returns its bytes."""
        self._part.replace(self._file)
        self._validator.unlink(missing_ok=True)
        return self._file.stat().st_size
