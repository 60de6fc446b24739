// What came in since the list was made: asked now and then while somebody looks, told politely, never moved into the list.

const EVERY = 45_000;

const place = document.querySelector("[data-arrivals]");
let tag = "";

async function ask() {
  if (document.visibilityState !== "visible" || !navigator.onLine) return;
  try {
    const answer = await fetch(place.dataset.arrivals, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "error" });
    if (answer.status !== 200) return;
    tag = answer.headers.get("ETag") ?? "";
    const told = (await answer.text()).trim();
    if (place.innerHTML.trim() !== told) place.innerHTML = told;
    const again = place.querySelector("[data-again]");
    if (again) again.href = window.location.href;
  } catch { /* the line is down: the next time will do */ }
}

if (place) {
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
