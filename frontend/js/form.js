// The report form's own help, loaded on that page only: advice while writing, files one by one, places by name, a point on
// a map. Each is an addition: without it the form takes the same report.
import { advise } from "./form/advice.js";
import { keepShort } from "./form/length.js";
import { tellParts } from "./form/parts.js";
import { findPlaces } from "./form/places.js";
import { askPosition } from "./form/position.js";
import { sendFiles } from "./form/uploads.js";

const form = document.querySelector("form[data-draft=report]");
if (form) {
  const { consent } = form.elements;
  const shown = consent.defaultValue;
  form.addEventListener("change", () => { consent.value = shown; });   // a draft of last month meets today's words
  keepShort(form);
  tellParts(form);
  advise(form);
  sendFiles(form);
  for (const box of form.querySelectorAll("[data-places]")) findPlaces(box);
  for (const box of form.querySelectorAll("[data-position]")) askPosition(box, form);
}
