"""How long a person needs to file on a phone: a script types as people do, and tells the seconds.

`python -m tests.bench.filing_time http://localhost:8000`: the address of a running demo. Typing 40 words a minute
(300 ms a character), two seconds to look at each part of the form, a photo, slow 3G (400 kbit/s, 400 ms) and a phone
four times slower than this machine.
"""

from __future__ import annotations

import io
import shutil
import sys
import time
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

A_KEY = 300  # milliseconds a character: 40 words a minute
A_LOOK = 2_000  # milliseconds until somebody has seen what the next part wants
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
TEXT = (
    "Lampu jalan di depan SDN 5 Ampenan padam sejak dua minggu. Anak-anak takut lewat karena gelap. Mohon diperbaiki."
)


def main() -> None:
    """File one report and tell how long each part took."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
        )
        phone = browser.new_context(**playwright.devices["Moto G4"], locale="id-ID")
        page = phone.new_page()
        slow = phone.new_cdp_session(page)
        slow.send("Network.enable")
        slow.send("Network.emulateNetworkConditions", SLOW_3G)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        began = time.monotonic()
        _file(page, address, began)
        browser.close()


def _file(page: Page, address: str, began: float) -> None:
    page.set_default_timeout(90_000)

    def tell(what: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:6.1f} s  {what}\n")
        sys.stdout.flush()

    page.goto(address)
    tell("the front page can be used")
    page.wait_for_timeout(A_LOOK)
    page.locator("textarea[name=text]").press_sequentially(TEXT, delay=A_KEY)
    tell(f"{len(TEXT)} characters typed")
    page.get_by_role("button", name="Lanjutkan").click()
    page.locator("[data-part=files] > summary").wait_for()
    tell("the form can be used")
    page.wait_for_timeout(A_LOOK)
    _unfold(page, "files")
    page.locator("#id_photos").set_input_files(_photo())
    _unfold(page, "place")
    page.locator("#id_where").press_sequentially("ampenan s", delay=A_KEY)
    page.locator(".combo-list li").first.click()
    tell("photo and place chosen")
    page.wait_for_timeout(A_LOOK)
    _unfold(page, "contact")
    page.locator("#id_contact").press_sequentially("081234567890", delay=A_KEY)
    page.wait_for_timeout(A_LOOK)
    page.locator(".file-done").wait_for(timeout=60_000)
    tell("the photo is up")
    page.get_by_role("button", name="Kirim laporan").click()
    page.locator("#code").wait_for(timeout=60_000)
    tell("the receipt is in the hand")


def _unfold(page: Page, part: str) -> None:
    """Open a part by its line; half a look until the thumb is there."""
    page.wait_for_timeout(A_LOOK / 2)
    page.locator(f"[data-part={part}] > summary").click()


def _photo() -> Any:
    """Return a photo of about 300 kB."""
    content = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(content, "JPEG", quality=80)
    return {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


if __name__ == "__main__":
    main()
