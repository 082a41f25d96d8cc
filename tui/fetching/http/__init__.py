"""Bytes from servers, politely. `client.HttpFetcher` is the door."""

import importlib.util
import sys

# None in `sys.modules` says that a module is not there, without a search.
# httpx imports its own command line where it can, and with it rich and click: a fifth of the time
# until a sync begins.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
# httpcore looks for sniffio several times a request.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]
