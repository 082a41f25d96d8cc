"""The recogniser as the rest of Broadsheet sees it: a long-lived process with the models in it."""

from tui.domain import codec
from tui.domain.blocks import Article
from tui.domain.errors import RecogniseError, WorkerError
from tui.domain.naming import Recognition
from tui.settings import EntitySettings
from tui.workers import Pool

_SECONDS = 60.0  # the first text also waits for its model
_MEGABYTES = 2048  # two models are 700


class WorkerRecogniser:
    """Implements `ports.Recogniser`. The process starts with the first article, or with `warm`."""

    def __init__(self, settings: EntitySettings, *, seconds: float = _SECONDS) -> None:
        self._settings = settings
        self._pool = Pool(
            "tui.entities.jobs:recognise", size=1, seconds=seconds, megabytes=_MEGABYTES
        )

    async def recognise(self, article: Article) -> Recognition:
        """Who and what `article` is about. Raises RecogniseError; the next call starts anew."""
        return await self.recognise_text(article.text, title=article.title, lang=article.lang)

    async def recognise_text(
        self, text: str, *, title: str = "", lang: str = "", fixed: bool = False
    ) -> Recognition:
        """Who and what `text` is about; `lang` is a hint, or with `fixed` an order."""
        if not self._settings.enabled:
            return Recognition(lang, missing="switched off in settings: [entities] enabled")
        request = {"models": self._settings.models, "title": title, "lang": lang, "fixed": fixed}
        try:
            _, body = await self._pool.call(request, text.encode("utf-8", "replace"))
            return codec.recognition_from_value(codec.load(body))
        except (WorkerError, ValueError, KeyError, TypeError) as error:
            raise RecogniseError(f"names could not be found: {error}") from error

    async def warm(self, lang: str = "en") -> None:
        """Start the process and load the model of `lang`, so that no article waits for it."""
        if not self._settings.enabled:
            return
        try:
            await self._pool.call({"models": self._settings.models, "warm": lang})
        except WorkerError as error:
            raise RecogniseError(f"the model could not be loaded: {error}") from error

    async def close(self) -> None:
        """End the process."""
        await self._pool.close()

    @property
    def pids(self) -> list[int]:
        """The worker processes that run, for tests and `doctor`."""
        return self._pool.pids
