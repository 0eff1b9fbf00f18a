"""HTTP for the endpoint engine: retries with backoff, a rate limit, errors in words."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from dragoman.engines.judging import printable
from dragoman.errors import EngineError

_PASSING = {408, 409, 425, 429, 500, 502, 503, 504}  # statuses worth another try


class Unanswered(Exception):
    """The server did not answer a request after all tries; the message is the reason."""


class Unsupported(Exception):
    """The server does not take the request: a parameter, or its length (400, 413 or 422)."""


class TooSlow(Exception):
    """The server took a request and did not answer in time: it may with less to do."""


@dataclass
class RateLimit:
    """At most `per_minute` starts a minute, evenly spaced; 0 is no limit."""

    per_minute: float = 0.0
    _next: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wait(self) -> None:
        """Sleep until the next start is allowed."""
        if self.per_minute <= 0:
            return
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            self._next = start + 60.0 / self.per_minute
        time.sleep(start - now)


@dataclass
class Transport:
    """A JSON client of one server.

    `tries` is how often a request is sent at most, `backoff` the first pause in seconds (it
    doubles, with some chance in it, and gives way to the server's Retry-After).
    """

    base: str
    key: str = ""
    timeout: float = 300.0  # a server on a processor may have others waiting in line
    tries: int = 5
    backoff: float = 1.0
    limit: RateLimit = field(default_factory=RateLimit)
    sleep: Callable[[float], None] = time.sleep

    @property
    def shown(self) -> str:
        """The address for messages: less any user and password in it."""
        parts = urlsplit(self.base)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    @cached_property
    def _client(self) -> Any:
        import httpx

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.Client(headers=headers, timeout=httpx.Timeout(self.timeout, connect=10.0))

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send and return the JSON object that comes back.

        Raises EngineError when the server refuses us altogether (key, address, model),
        Unsupported when it does not take this request, TooSlow when it takes too long over it,
        Unanswered when all tries failed.
        """
        import httpx

        reason = ""
        for attempt in range(self.tries):
            self.limit.wait()
            pause = self.backoff * 2**attempt * (1 + random.random() / 4)
            try:
                response = self._client.request(method, f"{self.base}{path}", json=body)
            except httpx.ReadTimeout:
                raise TooSlow(f"no answer within {self.timeout:.0f} s") from None
            except httpx.HTTPError as error:
                reason = f"{type(error).__name__}: {error}".strip(": ")
            else:
                if response.status_code not in _PASSING:
                    return self._read(response)
                reason = f"the server answered {response.status_code}"
                pause = max(pause, _retry_after(response))
            if attempt + 1 < self.tries:
                self.sleep(min(pause, 60.0))
        raise Unanswered(f"no answer after {self.tries} tries ({reason})")

    def _read(self, response: Any) -> dict[str, Any]:
        status = response.status_code
        if status in (401, 403):
            raise EngineError(
                f"the server {self.shown} refuses the key ({status})",
                advice="set DRAGOMAN_API_KEY to a valid key",
            )
        if status in (400, 413, 422):
            raise Unsupported(f"the server answered {status}: {_message(response)}")
        if status >= 300:
            raise EngineError(
                f"the server {self.shown} answered {status}: {_message(response)}",
                advice="check the address (it usually ends in /v1) and the model's name",
            )
        try:
            value = response.json()
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise EngineError(
                f"the server {self.shown} answers with something other than JSON",
                advice="give the address of an OpenAI-compatible API (it usually ends in /v1)",
            )
        if value.get("error") and "choices" not in value:  # some say so with status 200
            raise Unsupported(f"the server answered: {_message(response)}")
        return value


def _retry_after(response: Any) -> float:
    """Seconds until the server wants to be asked again: it says how many, or a date (RFC 9110)."""
    stated = response.headers.get("Retry-After", "0")
    try:
        return float(stated)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(stated).timestamp() - time.time()
    except ValueError:  # neither: the backoff will do
        return 0.0


def _message(response: Any) -> str:
    """What the server says went wrong, on one line."""
    try:
        error = response.json().get("error", "")
        text = str(error.get("message", "") if isinstance(error, dict) else error)
    except (ValueError, AttributeError):
        text = ""
    return printable(text or response.text)[:200]
