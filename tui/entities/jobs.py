"""What runs in the worker process: one job, models loaded when a text first needs them."""

from dataclasses import replace
from functools import cache
from typing import Any

from tui.domain import codec
from tui.domain.naming import Recognition
from tui.entities.language import Detector, has_letters, name_of
from tui.entities.models import Model, ModelMissing
from tui.entities.recognise import recognise as name_story

LONGEST_TEXT = 500_000  # characters, about 80,000 words; what follows is not read
_DIVIDER = "\n\n"
_detector = Detector()


@cache
def _model(name: str) -> Model:
    return Model(name)


def recognise(request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The job: `body` is the text in UTF-8; `request` has `models`, and may have `title`, `lang`
    (a hint), `fixed` (`lang` is no hint but an order) and `warm` (load the model, read nothing).

    The reply's body is a Recognition as JSON.
    """
    models: dict[str, str] = request["models"]
    if warm := request.get("warm"):
        if warm in models:
            name_text("Ready.", models=models, lang=warm, fixed=True)
        return {}, b""
    found = name_text(
        body.decode("utf-8", "replace"),
        models=models,
        title=request.get("title", ""),
        lang=request.get("lang", ""),
        fixed=bool(request.get("fixed")),
    )
    return {}, codec.dump(codec.recognition_to_value(found))


def name_text(
    text: str, *, models: dict[str, str], title: str = "", lang: str = "", fixed: bool = False
) -> Recognition:
    """Who and what `text` is about; `Recognition.missing` says why there is nothing.

    `models` are names of spaCy models by language; `lang` is a hint, or with `fixed` an order.
    """
    if not has_letters(text):
        return Recognition(lang, missing="there are no words in this text")
    lang = lang if fixed and lang else _detector.detect(text, lang)
    name = models.get(lang)
    if name is None:
        return Recognition(
            lang, missing=f"not available in this language yet: no model for {name_of(lang)}"
        )
    try:
        model = _model(name)
    except ModelMissing as error:
        return Recognition(lang, missing=str(error))
    read = text[:LONGEST_TEXT]
    head = "" if not title or read.startswith(title) else title.replace("\n", " ") + _DIVIDER
    whole = head + read
    found = name_story(whole, model, lang=lang, headline=len(head))
    if len(read) < len(text):
        found = replace(found, note=f"only the first {len(read):,} characters were read")
    return found
