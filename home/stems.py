"""Words as the search compares them: singular and plural alike, on every database."""

import re
import unicodedata

import snowballstemmer
from django.conf import settings
from django.utils.translation import get_language_info

# They stand in every text and say nothing about what somebody looks for.
STOP_WORDS = {
    "english": {
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "my",
        "of",
        "on",
        "or",
        "our",
        "the",
        "to",
        "with",
        "your",
    }
}
WORD = re.compile(r"\w+(?:-\w+)*")


def language() -> str:
    """The site's language as the stemmer calls it, such as "english"."""
    return get_language_info(settings.LANGUAGE_CODE)["name"].split()[-1].lower()


def stems_to_index(text: str) -> list[str]:
    """The stems of a text. What stands between hyphens is there by itself and joined, as in a SKU."""
    words = []
    for word in WORD.findall(_folded(text)):
        parts = word.split("-")
        words += parts
        if len(parts) > 1:
            words.append("".join(parts))
    return _stemmed(dict.fromkeys(words))


def stems_to_find(query: str) -> list[str]:
    """The stems of a query, without the words that say nothing unless there are no others."""
    words = list(dict.fromkeys(re.findall(r"\w+", _folded(query))))
    telling = [word for word in words if word not in STOP_WORDS.get(language(), ())]
    return _stemmed(telling or words)


def _folded(text: str) -> str:
    """In lower case and without accents, which not every database ignores."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _stemmed(words) -> list[str]:
    if language() not in snowballstemmer.algorithms():
        return list(words)
    # A stemmer keeps its state in itself, so that threads cannot share one.
    return list(dict.fromkeys(snowballstemmer.stemmer(language()).stemWords(list(words))))
