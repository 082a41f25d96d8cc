"""Rules act once on what arrives; they reach back only when asked."""

import pytest

from tests.library.conftest import article, deliver, entries, names, titles
from tui.domain.errors import LibraryError
from tui.domain.naming import Kind
from tui.domain.rules import Rule, RuleBook
from tui.library.store import SqliteLibrary


def test_rules_act_on_what_arrives(shelf: SqliteLibrary) -> None:
    book: RuleBook = shelf
    for action, value in (
        ("hide", ""),
        ("star", ""),
        ("tag", "later"),
        ("read", ""),
        ("queue", ""),
    ):
        book.save_rule(Rule(0, "", f"title:{action}", action, value))
    feed = shelf.subscribe("https://a.example/feed")
    deliver(shelf, feed, entries("hide it", "star it", "tag it", "read it", "queue it", "other"))
    assert titles(shelf, "is:hidden") == ["hide it"]
    assert titles(shelf, "is:starred") == ["star it"]
    assert titles(shelf, "tag:later") == ["tag it"]
    assert titles(shelf, "is:read") == ["read it"]
    assert titles(shelf, "is:queued") == ["queue it"]
    assert titles(shelf, "") == ["star it", "tag it", "read it", "queue it", "other"]


def test_what_the_user_takes_back_stays_so(shelf: SqliteLibrary) -> None:
    shelf.save_rule(Rule(0, "", "budget", "star"))
    (entry,) = deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("Budget"))
    shelf.mark([entry], starred=False)
    shelf.save_article(entry, article("The budget again"), None)
    assert titles(shelf, "is:starred") == []


def test_rules_over_text_and_names_wait_for_the_article(shelf: SqliteLibrary) -> None:
    shelf.save_rule(Rule(0, "politics", "person:merkel", "tag", "politics"))
    (entry,) = deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("Visit"))
    assert titles(shelf, "tag:politics") == []
    text = "Angela Merkel came."
    shelf.save_article(entry, article(text), names(text, Angela_Merkel=Kind.PERSON))
    assert titles(shelf, "tag:politics") == ["Visit"]


def test_a_rule_reaches_back_as_one_step(shelf: SqliteLibrary) -> None:
    deliver(
        shelf, shelf.subscribe("https://a.example/feed"), entries("sport one", "sport two", "x")
    )
    rule = shelf.save_rule(Rule(0, "no sport", "sport", "hide"))
    assert titles(shelf, "") == ["sport one", "sport two", "x"]
    assert shelf.apply_rule(rule.id) == 2
    assert titles(shelf, "") == ["x"]
    shelf.undo()
    assert len(titles(shelf, "")) == 3
    tag = shelf.save_rule(Rule(0, "", "sport", "tag", "s"))
    assert shelf.apply_rule(tag.id) == 2
    assert titles(shelf, "tag:s") == ["sport one", "sport two"]
    assert shelf.undo() == "tagged 2 s"
    assert titles(shelf, "tag:s") == []


def test_notices_are_told_once(shelf: SqliteLibrary) -> None:
    shelf.save_rule(Rule(0, "Quakes", "earthquake", "notify"))
    deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("Earthquake in Chile", "x"))
    assert [(name, h.title) for name, h in shelf.notices()] == [("Quakes", "Earthquake in Chile")]
    assert shelf.notices() == []


def test_rules_are_changed_removed_and_come_back(shelf: SqliteLibrary) -> None:
    rule = shelf.save_rule(Rule(0, "a", "sport", "hide"))
    shelf.save_rule(Rule(rule.id, "b", "tennis", "star"))
    assert [(r.name, r.query, r.action) for r in shelf.rules()] == [("b", "tennis", "star")]
    shelf.remove_rule(rule.id)
    assert shelf.rules() == []
    shelf.undo()
    shelf.undo()
    assert [(r.name, r.query) for r in shelf.rules()] == [("a", "sport")]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(0, "", "sport", "explode"), "a rule can"),
        (Rule(0, "", "sport", "tag"), "needs the tag"),
        (Rule(0, "", "  ", "hide"), "needs a query"),
    ],
)
def test_rules_that_make_no_sense_are_refused(shelf: SqliteLibrary, rule: Rule, said: str) -> None:
    with pytest.raises(LibraryError, match=said):
        shelf.save_rule(rule)
    assert shelf.rules() == []
