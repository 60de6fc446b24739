// Whoever has a report open says so while they are active, and lets it go when they leave; colleagues of the desk see it.

const RENEW = 4 * 60_000;   // a claim lasts ten minutes

const place = document.querySelector("[data-reading]");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
let active = true;

function words(extra = {}) {
  return new URLSearchParams({ csrfmiddlewaretoken: token, ...extra });
}

async function hold() {
  if (!active || document.visibilityState !== "visible") return;
  active = false;
  try {
    const answer = await fetch(place.dataset.reading, { method: "POST", body: words(), redirect: "error" });
    if (!answer.ok) return;
    const told = (await answer.text()).trim();
    if (place.innerHTML.trim() !== told) place.innerHTML = told;
  } catch { /* it ends by itself */ }
}

if (place && token) {
  hold();
  setInterval(hold, RENEW);
  for (const sign of ["keydown", "pointerdown", "scroll"]) document.addEventListener(sign, () => { active = true; }, { passive: true });
  window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.reading, words({ gone: "1" })));
}
