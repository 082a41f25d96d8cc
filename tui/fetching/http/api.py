"""`Api`: requests to one server's API, with its own sign-in. Redirects are not followed: a form with
a password goes where the user said and nowhere else."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import httpx

from tui.domain.errors import Refused
from tui.fetching.http.bodies import decode
from tui.fetching.http.connection import Connections
from tui.fetching.http.exchange import read_raw
from tui.fetching.http.failures import explain
from tui.settings import HttpSettings

# Lists of all ids of a large library are larger than any page.
_LIMIT = 100_000_000


class Api:
    """Calls below `base`. Raises FetchError."""

    def __init__(self, base: str, settings: HttpSettings, user_agent: str) -> None:
        self.base = base.rstrip("/")
        self._settings = settings
        self._connections = Connections(settings, user_agent)

    async def get(self, path: str, headers: Mapping[str, str]) -> bytes:
        """The body of a GET."""
        return await self._send("GET", path, dict(headers), b"")

    async def post(
        self, path: str, form: Sequence[tuple[str, str]], headers: Mapping[str, str]
    ) -> bytes:
        """The body of the answer to a POST of `form`."""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return await self._send("POST", path, {**headers, **kind}, urlencode(form).encode())

    async def close(self) -> None:
        """End the connections."""
        await self._connections.close()

    async def _send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        url = self.base + path
        host = httpx.URL(url).host
        try:
            response = await self._connections.send(url, headers, method=method, body=body)
            try:
                if response.status_code in (401, 403):
                    raise Refused(
                        f"{host} did not accept the name or the password.",
                        status=response.status_code,
                    )
                if response.status_code != 200:
                    raise Refused(
                        f"{host} answered {response.status_code} to its API.",
                        status=response.status_code,
                    )
                encoding = response.headers.get("content-encoding", "")
                return decode(await read_raw(response, _LIMIT), encoding, _LIMIT)
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise explain(error, host, self._settings.timeout) from error
