// The app's icons, drawn from the brand's mark: PNG, because Android's launcher and iOS take nothing else.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

// Launchers cut a maskable icon to a circle of 80 % of its width; iOS rounds the corners itself and paints gaps black.
const icons = [
  { name: "app-192.png", size: 192, mark: 1, ground: false },
  { name: "app-512.png", size: 512, mark: 1, ground: false },
  { name: "app-maskable-512.png", size: 512, mark: 0.62, ground: true },
  { name: "apple-touch-icon.png", size: 180, mark: 0.74, ground: true },
];
const red = "#c4232f";
// Android shows only the shape of this one, in the status bar, when the phone tells of news.
const badge = { name: "app-badge-96.png", size: 96 };

export async function drawAppIcons(here, out) {
  const mark = inner(readFileSync(join(here, "brand/mark.svg"), "utf8"));
  for (const icon of icons) await write(out, icon, framed(mark, icon.mark, icon.ground ? red : null));
  await write(out, badge, framed(inner(readFileSync(join(here, "brand/badge.svg"), "utf8")), 1, null));
}

const inner = (svg) => svg.replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, "");

function framed(mark, share, ground) {
  const gap = (32 * (1 - share)) / 2;
  const paper = ground ? `<path fill="${ground}" d="M0 0h32v32H0z"/>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${paper}<g transform="translate(${gap} ${gap}) scale(${share})">${mark}</g></svg>`;
}

async function write(out, { name, size }, svg) {
  await sharp(Buffer.from(svg), { density: (72 * size) / 32 }).resize(size, size).png({ compressionLevel: 9, palette: true }).toFile(join(out, name));
}
