// Fetches the map's bundle only when a page wants to draw one: `const drawMap = await loadMap(element)`.
// The element carries data-map-script and data-map-style, the addresses of build/map.js and build/map.css; and, for
// `mapOptions`, data-outline, data-tiles, data-credit.

let loading;

export function loadMap(element) {
  loading ??= Promise.all([script(element.dataset.mapScript), style(element.dataset.mapStyle)]);
  return loading.then(() => window.laporMap.drawMap);
}

export function mapOptions(element) {
  const { outline, tiles, credit } = element.dataset;
  return { outline, tiles: tiles || undefined, credit: credit || undefined };
}

function script(src) {
  return arrived(Object.assign(document.createElement("script"), { src }));
}

function style(href) {
  return arrived(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

function arrived(node) {
  return new Promise((resolve, reject) => {
    node.addEventListener("load", resolve);
    node.addEventListener("error", () => { loading = undefined; reject(new Error("The map did not arrive.")); });
    document.head.append(node);
  });
}
