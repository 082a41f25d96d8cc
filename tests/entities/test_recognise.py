"""From text to entities, with the real model."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bench.entities_gold import Gold, load, scorer
from tui.domain.naming import Kind, Recognition
from tui.entities.models import Model
from tui.entities.recognise import recognise

pytestmark = pytest.mark.model

STORY = """\
US envoy meets Lavrov in Moscow
US Secretary of State Condoleezza Rice met Russian Foreign Minister Sergei Lavrov in Moscow on Monday.

Mr Lavrov said the World Health Organization (WHO) had asked Russia for help. "We are ready to help in \
any way we can," Mr Lavrov told reporters. The WHO did not comment.
"""


def _named(found: Recognition, text: str) -> dict[str, list[str]]:
    return {e.canonical: [text[m.start : m.end] for m in e.mentions] for e in found.entities}


def test_a_story(english: Model) -> None:
    found = recognise(STORY, english, lang="en")
    named = _named(found, STORY)
    assert named["Sergei Lavrov"] == ["Lavrov", "Sergei Lavrov", "Lavrov", "Lavrov"]
    assert named["Russia"] == ["Russian", "Russia"]
    assert named["World Health Organization"] == ["World Health Organization", "WHO", "WHO"]
    assert found.entities[0].canonical == "Sergei Lavrov"
    assert [q.speaker for q in found.quotes] == ["sergei lavrov"]
    assert found.lang == "en"


def test_mentions_of_the_headline_count_but_are_not_in_the_text(english: Model) -> None:
    headline = "Sergei Lavrov speaks\n\n"
    body = "There was news from Bonn. Mr Lavrov spoke for an hour."
    found = recognise(headline + body, english, lang="en", headline=len(headline))
    lavrov = found.entities[0]
    assert lavrov.canonical == "Sergei Lavrov"
    assert [body[m.start : m.end] for m in lavrov.mentions] == ["Lavrov"]


def test_salience_of_entities_is_in_order(english: Model) -> None:
    saliences = [e.salience for e in recognise(STORY, english, lang="en").entities]
    assert saliences == sorted(saliences, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "…",
        "A",
        "12 34 !!\n\n\n56",
        "\n",
        "И Путин met 習近平 in Москва, then واشنطن and Αθήνα. " * 20,
        "A" * 50_000,
        "Bo " * 20_000,
        "(((((" * 500 + "“‘«" * 500,
        "\ud7ff\u0301\u0301\u200dX " * 50,
    ],
)
def test_odd_texts(english: Model, text: str) -> None:
    found = recognise(text, english, lang="en")
    for entity in found.entities:
        assert entity.key
        assert all(0 <= m.start < m.end <= len(text) for m in entity.mentions)


def test_one_sentence_of_50_000_characters(english: Model) -> None:
    text = "Angela Merkel and Barack Obama went to Berlin and then " * 920
    found = recognise(text, english, lang="en")
    assert {"Angela Merkel", "Barack Obama", "Berlin"} <= {e.canonical for e in found.entities}


@pytest.mark.shared
def test_the_seed_page(english: Model, shared: Path) -> None:
    import json

    value = json.loads((shared / "bench/entities_seed/gold_seed.json").read_text("utf-8"))
    gold = Gold(value)
    (_, start), (end, _) = value["chrome"]
    found = recognise(gold.text[start:end].strip(), english, lang="en")
    wanted = Counter(c for s, e, _, c in gold.entities if s >= start and e <= end)
    assert {e.canonical: e.count for e in found.entities} == dict(wanted)
    us = next(e for e in found.entities if e.canonical == "United States")
    assert (us.name, us.kind) == ("US", Kind.PLACE)


@pytest.mark.shared
def test_quality_does_not_fall(english: Model, shared: Path) -> None:
    golds = [gold for gold in load(shared) if gold.genre == "news"]
    found = {}
    for gold in golds:
        entities = recognise(gold.text, english, lang="en").entities
        spans = [[m.start, m.end, m.kind.code, e.canonical] for e in entities for m in e.mentions]
        found[gold.id] = {"entities": spans, "ranking": [e.canonical for e in entities]}
    result = scorer(shared)([g.value for g in golds], found, {"PER", "ORG", "LOC"})
    assert result["strict"]["f"] >= 77
    assert result["links"]["f"] >= 96
    assert result["salience"]["top1"] >= 80
