// The map: a bundle of its own, loaded by map-loader.js on pages that draw one. Puts `laporMap.drawMap` on the window.
// Without tiles it draws the outline of the country: nothing comes from another host unless the operator names one.

import L from "leaflet";
import "leaflet.markercluster";

const INDONESIA = [[-11.2, 94.8], [6.2, 141.2]];

// Draws a map into `element` and returns { map, setPin(lat, lng), clearPin() }. Options, all of them optional:
//   outline   address of the outline (GeoJSON)     tiles   template such as /tiles/{z}/{x}/{y}.png     credit  whose tiles
//   bounds    [[south, west], [north, east]]       points  [{ lat, lng, count, name, url, label }], gathered in clusters
//   pin       { lat, lng }                         onPick  called with (lat, lng) when a place is pressed or the pin is moved
//   words     { zoomIn, zoomOut, pin, cluster("{n}") } in the reader's language
export async function drawMap(element, options = {}) {
  const words = options.words ?? {};
  const map = L.map(element, {
    zoomControl: false, attributionControl: Boolean(options.credit), maxZoom: options.tiles ? 18 : 12, minZoom: 4, worldCopyJump: false,
    zoomSnap: options.tiles ? 1 : 0.25,  // an outline has no pictures of fixed sizes, so it fits its points closely
    fadeAnimation: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn ?? "+", zoomOutTitle: words.zoomOut ?? "-" }).addTo(map);
  map.fitBounds(options.bounds ?? INDONESIA);
  if (options.tiles) L.tileLayer(options.tiles, { attribution: options.credit }).addTo(map);
  else if (options.outline) await drawOutline(map, options.outline);
  if (options.points?.length) drawPoints(map, options.points, words);
  return { map, ...pins(map, options) };
}

async function drawOutline(map, address) {
  const answer = await fetch(address);
  if (answer.ok) L.geoJSON(await answer.json(), { interactive: false, className: "map-land" }).addTo(map);
}

function badge(count, size) {
  return L.divIcon({ html: `<span>${Number(count)}</span>`, className: `map-point map-point-${size}`, iconSize: [40, 40] });
}

function sizeOf(count) {
  return count >= 1000 ? "large" : count >= 50 ? "medium" : "small";
}

function drawPoints(map, points, words) {
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 44,  // a point is 40 pixels wide: nearer ones would lie over each other
    animate: false, spiderfyOnMaxZoom: true,
    iconCreateFunction(cluster) {
      const count = cluster.getAllChildMarkers().reduce((sum, marker) => sum + marker.options.count, 0);
      return badge(count, sizeOf(count));
    },
  });
  for (const point of points) {
    const title = point.label ?? `${point.name}: ${point.count}`;
    const marker = L.marker([point.lat, point.lng], { icon: badge(point.count, sizeOf(point.count)), count: point.count, title, alt: title });
    const link = Object.assign(document.createElement("a"), { href: point.url, textContent: title });  // text, never markup
    clusters.addLayer(marker.bindPopup(link));
    byKeyboard(marker, link);
  }
  clusters.on("clusterkeypress", (event) => event.layer.zoomToBounds());
  map.addLayer(clusters);
  map.fitBounds(clusters.getBounds(), { padding: [28, 28], maxZoom: 11, animate: false });
}

// Who opens a point by keyboard stands on its link at once; Escape leads back to the point.
function byKeyboard(marker, link) {
  marker.on("popupopen", () => link.focus({ preventScroll: true }));
  link.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    marker.closePopup();
    marker.getElement()?.focus({ preventScroll: true });
  });
}

function pins(map, options) {
  let marker = null;
  const icon = L.divIcon({ className: "map-pin-mark", iconSize: [28, 28], iconAnchor: [14, 28] });
  const picked = (at) => options.onPick?.(Number(at.lat.toFixed(6)), Number(at.lng.toFixed(6)));
  const setPin = (lat, lng) => {
    if (marker) return void marker.setLatLng([lat, lng]);
    marker = L.marker([lat, lng], { icon, draggable: true, autoPan: true, title: options.words?.pin ?? "" }).addTo(map);
    marker.on("dragend", () => picked(marker.getLatLng()));
  };
  const clearPin = () => { marker?.remove(); marker = null; };
  if (options.onPick) map.on("click", ({ latlng }) => { setPin(latlng.lat, latlng.lng); picked(latlng); });
  if (options.pin) {
    setPin(options.pin.lat, options.pin.lng);
    map.setView([options.pin.lat, options.pin.lng], options.tiles ? 15 : 10);
  }
  return { setPin, clearPin };
}

window.laporMap = { drawMap };
