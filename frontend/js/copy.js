// <button data-copy="text" data-copied="Copied">: puts the text on the clipboard and says so.
// <button data-print>: prints the page. <button data-share="address" data-title="…">: the phone's share sheet, where there is one.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-share]");
  if (!button) return;
  if (button.hasAttribute("data-print")) return window.print();
  if (button.hasAttribute("data-share")) return navigator.share({ url: button.dataset.share, title: button.dataset.title }).catch(() => {});
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = before; }, 2500);
});

// These buttons are useless without their browser function: the templates render them hidden.
const able = { "data-copy": navigator.clipboard, "data-print": window.print, "data-share": navigator.share };

export function enhance(root) {
  for (const [attribute, can] of Object.entries(able)) {
    if (can) root.querySelectorAll(`[${attribute}]`).forEach((button) => { button.hidden = false; });
  }
}
