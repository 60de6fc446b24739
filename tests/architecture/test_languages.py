"""Nothing on a page is in one language only."""

import re
from html.parser import HTMLParser
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "lapor"

# What templates compute or translate is not written in them.
_NOT_WRITTEN = re.compile(
    r"{%\s*(blocktranslate|comment)\b.*?{%\s*end\1[^%]*%}"
    r"|{%\s*block\s+(?:\w*class|narrow)\b.*?{%\s*endblock[^%]*%}"  # names of classes
    r"|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z]{3,}")
_SHOWN = {"alt", "aria-label", "content", "placeholder", "title"}
# The same in both; SmartCase is what the old system called its proposals, and so what officers know them by.
_NAMES = {"LAPOR", "SP4N", "Indonesia", "Bahasa", "English", "CSV", "XLSX", "PDF", "Enter", "Ctrl", "SmartCase"}
_META = {
    "format-detection",
    "viewport",
    "theme-color",
    "color-scheme",
    "robots",
    "referrer",
    "htmx-config",
    "og:type",
    "twitter:card",
}
_NO_PAGES = {
    "case/opens.html",  # attributes only, put inside a tag
    "components/field.html",  # chooses between two tags, which is no HTML before it is rendered
}


class Written(HTMLParser):
    """Collects the words that a template itself shows to a person."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._silent += tag in {"script", "style"}
        if tag == "meta" and (given.get("name", given.get("property")) in _META or "http-equiv" in given):
            return
        for name in _SHOWN & given.keys():
            self._add(given[name] or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data)

    def _add(self, text: str) -> None:
        self.words += [word for word in _WORD.findall(text) if word not in _NAMES]


def words_written_in(template: str) -> list[str]:
    written = Written()
    written.feed(_NOT_WRITTEN.sub(" ", template))
    return written.words


def test_every_word_of_a_page_is_translated() -> None:
    found = {
        str(path.relative_to(PACKAGE)): words
        for path in sorted(PACKAGE.rglob("templates/**/*.html"))
        if "styleguide" not in path.parts
        and "/".join(path.parts[-2:]) not in _NO_PAGES
        and (words := words_written_in(path.read_text(encoding="utf-8")))
    }

    assert not found, "Put these words into {% translate %}:\n" + "\n".join(
        f"{path}: {words}" for path, words in found.items()
    )


def test_the_search_itself_sees_text_and_attributes() -> None:
    template = """{% load i18n %}<p title="{% translate 'Good' %}">{% blocktranslate %}Fine{% endblocktranslate %}
        <a href="#" aria-label="Forgotten">{{ name }} also</a><script>var quiet</script></p>"""

    assert words_written_in(template) == ["Forgotten", "also"]
