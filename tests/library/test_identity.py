"""Which entry is which: by key, and by link or title and date when a feed changes its keys."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.library.conftest import NOW, entries
from tui.domain.feeds import ParsedEntry
from tui.library import identity


def known(listed: tuple[ParsedEntry, ...]) -> dict[str, identity.Known]:
    return {
        e.id: identity.Known(
            n,
            e.id,
            identity.link_number(e.link),
            e.title,
            int(e.published.timestamp()) if e.published else None,
        )
        for n, e in enumerate(listed, 1)
    }


def renew(listed: tuple[ParsedEntry, ...], **changes: object) -> tuple[ParsedEntry, ...]:
    return tuple(replace(e, id=f"new {e.id}", **changes) for e in listed)  # type: ignore[arg-type]


def test_the_key_decides_first() -> None:
    listed = entries("one", "two")
    found = identity.match(listed, known(listed), [], [])
    assert [(e.id, k.key) for e, k in found.same] == [(e.id, e.id) for e in listed]
    assert not found.new
    assert not found.renamed


def test_new_keys_are_matched_by_link() -> None:
    listed = entries("one", "two")
    found = identity.match(renew(listed, title="other"), known(listed), [], [])
    assert [k.id for _, k in found.renamed] == [1, 2]
    assert not found.new


def test_new_keys_and_links_are_matched_by_title_and_date() -> None:
    listed = entries("one", "two")
    moved = tuple(replace(e, link=f"https://new.example/{n}") for n, e in enumerate(renew(listed)))
    assert [k.id for _, k in identity.match(moved, known(listed), [], []).renamed] == [1, 2]


def test_a_link_that_all_entries_share_decides_nothing() -> None:
    listed = entries("one", "two")
    home = tuple(replace(e, link="https://a.example/") for e in listed)
    later = tuple(replace(e, title=f"later {n}", published=NOW) for n, e in enumerate(renew(home)))
    found = identity.match(later, known(home), [], [])
    assert len(found.new) == 2


def test_an_old_entry_that_is_still_listed_is_not_taken_for_a_new_one() -> None:
    listed = entries("one")
    second = replace(listed[0], id="second")
    found = identity.match((*listed, second), known(listed), [], [])
    assert [e.id for e in found.new] == ["second"]


def test_what_was_removed_stays_away_under_a_new_key_too() -> None:
    listed = entries("one", "two")
    keys = [identity.number(listed[0].id)]
    links = [identity.link_number(listed[1].link)]
    assert not identity.match((listed[0], *renew(listed[1:])), {}, keys, links).new


def test_repeated_keys_are_told_apart() -> None:
    one, two = entries("one", "two")
    same = (one, replace(two, id=one.id), one)
    assert [e.id for e in identity.distinct(same)] == [one.id, f"{one.id}#{two.link}"]


def test_short_titles_tell_no_story() -> None:
    assert identity.headline_number("Live updates") == 0
    long = "Parliament votes for the new border treaty"
    assert identity.headline_number(long) == identity.headline_number(long.upper() + "!") != 0


@given(st.lists(st.sampled_from("abcdefgh"), max_size=8), st.booleans())
def test_nothing_is_lost_and_nothing_is_twice(ids: list[str], change: bool) -> None:
    before = tuple(ParsedEntry(i, title=i, link=f"https://x.example/{i}") for i in "abcd")
    listed = tuple(
        ParsedEntry(
            f"new {i}" if change else i,
            title=i,
            link=f"https://x.example/{i}",
            published=NOW - timedelta(days=1),
        )
        for i in ids
    )
    unique = identity.distinct(listed)
    found = identity.match(unique, known(before), [], [])
    every = [e.id for e, _ in (*found.same, *found.renamed)] + [e.id for e in found.new]
    assert sorted(every) == sorted(e.id for e in unique)
    taken = [k.id for _, k in (*found.same, *found.renamed)]
    assert len(taken) == len(set(taken))
