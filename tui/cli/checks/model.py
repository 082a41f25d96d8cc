"""The language models."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from tui.cli.checks import Check, bad, good, note
from tui.settings import EntitySettings


def look(settings: EntitySettings) -> Iterator[Check]:
    """Look for the model of each language, without loading it."""
    if not settings.enabled:
        yield note("names", "switched off", "entities.enabled = true in settings.toml")
        return
    yield _package("spacy", "names", "names are found by it")
    for language, model in settings.models.items():
        yield _package(model, f"names, {language}", f"entities.models names it for {language}")


def _package(name: str, part: str, why: str) -> Check:
    distribution = name.replace("_", "-")
    try:
        return good(part, f"{distribution} {version(distribution)}")
    except PackageNotFoundError:
        return bad(part, f"{distribution} is not installed: {why}", f"pip install {distribution}")
