"""Links. `safe_url` decides what may be stored, fetched or opened; `canonical_url` when two links
mean the same page; `strip_tracking` what of a link is only there to follow its reader.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from tui.domain.text import clean

_BAD = re.compile(r"[\s\x00-\x20\x7f]+")
_LONGEST = 4096
# Our own list, from the parameters that mail, ad and analytics services document for themselves.
TRACKING_PREFIXES: tuple[str, ...] = (
    "utm_",
    "pk_",
    "mtm_",
    "piwik_",
    "hsa_",
    "oly_",
    "vero_",
    "at_custom",
    "_hs",
)
TRACKING_NAMES = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid "
    "igsh mc_cid mc_eid mkt_tok s_cid cmpid ocid ncid smid cmp at_medium at_campaign at_link_id "
    "at_link_type at_link_origin at_format at_bbc_team at_ptr_name xtor wt_mc wt_zmc _ga _gl "
    "__twitter_impression guccounter guce_referrer guce_referrer_sig ns_mchannel ns_source "
    "ns_campaign ns_linkname ns_fee sr_share ref_src ref_url spm scm sc_channel sc_campaign "
    "sc_content sc_medium sc_outcome sc_geo sc_country ito cvid rss_id wickedid epik "
    "partner_id campaign_id share_source ftag traffic_source taid".split()
)


def safe_url(url: str, base: str = "", *, schemes: Iterable[str] = ("http", "https")) -> str:
    """`url` made absolute with `base`, or "" if it is nothing that may be fetched or opened.

    Only `schemes` pass; user names and passwords in a link, control characters and hosts that are
    no host do not. White space inside is quoted, as browsers do.
    """
    url = clean(url).strip()
    if not url or len(url) > _LONGEST:
        return ""
    url = _BAD.sub(lambda bad: quote(bad.group()), url.replace("\n", "").replace("\t", ""))
    if len(url) > _LONGEST:  # quoting makes it longer
        return ""
    try:
        joined = urljoin(base, url) if base else url
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in schemes or not parts.hostname or "@" in parts.netloc:
        return ""
    if not _host_is_plain(parts.hostname) or port == 0:
        return ""
    return urlunsplit(parts._replace(scheme=parts.scheme.lower()))


def _host_is_plain(host: str) -> bool:
    return not any(c in host for c in " %\"'`<>|\\^{}$;()")


def strip_tracking(url: str, extra: Iterable[str] = ()) -> str:
    """`url` without parameters that only follow readers; a trailing "*" in `extra` is a prefix."""
    if "?" not in url and "#" not in url:
        return url
    parts = urlsplit(url)
    names, prefixes = TRACKING_NAMES, TRACKING_PREFIXES
    for name in extra:
        if name.endswith("*"):
            prefixes = (*prefixes, name[:-1].lower())
        else:
            names = names | {name.lower()}

    def follows(pair: str) -> bool:
        name = pair.partition("=")[0].lower()
        return name in names or name.startswith(prefixes)

    query = "&".join(p for p in parts.query.split("&") if p and not follows(p))
    fragment = (
        "" if follows(parts.fragment) or parts.fragment.startswith("xtor") else parts.fragment
    )
    return urlunsplit(parts._replace(query=query, fragment=fragment))


@lru_cache(maxsize=1024)  # an entry's address is asked for three times while it is stored
def canonical_url(url: str) -> str:
    """A key that is equal for links to the same page; not for fetching.

    Scheme, "www." and "m.", default ports, trailing slashes, index files, tracking, the order of
    parameters and fragments make no difference (a fragment of the form "#!/..." does).
    """
    parts = urlsplit(strip_tracking(url))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    if parts.port and parts.port not in (80, 443):
        host = f"{host}:{parts.port}"
    path = re.sub(r"/(index|default)\.(html?|php|aspx?)$", "/", parts.path)
    path = re.sub(r"(/amp|\.amp)?/*$", "", path)
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = "&".join(f"{name}={value}" for name, value in pairs if name not in ("amp", "output"))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(SplitResult("", host, path, query, fragment))


def site_name(url: str) -> str:
    """The host of `url` as a person would write it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def host_key(url: str) -> str:
    """The name by which politeness knows the server of `url`: "host", or "host:port".

    What is no server (a file, a command, a broken address) is its own.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https"):
        return url
    usual = 443 if parts.scheme == "https" else 80
    return host if port in (None, usual) else f"{host}:{port}"
