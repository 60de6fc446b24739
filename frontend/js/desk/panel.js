// The form of a step comes into the panel in place; on a phone the panel then stands first, and the eye goes along.

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = event.target.id === "tindakan" && document.getElementById("tindakan");
  const top = panel ? panel.getBoundingClientRect().top : 0;
  if (top < 0 || top > window.innerHeight / 2) panel.scrollIntoView({ block: "start" });
});
