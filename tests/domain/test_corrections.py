"""Corrections: each action, together, and on people of one surname."""

import pytest

from tui.domain.corrections import apply_corrections
from tui.domain.naming import Entity, Kind, Mention, Recognition, Said, fold_key
from tui.domain.ports import Correction

TEXT = "US envoy John Smith met Smith in Washington. Chaos said Washington."


def _entity(
    name: str, kind: Kind, spellings: tuple[str, ...], salience: float, *, shared: bool = True
) -> Entity:
    mentions: list[Mention] = []
    at = 0
    for spelling in spellings:
        at = TEXT.index(spelling, at)
        mentions.append(Mention(at, at + len(spelling), kind))
        at += len(spelling)
    return Entity(name, fold_key(name), kind, tuple(mentions), salience, shared, name)


@pytest.fixture
def found() -> Recognition:
    return Recognition(
        "en",
        (
            _entity("John Smith", Kind.PERSON, ("John Smith", "Smith"), 1.0),
            _entity("Washington", Kind.PLACE, ("Washington", "Washington"), 0.8),
            _entity("US", Kind.PLACE, ("US",), 0.4),
            _entity("Chaos", Kind.PERSON, ("Chaos",), 0.2, shared=False),
        ),
        quotes=(Said(0, 5, "chaos"), Said(6, 9, "john smith")),
    )


def _keys(found: Recognition) -> list[str]:
    return [entity.key for entity in found.entities]


def test_nothing_changes_without_corrections(found: Recognition) -> None:
    assert apply_corrections(found, []) == found


def test_hide_takes_the_entity_and_its_quotes_speaker(found: Recognition) -> None:
    after = apply_corrections(found, [Correction("hide", "chaos")])
    assert _keys(after) == ["john smith", "washington", "us"]
    assert [quote.speaker for quote in after.quotes] == ["", "john smith"]


def test_rename_keeps_key_and_mentions(found: Recognition) -> None:
    after = apply_corrections(found, [Correction("rename", "us", "America")])
    (entity,) = [e for e in after.entities if e.key == "us"]
    assert (entity.name, entity.canonical, entity.count) == ("America", "America", 1)


def test_kind_changes_mentions_too_but_not_derived_ones(found: Recognition) -> None:
    derived = Mention(60, 65, Kind.OTHER, derived=True)
    place = found.entities[1]
    with_derived = Entity("Washington", "washington", Kind.PLACE, (*place.mentions, derived))
    after = apply_corrections(
        Recognition("en", (with_derived,)), [Correction("kind", "washington", "person")]
    )
    assert after.entities[0].kind is Kind.PERSON
    assert [m.kind for m in after.entities[0].mentions] == [Kind.PERSON, Kind.PERSON, Kind.OTHER]


def test_merge_joins_mentions_salience_and_speakers(found: Recognition) -> None:
    after = apply_corrections(found, [Correction("merge", "chaos", "john smith")])
    assert _keys(after) == ["john smith", "washington", "us"]
    assert after.entities[0].count == 3
    assert [quote.speaker for quote in after.quotes] == ["john smith", "john smith"]


def test_merge_into_an_entity_of_other_articles_takes_its_key(found: Recognition) -> None:
    after = apply_corrections(found, [Correction("merge", "washington", "washington dc")])
    assert "washington dc" in _keys(after)
    assert "washington" not in _keys(after)


@pytest.mark.parametrize("turn", [1, -1])
def test_merges_follow_each_other_in_any_order(found: Recognition, turn: int) -> None:
    chain = [Correction("merge", "chaos", "us"), Correction("merge", "us", "washington")]
    after = apply_corrections(found, chain[::turn])
    assert _keys(after) == ["john smith", "washington"]
    assert after.entities[1].count == 4


def test_merges_in_a_circle_end_with_the_later(found: Recognition) -> None:
    circle = [Correction("merge", "us", "washington"), Correction("merge", "washington", "us")]
    after = apply_corrections(found, circle)
    assert _keys(after) == ["john smith", "us", "chaos"]


def test_split_takes_a_spelling_out(found: Recognition) -> None:
    after = apply_corrections(found, [Correction("split", "john smith", "Smith")], TEXT)
    smith = next(e for e in after.entities if e.key == "smith")
    assert [TEXT[m.start : m.end] for m in smith.mentions] == ["Smith"]
    assert not smith.shared  # a lone surname is nobody in other articles
    john = next(e for e in after.entities if e.key == "john smith")
    assert [TEXT[m.start : m.end] for m in john.mentions] == ["John Smith"]


def test_split_of_the_only_spelling_changes_nothing(found: Recognition) -> None:
    assert apply_corrections(found, [Correction("split", "us", "US")], TEXT) == found


@pytest.mark.parametrize("action", ["hide", "rename", "merge", "kind"])
def test_a_lone_surname_is_corrected_only_where_it_was(found: Recognition, action: str) -> None:
    value = "person" if action == "kind" else "washington"
    elsewhere = [Correction(action, "chaos", value, entry=7)]
    assert apply_corrections(found, elsewhere, entry=8) == found
    if action != "kind":
        assert apply_corrections(found, elsewhere, entry=7) != found


def test_unknown_keys_and_kinds_are_left_alone(found: Recognition) -> None:
    odd = [Correction("hide", "nobody"), Correction("kind", "us", "planet"), Correction("x", "us")]
    assert apply_corrections(found, odd) == found
