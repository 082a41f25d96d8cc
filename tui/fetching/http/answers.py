"""What a server answered: is it a document, "unchanged", or which error?"""

from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from tui.domain.errors import BrokenBody, FetchError, Gone, Refused, TooMany

# No wait that a server asks for is longer: what is broken there may be mended tomorrow.
LONGEST_WAIT = 24 * 3600.0
_WHY = {
    401: "asks for a password (feeds.password_command sets one)",
    402: "asks for payment",
    403: "does not let us in",
    404: "has nothing at this address",
    407: "is behind a proxy that asks for a password",
    429: "asks us to come less often",
    451: "may not show this for legal reasons",
    500: "has an internal error",
    502: "has a broken gateway",
    503: "is overloaded or being repaired",
    504: "has a gateway that waited too long",
}


def retry_after(headers: httpx.Headers, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3), 0 to 24 h, or None."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit() and value.isascii():
        # A number can be longer than a float can hold.
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(value) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def failure(response: httpx.Response, host: str, now: datetime) -> FetchError | None:
    """The error that the status of `response` means, or None for a document (200, 203)."""
    status = response.status_code
    if status in (200, 203):
        return None
    if status < 400:
        return BrokenBody(f"{host} answered {status}, which holds no document.", reason=str(status))
    wait = retry_after(response.headers, now)
    message = f"{host} {_WHY.get(status, 'refuses this request')} ({status})."
    if status == 410:
        return Gone(f"{host} says that this is gone for good (410).", status=410)
    if status == 429 or (status == 503 and wait is not None):
        return TooMany(message, status=status, retry_after=wait)
    return Refused(message, status=status, retry_after=wait)
