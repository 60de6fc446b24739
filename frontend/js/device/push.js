// "Tell me on this phone": asked for only when the button is pressed, for one report, taken back as easily.
import { freshToken } from "./sending.js";
import { store, veiled } from "./store.js";
import { word } from "./words.js";

export async function offerNews(box) {
  if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) return explainIos(box);
  const press = box.querySelector("[data-push-button]");
  const name = await veiled("news", box.dataset.code);
  const worker = await navigator.serviceWorker.ready;
  const current = async () => {
    const subscription = await worker.pushManager.getSubscription();
    return subscription && (await (await store()).get("notes", name)) === subscription.endpoint ? subscription : null;
  };
  const show = async (text = "") => {
    const on = await current();
    press.textContent = word(on ? "news-stop" : "news-ask");
    press.setAttribute("aria-pressed", String(Boolean(on)));
    box.querySelector("[data-push-state]").textContent = text || (on ? word("news-on") : "");
    box.hidden = false;
  };
  press.addEventListener("click", async () => {
    press.disabled = true;
    try { await show(await ((await current()) ? stop(box, worker, name) : start(box, worker, name))); } catch { await show(word("news-failed")); }
    press.disabled = false;
  });
  await show();
}

// On an iPhone news come only to an app on the home screen.
function explainIos(box) {
  if (!("standalone" in navigator) || navigator.standalone) return;
  box.querySelector("[data-push-button]").hidden = true;
  box.querySelector("[data-push-state]").textContent = word("install-ios");
  box.hidden = false;
}

async function start(box, worker, name) {
  if ((await Notification.requestPermission()) !== "granted") return word("news-denied");
  const key = bytesOf(box.dataset.push);
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await tell(box, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  await (await store()).put("notes", endpoint, name);
  return "";
}

async function stop(box, worker, name) {
  const subscription = await worker.pushManager.getSubscription();
  await tell(box, { endpoint: subscription.endpoint, stop: "yes" });
  await (await store()).delete("notes", name);   // other reports may still use the subscription itself
  return "";
}

async function tell(box, facts) {
  const headers = { "X-CSRFToken": await freshToken() };
  const body = new URLSearchParams({ ...facts, code: box.dataset.code });
  const answer = await fetch(box.dataset.address, { method: "POST", credentials: "same-origin", headers, body });
  if (!answer.ok) throw new Error(`refused: ${answer.status}`);
}

function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}
