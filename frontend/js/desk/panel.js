// The form of a step comes into the panel in place; on a phone the panel then stands first, and the eye goes along.

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = event.target.id === "tindakan" && document.getElementById("tindakan");
  const top = panel ? panel.getBoundingClientRect().top : 0;
  if (top < 0 || top > window.innerHeight / 2) panel.scrollIntoView({ block: "start" });
});

// A proposal that was taken is gone, and the focus with it: it goes on to the next one, or to the card when none is left,
// where the keys of the page work at once and a phone opens no keyboard.
let leaving = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  leaving = event.target.id === "kata" && event.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const words = leaving && event.target.id === "kata" && document.getElementById("kata");
  if (words) (words.querySelector(".exam-edit") ?? words).focus({ preventScroll: true });
});
