// Drafts, outbox, news on the phone and the install hint: loaded by app.js where one of them has something to do.
import { keepDraft, wipeHanded } from "./device/drafts.js";
import { banner, forgetWith, guard, settle } from "./device/outbox.js";
import { hint } from "./device/install.js";
import { offerNews } from "./device/push.js";
import { show } from "./device/page.js";

const all = (what) => [...document.querySelectorAll(what)];

async function begin() {
  all("form[data-forget]").forEach(forgetWith);
  await settle();
  const drafts = await Promise.all(all("form[data-draft]").map(keepDraft));
  drafts.filter((draft) => draft.isReport).forEach(guard);
  drafts.filter((draft) => !draft.isReport).forEach((draft) => draft.form.addEventListener("submit", () => draft.handOver()));
  await Promise.all(all("[data-device-page]").map(show));
  await banner();
  hint();
  await Promise.all(all("[data-push]").map(offerNews));
}

// Said by the server at the top of the page: the words of the box have arrived, and need not be kept any more.
const arrived = document.querySelector(".messages .alert-success") && !document.querySelector("form[data-bound]");

// A browser that keeps nothing (private windows of some) loses the comforts, not the form.
if (window.indexedDB && window.isSecureContext) (arrived ? wipeHanded([]) : Promise.resolve()).then(begin).catch((problem) => console.warn(problem));
