"""What opens an order, a file or an account stays out of logs and error reports."""

import logging
import re

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

HIDDEN = "***"
_SLASH = r"(?:/|%2f)"
_PART = rf"(?:(?!{_SLASH})[^\s?&#\"'<>])+"
# Their last part opens what they lead to; also as part of another address, where slashes are written %2F.
_ADDRESSES = (
    rf"(?<!/admin)(?<!%2fadmin){_SLASH}orders{_SLASH}{_PART}{_SLASH}",
    rf"{_SLASH}accounts{_SLASH}confirm-email{_SLASH}",
    rf"{_SLASH}accounts{_SLASH}password{_SLASH}reset{_SLASH}key{_SLASH}",
)
_SECRET_ADDRESS = re.compile(rf"({'|'.join(_ADDRESSES)}){_PART}", re.IGNORECASE)
_SECRET_ARGUMENTS = ("secret", "token", "key")


def redacted(text: str) -> str:
    """The text with the secrets of addresses taken out."""
    return _SECRET_ADDRESS.sub(rf"\1{HIDDEN}", text)


class SafeLogRecord(logging.LogRecord):
    """A record without secret addresses in its message and traceback, whatever handles it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            # Formatters take this text instead of making their own.
            self.exc_text = redacted(logging.Formatter().formatException(self.exc_info))

    def getMessage(self) -> str:
        return redacted(super().getMessage())


def keep_secrets_out_of_logs() -> None:
    """Of every logger of this process, gunicorn's access log included."""
    logging.setLogRecordFactory(SafeLogRecord)


class ReportFilter(SafeExceptionReporterFilter):
    """Hides every cookie: the one of a visitor opens designs and cart for a year."""

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        return dict.fromkeys(super().get_safe_cookies(request), HIDDEN)


class Reporter(ExceptionReporter):
    """Error reports, by e-mail and on the page of development, without what the address opens."""

    def get_traceback_text(self) -> str:
        return self._redacted(super().get_traceback_text())

    def get_traceback_html(self) -> str:
        return self._redacted(super().get_traceback_html())

    def _redacted(self, report: str) -> str:
        match = getattr(self.request, "resolver_match", None)
        arguments = match.kwargs if match else {}
        for secret in filter(None, map(arguments.get, _SECRET_ARGUMENTS)):
            report = report.replace(str(secret), HIDDEN)
        return redacted(report)
