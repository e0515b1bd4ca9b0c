"""Sends requests to the Hub: token, time-outs, repeats of safe calls, a log line, one error per failure."""

import logging
import random
from contextlib import suppress
from email.utils import parsedate_to_datetime
from time import monotonic, sleep, time
from typing import Any

import requests
import urllib3
from requests import exceptions

from .addresses import origin
from .breaker import Breaker
from .config import HubConfig
from .connections import Connections
from .errors import HubContractError, HubError, HubForbidden, HubNotFound, HubRejected, HubUnavailable
from .problems import Problem, read_problem
from .tokens import AccessTokens

logger = logging.getLogger("personalization.hub")

NETWORK_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
# An address, header or body that cannot be sent, or a redirect to what is no address.
MALFORMED_ERRORS = (ValueError, exceptions.InvalidJSONError)

REPEAT_AFTER_SECONDS = (0.1, 0.4)
LONGEST_RETRY_AFTER_SECONDS = 3.0

CHECK_PERMISSIONS = "Check the credentials and permissions of the external app that CCHUB_CLIENTID names."

PROBE = "/api/storefront/v1/tenant-info"

USER_AGENT = "wagtail-shop/1.0"


class Transport:
    """The way to one Hub for one process."""

    def __init__(self, config: HubConfig):
        self._config = config
        self._connections = Connections()
        self._tokens = AccessTokens(config, self._exchange)
        self.breaker = Breaker(config)

    def exchange_authorized(self, method: str, url: str, **options: Any) -> requests.Response:
        """Like `exchange`, with the shop's access token. After a 401 once more, with a new token."""
        with self.breaker.call():
            return self._exchange_authorized(method, url, **options)

    def exchange(self, method: str, url: str, **options: Any) -> requests.Response:
        """The 2xx answer to a request (or, with `redirects=True`, a redirect); otherwise raises HubError.

        `template` is what the log calls the address. `retry` allows two repeats, for safe calls. Requests to
        the Hub's own hosts are not made while the breaker is open.
        """
        if origin(url) not in self._config.origins:
            return self._exchange(method, url, **options)
        with self.breaker.call():
            return self._exchange(method, url, **options)

    def probe(self) -> None:
        """See whether the Hub is back, if it was away and its pause is over."""
        with self.breaker.probe() as is_ours, suppress(HubRejected, HubNotFound, HubContractError):
            if is_ours:
                url = self._config.gateway_url + PROBE
                self._exchange_authorized("GET", url, template=PROBE, retry=False)

    def _exchange_authorized(
        self, method: str, url: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> requests.Response:
        token = self._tokens.current()
        try:
            return self._exchange(
                method, url, headers={**(headers or {}), "Authorization": f"Bearer {token}"}, **options
            )
        except HubForbidden as refusal:
            if refusal.status != 401:
                raise
        token = self._tokens.replace(token)
        return self._exchange(
            method, url, headers={**(headers or {}), "Authorization": f"Bearer {token}"}, **options
        )

    def _exchange(
        self, method: str, url: str, *, template: str, retry: bool, **options: Any
    ) -> requests.Response:
        started = monotonic()
        pauses = iter(REPEAT_AFTER_SECONDS if retry else ())
        while True:
            try:
                return self._exchange_once(method, url, template, **options)
            except HubUnavailable as failure:
                pause = self._pause_before_repeat(failure, next(pauses, None), started)
                if pause is None:
                    raise
            sleep(pause)

    def _pause_before_repeat(
        self, failure: HubUnavailable, pause: float | None, started: float
    ) -> float | None:
        """Seconds until the next attempt; None to give up, because somebody may be waiting for a page."""
        patience_is_over = monotonic() - started > self._config.timeout_seconds / 2
        if pause is None or patience_is_over:
            return None
        if failure.retry_after is None:
            return pause * random.uniform(0.5, 1.5)  # noqa: S311 - spreads load, guards nothing
        return failure.retry_after if failure.retry_after <= LONGEST_RETRY_AFTER_SECONDS else None

    def _exchange_once(
        self,
        method: str,
        url: str,
        template: str,
        *,
        headers: dict[str, str] | None = None,
        redirects: bool = False,
        **options: Any,
    ) -> requests.Response:
        call = f"{method} {template}"
        started = monotonic()
        failure: HubError | None
        status: int | str
        try:
            response = self._connections.request(
                method,
                url,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json", **(headers or {})},
                timeout=self._config.timeout,
                **options,
            )
        except (*NETWORK_ERRORS, *MALFORMED_ERRORS) as error:
            failure, problem, status = describe_network_error(call, error), Problem(), type(error).__name__
        else:
            status = response.status_code
            problem = read_problem(response) if status >= 400 else Problem()
            failure = _failure_of_status(call, response, problem, redirects)
        _log(call, status, monotonic() - started, problem, failure)
        # Raised outside the except block: the cause holds the request, and with it the token.
        if failure is not None:
            raise failure
        return response


def describe_network_error(call: str, error: Exception) -> HubError:
    """Our error for a failed request or an answer that broke off. Takes nothing from the error's text."""
    if isinstance(error, MALFORMED_ERRORS):
        return HubContractError(f"{call}: malformed ({type(error).__name__})")
    if isinstance(error, exceptions.ConnectTimeout):
        return _outage(call, "no connection in time")
    if isinstance(error, (exceptions.ReadTimeout, urllib3.exceptions.TimeoutError)):
        return _outage(call, "no answer in time")
    if isinstance(error, exceptions.SSLError):
        return _outage(call, "no secure connection")
    return _outage(call, f"the connection failed ({type(error).__name__})")


def _outage(call: str, outage: str) -> HubUnavailable:
    return HubUnavailable(f"{call}: {outage}", outage=outage)


def _failure_of_status(
    call: str, response: requests.Response, problem: Problem, redirects: bool
) -> HubError | None:
    status = response.status_code
    if 200 <= status < 300 or (redirects and response.is_redirect):
        return None
    response.close()
    answered = f"{call} answered {status}"
    if status in (408, 429):
        return HubUnavailable(answered, retry_after=_retry_after(response))
    if status >= 500:
        return HubUnavailable(answered, retry_after=_retry_after(response), outage=f"answered {status}")
    if status in (401, 403):
        return HubForbidden(f"{answered}. {CHECK_PERMISSIONS}", status=status, detail=problem.detail)
    if status == 404:
        return HubNotFound(answered)
    if 400 <= status < 500:
        return HubRejected(answered, status=status, detail=problem.detail)
    return HubContractError(answered)


def _retry_after(response: requests.Response) -> float | None:
    """The Retry-After header in seconds, whether it holds a number or a date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except ValueError:
        return None


def _log(call: str, status: int | str, seconds: float, problem: Problem, failure: HubError | None) -> None:
    logger.log(
        _log_level(call, status, failure),
        "%s: %s in %d ms%s",
        call,
        status,
        seconds * 1000,
        f", trace {problem.trace_id}" if problem.trace_id else "",
    )


def _log_level(call: str, status: int | str, failure: HubError | None) -> int:
    if failure is None:
        return logging.DEBUG if call.startswith("GET ") else logging.INFO
    if status in (401, 404):
        return logging.INFO
    return logging.ERROR if isinstance(failure, HubContractError) else logging.WARNING
