"""Entities across articles: pages, following, corrections for old and new, stories about the same."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.library.conftest import NOW, article, deliver, entries, names, titles
from tui.domain.editions import Counts
from tui.domain.naming import Entity, Kind, Mention, Recognition
from tui.domain.ports import Correction
from tui.library.store import SqliteLibrary

PERSON, ORG, PLACE = Kind.PERSON, Kind.ORG, Kind.PLACE


def story(shelf: SqliteLibrary, entry: int, **kinds: Kind) -> None:
    """An article that names `kinds`, the first the main one."""
    text = ". ".join(name.replace("_", " ") for name in kinds) + "."
    shelf.save_article(entry, article(text), names(text, **kinds))


@pytest.fixture
def library(shelf: SqliteLibrary) -> SqliteLibrary:
    one, two = (shelf.subscribe(f"https://{h}.example/feed", f"Feed {h}") for h in "ab")
    first = deliver(shelf, one, entries("summit", "visit", "trade"))
    second = deliver(shelf, two, entries("sport", "talks", host="b.example", start=30))
    story(shelf, first[0], Angela_Merkel=PERSON, NATO=ORG, Berlin=PLACE, Paris=PLACE)
    story(shelf, first[1], Angela_Merkel=PERSON, Berlin=PLACE)
    story(shelf, first[2], European_Union=ORG, NATO=ORG)
    story(shelf, second[0], Max_Merkel=PERSON, Berlin=PLACE)
    story(shelf, second[1], NATO=ORG, Angela_Merkel=PERSON)
    return shelf


def test_a_page_of_one(library: SqliteLibrary) -> None:
    library.mark([1], read=True)
    page = library.entity_page(["nato"])
    assert [(e.name, e.kind, e.articles) for e in page.entities] == [("NATO", "org", 3)]
    assert (page.total, page.unread) == (3, 2)
    assert [h.title for h in page.headlines] == ["summit", "trade", "talks"]
    assert page.days == (("2026-11-24", 1), ("2026-11-25", 2))
    assert page.sources == (("Feed a", 2), ("Feed b", 1))
    assert [(e.name, e.articles) for e in page.beside[:2]] == [
        ("Angela Merkel", 2),
        ("Berlin", 1),
    ]
    assert page.entities[0].last_seen == NOW - timedelta(hours=1)


def test_a_page_of_two_together(library: SqliteLibrary) -> None:
    page = library.entity_page(["nato", "angela merkel"])
    assert [h.title for h in page.headlines] == ["summit", "talks"]
    assert page.total == 2
    assert [e.name for e in page.beside] == ["Berlin", "Paris"]
    assert library.entity_page(["nato", "nobody"]).total == 0


def test_an_unknown_entity_has_an_empty_page(library: SqliteLibrary) -> None:
    page = library.entity_page(["nobody"])
    assert (page.total, page.headlines, page.entities[0].articles) == (0, (), 0)


def test_search_by_kind_and_salience(library: SqliteLibrary) -> None:
    assert titles(library, "person:merkel") == ["summit", "visit", "sport", "talks"]
    assert titles(library, 'person:"Angela Merkel"') == ["summit", "visit", "talks"]
    assert titles(library, "person:merk*") == ["summit", "visit", "sport", "talks"]
    assert titles(library, "org:merkel") == titles(library, 'person:"merkel"') == []
    assert titles(library, "place:paris") == ["summit"]
    assert titles(library, "about:paris") == []  # fourth of four
    assert titles(library, "about:nato person:merkel") == ["summit", "talks"]
    assert titles(library, "-place:berlin") == ["trade", "talks"]


def test_lists_by_the_beginning_of_a_word(library: SqliteLibrary) -> None:
    assert [e.name for e in library.entities("mer")] == ["Angela Merkel", "Max Merkel"]
    assert [e.name for e in library.entities("angela mer")] == ["Angela Merkel"]
    assert [e.name for e in library.entities("", 2)] == ["Angela Merkel", "Berlin"]
    assert library.entities("zzz") == []


def test_following(library: SqliteLibrary) -> None:
    library.follow("nato", "NATO", "org")
    library.mark([1], read=True)
    ((row, counts),) = library.followed()
    assert (row.name, row.followed, counts) == ("NATO", True, Counts(2, 3, 0))
    assert titles(library, "is:followed") == ["summit", "trade", "talks"]
    sport = library.entity_page(["max merkel"]).headlines[0].id
    story(library, sport, NATO=ORG)
    assert library.followed()[0][1].total == 4
    library.correct(Correction("merge", "european union", "nato"))
    library.correct(Correction("merge", "max merkel", "nato"))
    assert titles(library, "is:followed") == ["summit", "trade", "sport", "talks"]
    library.undo()
    library.undo()
    library.follow("nato", "NATO", "org", False)
    assert library.followed() == []
    assert library.undo() == "unfollowed NATO"
    assert len(library.followed()) == 1
    assert library.entity_page(["nato"]).entities[0].followed


def test_what_is_followed_may_be_in_no_article_yet(library: SqliteLibrary) -> None:
    library.follow("ecb", "ECB", "org")
    ((row, counts),) = library.followed()
    assert (row.key, row.name, counts) == ("ecb", "ECB", Counts())


def test_stories_about_the_same(library: SqliteLibrary) -> None:
    summit = library.entity_page(["paris"]).headlines[0].id
    found = [h.title for h in library.similar(summit)]
    assert set(found) == {"visit", "talks", "trade", "sport"}
    assert found.index("talks") < found.index("sport")
    assert [h.title for h in library.similar(summit, 1)] == found[:1]


def test_an_article_cleaned_again_is_indexed_anew(library: SqliteLibrary) -> None:
    summit = library.entity_page(["paris"]).headlines[0].id
    story(library, summit, Oslo=PLACE)
    assert library.entity_page(["nato"]).total == 2
    assert library.entity_page(["oslo"]).total == 1
    assert [e.name for e in library.entities("par")] == []


def test_a_lone_surname_links_nothing(library: SqliteLibrary) -> None:
    found = names("Merkel", Merkel=PERSON)
    alone = Recognition("en", tuple(_unshared(e) for e in found.entities))
    library.save_article(5, article("Merkel"), alone)
    assert titles(library, 'person:"merkel"') == []
    reading = library.reading(5)
    assert reading is not None
    assert reading.recognition == alone


def _unshared(entity: Entity) -> Entity:
    return replace(entity, shared=False)


def shown(shelf: SqliteLibrary, entry: int) -> list[str]:
    reading = shelf.reading(entry)
    assert reading is not None
    assert reading.recognition is not None
    return [e.name for e in reading.recognition.entities]


def test_merging(library: SqliteLibrary) -> None:
    library.correct(Correction("merge", "european union", "nato"))
    page = library.entity_page(["nato"])
    assert (page.total, page.entities[0].articles) == (3, 3)
    assert [h.title for h in library.entity_page(["european union"]).headlines] == [
        "summit",
        "trade",
        "talks",
    ]
    assert [(e.name, e.articles) for e in library.entities("nato")] == [("NATO", 3)]
    assert titles(library, "org:european") == ["summit", "trade", "talks"]
    trade = library.entity_page(["nato"]).headlines[1].id
    assert shown(library, trade) == ["NATO"]
    library.undo()
    assert library.entity_page(["european union"]).total == 1
    assert shown(library, trade) == ["European Union", "NATO"]


def test_hiding_renaming_and_another_kind(library: SqliteLibrary) -> None:
    library.correct(Correction("hide", "paris"))
    library.correct(Correction("rename", "nato", "Atlantic Alliance"))
    library.correct(Correction("kind", "berlin", "org"))
    assert library.entities("par") == []
    page = library.entity_page(["angela merkel"])
    assert [(e.name, e.kind) for e in page.beside] == [
        ("Berlin", "org"),
        ("Atlantic Alliance", "org"),
    ]
    assert titles(library, "org:berlin") == ["summit", "visit", "sport"]
    assert titles(library, "place:berlin") == []
    assert "Paris" not in shown(library, page.headlines[0].id)
    for _ in range(3):
        library.undo()
    assert titles(library, "place:berlin") == ["summit", "visit", "sport"]


def test_splitting_is_indexed_for_old_and_new_articles(library: SqliteLibrary) -> None:
    text = "The Fed met. Federal Reserve rates. The Fed again."
    found = names(text, Federal_Reserve=ORG)
    entity = found.entities[0]
    fed = tuple(Mention(at, at + 3, ORG) for at in (4, 40))
    both = replace(found, entities=(replace(entity, mentions=(*entity.mentions, *fed)),))
    library.save_article(1, article(text), both)
    library.correct(Correction("split", "federal reserve", "Fed"))
    library.save_article(2, article(text), both)
    assert library.entity_page(["fed"]).total == 2
    assert sorted(shown(library, 1)) == ["Fed", "Federal Reserve"]
    library.undo()
    # The second was indexed with the split; both are one again.
    assert library.entity_page(["fed"]).total == 0
    assert library.entity_page(["federal reserve"]).total == 2
    assert shown(library, 1) == ["Federal Reserve"]


def test_a_lone_surname_can_be_given_to_a_person_in_its_article(library: SqliteLibrary) -> None:
    text = "Merkel spoke."
    found = names(text, Merkel=PERSON)
    alone = Recognition("en", tuple(_unshared(e) for e in found.entities))
    sport = library.entity_page(["max merkel"]).headlines[0].id
    library.save_article(sport, article(text), alone)
    assert library.entity_page(["max merkel"]).total == 0
    library.correct(Correction("merge", "merkel", "angela merkel", entry=sport))
    assert library.entity_page(["angela merkel"]).total == 4
    library.save_article(sport, article(text), alone)
    assert library.entity_page(["angela merkel"]).total == 4
    library.undo()
    assert library.entity_page(["angela merkel"]).total == 3


def test_corrections_can_be_taken_out(library: SqliteLibrary) -> None:
    library.correct(Correction("rename", "nato", "Alliance", entry=3))
    library.correct(Correction("hide", "paris"))
    lines = [json.loads(line) for line in library.export_corrections()]
    assert lines == [
        {
            "action": "rename",
            "key": "nato",
            "value": "Alliance",
            "entry": "3",
            "made": NOW.isoformat(),
        },
        {"action": "hide", "key": "paris", "value": "", "made": NOW.isoformat()},
    ]
