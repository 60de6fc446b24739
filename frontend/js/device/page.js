// The page "on this device": what waits, what was sent, what is being written; also shown in place of any page that needs
// a network when there is none.
import { panel } from "./outbox.js";
import { wipe } from "./drafts.js";
import { freshToken } from "./sending.js";
import { store } from "./store.js";
import { button, make, when, word } from "./words.js";

export async function show(place) {
  const ill = place.dataset.devicePage === "ill";   // the service worker says so
  const asked = location.pathname !== word("device-address");
  place.querySelector("[data-ill]").hidden = !ill;
  const away = place.querySelector("[data-away]"), here = place.querySelector("[data-here]");
  const isAway = (yes) => { away.hidden = !yes; here.classList.toggle("h2", yes || ill); };
  isAway((asked && !ill) || navigator.onLine === false);
  place.querySelector("[data-again]").addEventListener("click", () => location.reload());
  // The browser's word for it is often early: look before the page is loaded again.
  window.addEventListener("online", () => freshToken().then(() => {
    if (asked && !document.querySelector("[data-outbox]:not(.outbox-empty)")) location.reload(); else isAway(false);
  }).catch(() => {}));
  place.querySelector("[data-list]").replaceWith(await panel());
  const draft = await (await store()).get("drafts", "report");
  if (draft) place.querySelector("[data-drafts]").append(card(draft));
}

function card(draft) {
  const text = draft.fields.find(([name]) => name === "text")?.[1] ?? "";
  const item = make("section", { className: "outbox-item stack" },
    make("p", { className: "muted m-0", textContent: word("draft", { when: when(draft.at) }) }),
    make("p", { className: "outbox-title m-0", dir: "auto", textContent: text.slice(0, 140) }),
    make("div", { className: "actions" },
      make("a", { className: "btn", href: word("form-address"), textContent: word("go-on") }),
      button("delete", async () => { await wipe("report"); item.remove(); })));
  return item;
}
