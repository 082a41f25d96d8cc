"""Where well-known sites keep the feeds of their pages: from an address alone, or from a page."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from tui.fetching.discovery.html import Candidate

_CHANNEL = re.compile(r"UC[\w-]{22}")
_CHANNEL_IN_PAGE = re.compile(
    r'(?:"(?:externalId|channelId|browseId)"\s*:\s*"|itemprop="(?:channelId|identifier)"\s+content=")'
    r"(UC[\w-]{22})"
)
# Playlists that every channel has: its id, with another beginning.
_TABS = {"shorts": "UUSH", "streams": "UULV"}
_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_GITHUB_OWN = frozenset(
    "about apps collections contact enterprise events explore features issues join login "
    "marketplace new notifications orgs pricing pulls search security settings site sponsors "
    "stars topics trending users".split()
)
Known = list[Candidate]


def known_feeds(url: str) -> Known:
    """The feeds of the page `url` as its site keeps them, best first; [] where we know none.

    Nothing is fetched, so a candidate may turn out not to be there.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for ending, rule in _RULES.items():
        if host == ending or host.endswith("." + ending):
            return rule(path, query, host)
    return _account(parts.scheme, parts.netloc, path)


def feeds_in_page(url: str, page: str) -> Known:
    """A feed that a site's page gives away without naming it (a YouTube handle's channel)."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    found = _CHANNEL_IN_PAGE.search(page) if host == "youtube.com" else None
    return [Candidate(f"{_YOUTUBE}?channel_id={found[1]}", "", "atom")] if found else []


def _youtube(path: list[str], query: dict[str, str], host: str) -> Known:
    if playlist := query.get("list"):
        return [Candidate(f"{_YOUTUBE}?playlist_id={quote(playlist)}", "Playlist", "atom")]
    if len(path) >= 2 and path[0] == "channel" and _CHANNEL.fullmatch(path[1]):
        if kind := _TABS.get(path[-1]):
            return [Candidate(f"{_YOUTUBE}?playlist_id={kind}{path[1][2:]}", path[-1], "atom")]
        return [Candidate(f"{_YOUTUBE}?channel_id={path[1]}", "", "atom")]
    if len(path) >= 2 and path[0] == "user":
        return [Candidate(f"{_YOUTUBE}?user={quote(path[1])}", path[1], "atom")]
    return []


def _reddit(path: list[str], query: dict[str, str], host: str) -> Known:
    if path and path[-1] == ".rss":
        return []
    if len(path) >= 2 and path[0] in ("r", "u", "user"):
        kind = "user" if path[0] in ("u", "user") else "r"
        rest = "/".join(quote(part) for part in path[1:])
        time = f"?t={quote(query['t'])}" if "t" in query else ""
        title = f"{'u' if kind == 'user' else 'r'}/{path[1]}"
        return [Candidate(f"https://www.reddit.com/{kind}/{rest}/.rss{time}", title, "atom")]
    return [Candidate("https://www.reddit.com/.rss", "Reddit", "atom")] if not path else []


def _github(path: list[str], query: dict[str, str], host: str) -> Known:
    if host != "github.com" or not path or path[0] in _GITHUB_OWN or path[-1].endswith(".atom"):
        return []
    if len(path) == 1:
        return [Candidate(f"https://github.com/{path[0]}.atom", f"{path[0]} on GitHub", "atom")]
    own = f"https://github.com/{path[0]}/{path[1].removesuffix('.git')}"
    name = f"{path[0]}/{path[1]}"
    releases = Candidate(f"{own}/releases.atom", f"Releases of {name}", "atom")
    tags = Candidate(f"{own}/tags.atom", f"Tags of {name}", "atom")
    branch = "/" + "/".join(path[3:]) if len(path) > 3 else ""
    commits = Candidate(f"{own}/commits{branch}.atom", f"Commits of {name}", "atom")
    match path[2] if len(path) > 2 else "":
        case "tags":
            return [tags, releases, commits]
        case "commits" | "tree":
            return [commits, releases, tags]
        case _:
            return [releases, commits, tags]


def _gitlab(path: list[str], query: dict[str, str], host: str) -> Known:
    project = "/".join(path[: path.index("-")] if "-" in path else path)
    if project.count("/") < 1:
        return []
    own = f"https://gitlab.com/{project}/-"
    return [
        Candidate(f"{own}/releases.atom", f"Releases of {project}", "atom"),
        Candidate(f"{own}/tags?format=atom", f"Tags of {project}", "atom"),
    ]


def _codeberg(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) < 2:
        return []
    own = f"https://codeberg.org/{path[0]}/{path[1]}"
    return [Candidate(f"{own}/{what}.rss", f"{what} of {path[1]}") for what in ("releases", "tags")]


def _medium(path: list[str], query: dict[str, str], host: str) -> Known:
    if host != "medium.com":
        return [Candidate(f"https://{host}/feed", "", "rss")]
    if not path or path[0] in ("feed", "m"):
        return []
    rest = "/".join(path[:3] if path[0] == "tag" else path[:1])
    return [Candidate(f"https://medium.com/feed/{rest}", path[0], "rss")]


def _bluesky(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) >= 2 and path[0] == "profile":
        return [Candidate(f"https://bsky.app/profile/{path[1]}/rss", path[1], "rss")]
    return []


def _stack_exchange(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) >= 3 and path[:2] == ["questions", "tagged"]:
        return [Candidate(f"https://{host}/feeds/tag/{path[2]}", path[2], "atom")]
    return [Candidate(f"https://{host}/feeds", host, "atom")] if not path else []


def _arxiv(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) >= 2 and path[0] == "list":
        return [Candidate(f"https://rss.arxiv.org/rss/{path[1]}", path[1], "rss")]
    return []


def _hacker_news(path: list[str], query: dict[str, str], host: str) -> Known:
    return [Candidate("https://news.ycombinator.com/rss", "Hacker News", "rss")] if not path else []


def _google_news(path: list[str], query: dict[str, str], host: str) -> Known:
    if path[:1] == ["rss"]:
        return []
    wishes = f"?{urlencode(query)}" if query else ""
    return [Candidate(f"https://{host}/{'/'.join(['rss', *path])}{wishes}", "Google News", "rss")]


def _steam(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) >= 2 and path[0] == "app" and path[1].isdecimal():
        return [Candidate(f"https://{host}/feeds/news/app/{path[1]}", "News", "rss")]
    return []


def _vimeo(path: list[str], query: dict[str, str], host: str) -> Known:
    if len(path) == 1 and not path[0].isdecimal():
        return [Candidate(f"https://vimeo.com/{path[0]}/videos/rss", path[0], "rss")]
    return []


def _dev(path: list[str], query: dict[str, str], host: str) -> Known:
    if not path or path[0] == "feed":
        return []
    rest = f"tag/{path[1]}" if path[0] == "t" and len(path) > 1 else path[0]
    return [Candidate(f"https://dev.to/feed/{rest}", rest, "rss")]


def _account(scheme: str, host: str, path: list[str]) -> Known:
    """On whatever host, Mastodon and its kin (/@user, /users/user, /tags/word) and Lemmy (/c/name,
    /u/name, with the home of who lives elsewhere)."""
    if len(path) == 1 and path[0].startswith("@") and not path[0].endswith(".rss"):
        user, _, home = path[0][1:].partition("@")
        place = f"{scheme}://{home or host}"
        return [Candidate(f"{place}/@{user}.rss", f"@{user}", "rss")] if user else []
    if len(path) == 2 and path[0] in ("users", "tags") and "." not in path[1]:
        return [Candidate(f"{scheme}://{host}/{path[0]}/{path[1]}.rss", path[1], "rss")]
    if len(path) == 2 and path[0] in ("c", "u"):
        name, _, home = path[1].partition("@")
        feed = f"{scheme}://{home or host}/feeds/{path[0]}/{name}.xml?sort=New"
        return [Candidate(feed, name, "rss")] if name else []
    return []


_RULES: dict[str, Callable[[list[str], dict[str, str], str], Known]] = {
    "youtube.com": _youtube,
    "reddit.com": _reddit,
    "github.com": _github,
    "gitlab.com": _gitlab,
    "codeberg.org": _codeberg,
    "medium.com": _medium,
    "bsky.app": _bluesky,
    "stackoverflow.com": _stack_exchange,
    "stackexchange.com": _stack_exchange,
    "arxiv.org": _arxiv,
    "news.ycombinator.com": _hacker_news,
    "news.google.com": _google_news,
    "steampowered.com": _steam,
    "vimeo.com": _vimeo,
    "dev.to": _dev,
}
