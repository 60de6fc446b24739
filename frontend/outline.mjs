// Makes outline.json, the coast of Indonesia, from Natural Earth (public domain, through the package world-atlas).
// Small: islands below a few kilometres are left out, and a coast is drawn to about a kilometre.

import { readFileSync } from "node:fs";
import { feature } from "topojson-client";

const INDONESIA = "360";
const DETAIL = 0.012;  // degrees a drawn line may stray from the coast
const SMALLEST = 0.0015;  // square degrees

export function outline(root) {
  const world = JSON.parse(readFileSync(`${root}/node_modules/world-atlas/countries-10m.json`, "utf8"));
  const country = feature(world, world.objects.countries.geometries.find((one) => one.id === INDONESIA));
  const coasts = country.geometry.coordinates.map(([coast]) => coast).filter((coast) => area(coast) > SMALLEST);
  const coordinates = coasts.map((coast) => [simplified(coast).map(rounded)]);
  return JSON.stringify({ type: "MultiPolygon", coordinates });
}

function area(ring) {
  let doubled = 0;
  for (let i = 1; i < ring.length; i += 1) doubled += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return Math.abs(doubled) / 2;
}

// A ring has no ends: it is cut at the point farthest from its first, and both halves are drawn with fewer points.
function simplified(ring) {
  const apart = ring.map((point) => Math.hypot(point[0] - ring[0][0], point[1] - ring[0][1]));
  const half = apart.indexOf(Math.max(...apart));
  return [...thinned(ring.slice(0, half + 1)).slice(0, -1), ...thinned(ring.slice(half))];
}

// Douglas and Peucker's way of drawing a line with fewer points.
function thinned(line) {
  const [first, last] = [line[0], line[line.length - 1]];
  let farthest = 0, at = 0;
  for (let i = 1; i < line.length - 1; i += 1) {
    const away = distance(line[i], first, last);
    if (away > farthest) [farthest, at] = [away, i];
  }
  return farthest <= DETAIL ? [first, last] : [...thinned(line.slice(0, at + 1)).slice(0, -1), ...thinned(line.slice(at))];
}

function distance([x, y], [ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  return length ? Math.abs((by - ay) * x - (bx - ax) * y + bx * ay - by * ax) / length : Math.hypot(x - ax, y - ay);
}

function rounded(point) {
  return point.map((degrees) => Math.round(degrees * 1000) / 1000);
}
