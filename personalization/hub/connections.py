"""Blocking HTTP connections, safe to share between threads and never shared between processes."""

import os
import threading
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from .addresses import is_loopback, origin

KEPT_PER_HOST = 32


class Connections:
    """Sends requests over kept-alive connections.

    `requests.Session` is not documented as safe for threads (cookies and redirects change it), while the
    urllib3 pools inside an adapter are. So each thread has a session of its own and all of them use one
    adapter: a server that starts a thread per request still finds an open connection, and no lock exists that
    a fork could leave locked.

    The sessions ignore the environment, because requests would let ~/.netrc replace our Authorization header.
    What it should say is applied here: proxies (never for loopback hosts) and the CA bundle.
    """

    def __init__(self) -> None:
        self._adapter = HTTPAdapter(pool_connections=KEPT_PER_HOST, pool_maxsize=KEPT_PER_HOST, max_retries=0)
        self._of_thread = threading.local()
        self._proxies = lru_cache(maxsize=64)(_proxies_of)

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """One request, redirects not followed. Raises `requests.RequestException`."""
        return self._session().request(
            method,
            url,
            allow_redirects=False,
            proxies=self._proxies(origin(url)),
            verify=os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True,
            **options,
        )

    def _session(self) -> requests.Session:
        session = getattr(self._of_thread, "session", None)
        if session is None:
            session = self._of_thread.session = requests.Session()
            session.trust_env = False
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            session.mount("https://", self._adapter)
            session.mount("http://", self._adapter)
        return session


def _proxies_of(url: str) -> dict[str, str]:
    return {} if is_loopback(url) else get_environ_proxies(url)
