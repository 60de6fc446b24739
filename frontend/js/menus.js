// Menus: <details class="menu"> closes when somebody presses Escape or looks elsewhere.

// A row of tabs that is wider than the phone begins at the open one, and a long menu shows the page that is open. Only the
// row and the menu move: the page itself stays at its top.
function bring(into, element) {
  if (!into || !element) return;
  const [frame, inner] = [into.getBoundingClientRect(), element.getBoundingClientRect()];
  into.scrollLeft += inner.left - frame.left - (frame.width - inner.width) / 2;
  if (inner.bottom > frame.bottom) into.scrollTop += inner.bottom - frame.bottom + frame.height / 3;
}

for (const row of document.querySelectorAll(".tabs ul, .desk-side .desk-nav")) bring(row, row.querySelector("[aria-current]"));

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
