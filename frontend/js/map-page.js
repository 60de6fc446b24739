// <div data-map data-points="id of a JSON script">: draws public reports by place. The table below says the same in words.

import { loadMap, mapOptions } from "./map-loader.js";

async function draw(element) {
  const points = JSON.parse(document.getElementById(element.dataset.points).textContent);
  const drawMap = await loadMap(element);
  element.hidden = false;
  const { zoomIn, zoomOut } = element.dataset;
  await drawMap(element, { ...mapOptions(element), points, words: { zoomIn, zoomOut } });
  element.setAttribute("data-drawn", "");
}

export function enhance(root) {
  for (const element of root.querySelectorAll("[data-map]:not([data-ready])")) {
    element.dataset.ready = "";
    draw(element).catch(() => { element.hidden = true; });
  }
}
