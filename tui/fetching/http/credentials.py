"""What identifies the user to a server: cookies from a Netscape cookies.txt, passwords from a
command, and headers of the user's own. Passwords and headers belong to the origin of the feed that
they were set for, and go nowhere else.
"""

import base64
import re
from collections.abc import Mapping
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path

import httpx

from tui.domain.errors import FetchError
from tui.fetching.http.local import run
from tui.fetching.http.origins import Options, Origin, by_origin, origin, same_site

# RFC 9110, 5.1: the name of a header.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~\w-]+", re.ASCII)
# A password manager may ask its user for a key first.
_PASSWORD_SECONDS = 60.0
_LONGEST_PASSWORD = 8192
_LARGEST_JAR = 10_000_000  # bytes


class Credentials:
    """The user's cookies, passwords and headers, by origin. Files and commands are read when first
    needed.

    Raises FetchError from `headers` where a file, a command or an option gives nothing usable.
    """

    def __init__(self, cookie_file: str, feeds: Mapping[str, Options]) -> None:
        files = [cookie_file, *(options.get("cookies", "") for options in feeds.values())]
        self._files = [Path(name).expanduser() for name in dict.fromkeys(files) if name]
        self._options = by_origin(feeds, "password_command")
        self._own = by_origin(feeds, "user_agent", "header")
        self._jar: CookieJar | None = None
        self._authorization: dict[Origin, str] = {}

    async def headers(self, url: str, first: str) -> dict[str, str]:
        """Headers for a request to `url`, in a chain of redirects that began at `first`."""
        headers: dict[str, str] = {}
        if same_site(first, url) and (cookies := self._cookies(url)):
            headers["cookie"] = cookies
        if origin(first) != origin(url):
            return headers
        if value := await self._authorize(origin(url)):
            headers["authorization"] = value
        return {**headers, **_own_headers(self._own.get(origin(url), {}))}

    def forget(self, url: str) -> bool:
        """Ask the command again next time: the server took the password no more."""
        return self._authorization.pop(origin(url), None) is not None

    def _cookies(self, url: str) -> str:
        if not self._files:
            return ""
        if self._jar is None:
            self._jar = _load(self._files)
        return cookie_header(httpx.Cookies(self._jar), url)

    async def _authorize(self, place: Origin) -> str:
        options = self._options.get(place)
        if options is None:
            return ""
        if place not in self._authorization:
            self._authorization[place] = await _authorization(options)
        return self._authorization[place]


def _own_headers(options: Options) -> dict[str, str]:
    """What the options `user_agent` and `header` (a "Name: value" a line) say."""
    headers = {"user-agent": options["user_agent"]} if options.get("user_agent") else {}
    for line in filter(str.strip, options.get("header", "").splitlines()):
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name.strip()):
            raise FetchError(f'The header "{line[:60]}" must be "Name: value".', reason="settings")
        headers[name.strip().lower()] = value.strip()
    return headers


def cookie_header(cookies: httpx.Cookies, url: str) -> str:
    """The Cookie header that a jar has for `url`, or ""."""
    if not cookies:
        return ""
    request = httpx.Request("GET", url)
    cookies.set_cookie_header(request)
    return str(request.headers.get("cookie", ""))


async def password_of(command: str) -> str:
    """The first line that `command` prints. Raises FetchError when there is none."""
    if not command.strip():
        raise FetchError("the settings have no password_command for it", reason="password")
    done = await run(["/bin/sh", "-c", command], limit=_LONGEST_PASSWORD, seconds=_PASSWORD_SECONDS)
    lines = done.output.decode("utf-8", "replace").splitlines()
    if done.status or not lines or not lines[0]:
        raise FetchError(
            f"password_command gave no password (status {done.status}): {command[:60]}",
            reason="password",
        )
    return lines[0]


async def _authorization(options: Options) -> str:
    password = await password_of(options["password_command"])
    if options.get("auth", "basic") == "bearer":
        return f"Bearer {password}"
    pair = f"{options.get('user', '')}:{password}".encode()
    return "Basic " + base64.b64encode(pair).decode()


def _require_file(file: Path) -> None:
    """A device or a pipe would be read without an end."""
    if file.exists() and not (file.is_file() and file.stat().st_size <= _LARGEST_JAR):
        raise FetchError(
            f"{file} is no cookies.txt: it must be a file of up to 10 MB.", reason="cookies"
        )


def _load(files: list[Path]) -> CookieJar:
    jar = MozillaCookieJar()
    for file in files:
        _require_file(file)
        try:
            # Session cookies have no expiry in such files, and are what a sign-in leaves.
            jar.load(str(file), ignore_discard=True)
        except LoadError as error:
            raise FetchError(
                f"{file} is no Netscape cookies.txt (its first line must say so).", reason="cookies"
            ) from error
        except OSError as error:
            raise FetchError(
                f"The cookies in {file} can't be read: {error.strerror}.", reason="cookies"
            ) from error
    return jar
