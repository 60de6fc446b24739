// Choosing rows: one box for the whole page, and how many are chosen. The list works without: each row has its own box.

const boxes = () => [...document.querySelectorAll(".row-item .row-check")];

function show() {
  const all = document.querySelector("[data-pick-all]");
  const told = document.querySelector("[data-picked]");
  const chosen = boxes().filter((box) => box.checked).length;
  if (told) told.textContent = chosen ? ` (${chosen})` : "";
  if (!all) return;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches(".row-check")) show();
});

window.addEventListener("pageshow", show);   // the browser may have kept what was chosen
