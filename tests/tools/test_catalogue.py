"""The catalogue tool finds every text, keeps translations, and names the gaps."""

from pathlib import Path

import polib
import pytest
from tools.catalogue import Found, texts_of_python, texts_of_template

from tools import catalogue

SOURCE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
a = _("Send")
b = gettext_lazy("Sent on %(day)s")
c = ngettext("one file", "%(n)s files", n)
d = pgettext("month", "May")
e = other("not a text")
f = _(variable)
"""
TEMPLATE = """{% load i18n %}<h1>{% translate "Don't (yet) send" %}</h1>
{% blocktranslate count n=files trimmed %}
  {{ n }} file
{% plural %}
  {{ n }} files
{% endblocktranslate %}
{% translate "May" context "month" %} {{ _("Back") }} translate me not"""


def test_texts_of_python() -> None:
    assert list(texts_of_python(SOURCE, "p")) == [
        Found("Send", None, None, "p"),
        Found("Sent on %(day)s", None, None, "p"),
        Found("one file", "%(n)s files", None, "p"),
        Found("May", None, "month", "p"),
    ]


def test_texts_of_a_template() -> None:
    assert set(texts_of_template(TEMPLATE, "t")) == {
        Found("Don't (yet) send", None, None, "t"),
        Found("%(n)s file", "%(n)s files", None, "t"),
        Found("May", None, "month", "t"),
        Found("Back", None, None, "t"),
    }


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one module, and an empty catalogue."""
    (tmp_path / "page.py").write_text(SOURCE)
    monkeypatch.setattr(catalogue, "TOP", tmp_path)
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po")
    return tmp_path


def translate(**words: str) -> None:
    entries = polib.pofile(str(catalogue.CATALOGUE))
    for entry in entries:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)s berkas"}
        else:
            entry.msgstr = words.get(entry.msgid.split()[0].lower(), entry.msgstr)
    entries.save(str(catalogue.CATALOGUE))


def test_a_complete_catalogue_has_no_gaps_and_survives_an_update(package: Path) -> None:
    catalogue.update()
    assert len(list(catalogue.gaps())) == 4

    translate(send="Kirim", sent="Terkirim %(day)s", may="Mei")
    catalogue.update()

    assert list(catalogue.gaps()) == []


def test_a_lost_placeholder_and_an_unused_text_are_gaps(package: Path) -> None:
    catalogue.update()
    translate(send="Kirim", sent="Terkirim", may="Mei")
    (package / "page.py").write_text(SOURCE.replace('_("Send")', "None"))

    assert [problem.partition(": ")[2][:40] for problem in sorted(catalogue.gaps())] == [
        "nobody uses 'Send' any more; run `make c",
        "the Indonesian of 'Sent on %(day)s' must",
    ]


def test_compiled_texts_can_be_read(package: Path) -> None:
    catalogue.update()
    translate(send="Kirim")

    catalogue.compile_all()

    compiled = polib.mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
    assert {entry.msgid: entry.msgstr for entry in compiled}["Send"] == "Kirim"
