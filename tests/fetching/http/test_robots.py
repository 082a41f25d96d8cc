"""robots.txt by the rules of RFC 9309."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.fetching.http.robots import allows

RULES = """
# a comment
User-agent: other
Disallow: /

User-agent: broadsheet/1.0
User-agent: friend
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Allow:
Disallow: /caf%C3%A9

User-agent: *
Disallow: /everyone
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("/private", False),
        ("/privateer", False),
        ("/private/open/x", True),
        ("/x.pdf", False),
        ("/x.pdf?page=1", True),
        ("/a/b/c/d", False),
        ("/a/c/b", True),
        ("/café", False),
        ("/caf%C3%A9/menu", False),
        ("/everyone", True),
    ],
)
def test_our_own_group_decides_and_its_longest_rule(path: str, expected: bool) -> None:
    assert allows(RULES, f"https://example.org{path}") is expected


def test_without_a_group_of_our_own_that_for_everyone_decides() -> None:
    assert not allows(RULES, "https://example.org/everyone", agent="nobody")
    assert allows(RULES, "https://example.org/private", agent="nobody")


@pytest.mark.parametrize("text", ["", "Disallow: /", "nonsense", "\ufeffUser-agent: *\nDisallow:"])
def test_what_says_nothing_allows(text: str) -> None:
    assert allows(text, "https://example.org/x")


def test_allow_wins_over_an_equally_long_disallow() -> None:
    assert allows("User-agent: *\nDisallow: /page\nAllow: /page", "https://example.org/page")


@given(st.text(st.sampled_from("ab*$/"), max_size=12), st.text(st.sampled_from("ab/"), max_size=12))
def test_a_pattern_means_what_its_regular_expression_would(pattern: str, path: str) -> None:
    import re

    ends = pattern.endswith("$")
    body = pattern.removesuffix("$")
    expression = "".join(".*" if c == "*" else re.escape(c) for c in body) + ("$" if ends else "")
    blocked = bool(pattern) and re.match(expression, "/" + path, re.S) is not None
    text = f"User-agent: *\nDisallow: {pattern}"
    assert allows(text, f"https://example.org/{path}") is not blocked


def test_stars_in_a_row_cost_nothing() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 5000 + "b"
    assert allows(text, "https://example.org/" + "a" * 4000)
