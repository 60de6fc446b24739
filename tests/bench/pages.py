"""Server time of the pages people wait for, whole view and template."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from functools import partial

from django.test import Client
from django.utils import timezone
from tests.bench.figures import Figure, repeat

from lapor.agencies.queries.roles import actors_of
from lapor.desk.officer import FACTOR
from lapor.identity.models import Account
from lapor.insights.folding import fold_everything
from lapor.kernel.actor import Actor, reporter_with_code
from lapor.reports.drafts import Draft
from lapor.reports.models import Report
from lapor.reports.queries import inbox
from lapor.reports.usecases.submit import submit_report

# Every kind of narrowing, with answers near the top, far down, and nowhere.
FILTERED = {
    "everything": "tab=all",
    "late": "tab=disposed&clock=late",
    "filter that fits nothing": "tab=all&channel=sms",
    "category and district": "tab=all&category=jalan-rusak&place=52.71.01",
    "dispositions": "tab=in_progress&hops=5",
    "supporters": "tab=all&supports=3",
    "officer": "tab=all&officer=1",
    "days long ago": "tab=closed&first=2025-01-01&last=2025-02-01&secret=yes",
    "frequent word": "q=lampu",
    "frequent word and filter": "q=lampu&rating=1",
    "mid word": "q=cilinaya",
    "rare word": "q=terowongan",
    "no such word": "q=xyzabc",
    "all filters open": "tab=disposed&panel=1",
}


def of_the_desk(times: int) -> Iterator[tuple[str, Figure]]:
    """Time the inboxes of the busiest institution and of the nation: first and hundredth page, counts, every filter."""
    for login in ("bench-admin", "bench-national"):
        client, actor = _signed_in(login)
        yield f"{login}: inbox, first page", repeat(_get(client, "/meja/?tab=disposed"), times)
        yield f"{login}: tab counts alone", repeat(partial(inbox.tabs, actor), times)
        for name, query in FILTERED.items():
            yield f"{login}: inbox, {name}", repeat(_get(client, f"/meja/?{query}"), times)
        yield f"{login}: filters opened in place", repeat(_get(client, "/meja/?tab=disposed&panel=1", part=True), times)
    after = _cursor_of_page(actor, 100)
    yield "bench-national: inbox, page 100", repeat(_get(client, f"/meja/?tab=disposed&after={after}"), times)
    code = _filed()
    yield "case", repeat(_get(client, f"/meja/laporan/{code}/"), times)


def _filed() -> str:
    """File one real report among the synthetic ones and return its code."""
    draft = Draft(text="Lampu jalan padam sejak pekan lalu di depan sekolah.", agency="kota-bench-0")
    return submit_report(draft, actor=reporter_with_code(), now=timezone.now(), key=str(uuid.uuid4())).code


def _signed_in(login: str) -> tuple[Client, Actor]:
    account = Account.objects.get(login=login)
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    session = client.session
    session[FACTOR] = "bench"  # as if the second step of signing in had been taken
    session.save()
    return client, actors_of(account, timezone.now())[0]


def _get(client: Client, path: str, *, part: bool = False) -> Callable[[], None]:
    return partial(_ok, client, path, {"HX-Request": "true"} if part else {})


def of_the_citizen(times: int) -> Iterator[tuple[str, Figure]]:
    """Time home, form, public list and tracking."""
    client = Client(SERVER_NAME="localhost")
    for name, path in (("home", "/"), ("form", "/lapor/"), ("public list", "/publik/")):
        yield name, repeat(_get(client, path), times)
    code = _filed()
    client.post("/lacak/", {"code": code})
    yield "tracking page", repeat(_get(client, "/lacak/"), times)


FIGURES = {
    "bench-admin": (
        "/meja/bulanan/?period=2026-03", "/meja/bulanan/?period=2026", "/meja/pemantauan/?period=2026",
        "/meja/pemantauan/silent/?period=2026", "/meja/mutu/", "/meja/pengembalian/", "/meja/keterlambatan/",
        "/meja/register/?first=2026-03-01&last=2026-03-31",
    ),
    "bench-national": (
        "/meja/bulanan/?period=2026", "/meja/instansi/?period=2026", "/meja/pengembalian/", "/meja/penutupan/",
        "/meja/keterlambatan/", "/meja/register/?first=2026-03-01&last=2026-03-31",
    ),
}  # fmt: skip


def of_the_figures(times: int) -> Iterator[tuple[str, Figure]]:
    """Time the registers and the pages read from folded months; the months are folded first, as the worker does."""
    fold_everything(now=timezone.now())
    for login, paths in FIGURES.items():
        client, _actor = _signed_in(login)
        for path in paths:
            yield f"{login}: {path}", repeat(_get(client, path), times)


DAILY = (
    "pesan/", "komentar/", "pesan-masuk/", "petugas/", "kalender/", "satuan/",
    "satuan/tanpa-petugas/", "penerusan/", "templat/", "sop/", "jam/", "jejak/", "keamanan/", "dukungan/",
    "tepat-waktu/?first=2026-03-01&last=2026-03-31",
)  # fmt: skip
ONES_OWN = {
    "bench-admin": ("tampilan/", "tag/", "entri/", "entri/berkas/"),
    "bench-national": ("kategori/", "kanal/", "pemeliharaan/"),
}


def of_the_rest(times: int) -> Iterator[tuple[str, Figure]]:
    """Time every other page of an admin's menu, and the verification screen and summary of one report."""
    for login, own in ONES_OWN.items():
        client, _actor = _signed_in(login)
        for path in (*DAILY, *own):
            yield f"{login}: /meja/{path}", repeat(_get(client, f"/meja/{path}"), times)
    client, _actor = _signed_in("bench-admin")
    number = Report.objects.get(code=_filed()).number
    for path in ("periksa/", "periksa/?sekitar=1", "ringkasan/"):  # "sekitar": with what other reports tell, at once
        yield f"bench-admin: {path}", repeat(_get(client, f"/meja/laporan/{number}/{path}"), times)


def _ok(client: Client, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def _cursor_of_page(actor: Actor, page: int) -> str:
    after = ""
    for _ in range(page - 1):
        after = inbox.inbox(actor, inbox.Tab.DISPOSED, now=timezone.now(), after=after).older
        if not after:
            raise RuntimeError("the busiest desk has fewer pages than that")
    return after


PUBLIC = {
    "public list, by institution": "/publik/?agency=kota-bench-0",
    "public list, filtered": "/publik/?agency=kota-bench-1&status=closed&category=jalan-rusak&period=year",
    "public list, district and status": "/publik/?place=52.71.01&status=in_progress",
    "public list, longest waiting": "/publik/?sort=waiting",
    "public list, most supported": "/publik/?sort=supported",
    "public search, frequent word": "/publik/?q=lampu+jalan",
    "public search, mid word": "/publik/?q=cilinaya",
    "public search, rare word": "/publik/?q=terowongan",
    "public search, two words": "/publik/?q=sekolah+ampenan",
    "public search, inside an institution": "/publik/?q=cilinaya&agency=kota-bench-0",
    "public search, no such word": "/publik/?q=xyzabc",
    "public map": "/publik/peta/",
    "score card": "/i/kota-bench-0/laporan/",
    "feed": "/publik/kabar.atom",
    "page of the sitemap": "/sitemap/laporan-500000.xml",
}


def of_the_public(times: int) -> Iterator[tuple[str, Figure]]:
    """Time finding public reports, in every way offered; first the second page of the list and a report's page."""
    client = Client(SERVER_NAME="localhost")
    first = client.get("/publik/").content.decode()
    for name, link in (
        ("public list, next page", r'href="(\?after=[^"]+)"'),
        ("public report", r'href="/publik/(BNC-[^"]+)"'),
    ):
        yield name, repeat(_get(client, "/publik/" + re.findall(link, first)[0]), times)
    for name, path in PUBLIC.items():
        yield name, repeat(_get(client, path), times)
