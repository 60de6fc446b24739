// Builds both faces into src/lapor/static/build/: portal.css, desk.css, portal.js, desk.js, icons.svg and the brand's SVGs;
// and the app: device.js (drafts, outbox, push; loaded where needed), sw.js (the service worker) and its icons.
// Run by `npm run build`; `npm run watch` builds again on every change below frontend/.

import { brotliCompressSync, gzipSync } from "node:zlib";
import { cpSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, transformSync } from "esbuild";
import * as sass from "sass";
import { drawAppIcons } from "./app-icons.mjs";
import { outline } from "./outline.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "src/lapor/static/build");
const browsers = ["chrome80", "firefox80", "safari15"];
const faces = ["portal", "desk"];
const app = ["device", "sw"];

// The first visit of the portal may cost 100 kB in all; this is the part that is ours to keep (gzip, bytes).
const budget = { "portal.css": 36_000, "portal.js": 26_000, "icons.svg": 14_000, "desk.css": 40_000, "desk.js": 28_000,
  "device.js": 10_800, "sw.js": 5_000 };
// What only the pages with a map load, apart from everything else.
Object.assign(budget, { "passkeys.js": 2_000, "examine.js": 2_000, "form.js": 7_000, "map.js": 56_000, "map.css": 4_000, "outline.json": 60_000 });

function styles(face) {
  const { css } = sass.compile(join(here, "scss", `${face}.scss`), {
    loadPaths: [join(here, "scss"), here, join(root, "node_modules")],
    quietDeps: true,
  });
  const { code } = transformSync(withoutDataUris(css), { loader: "css", minify: true, target: browsers });
  writeFileSync(join(out, `${face}.css`), code);
}

// Leaflet's sheet names picture files for controls that we do not use.
function mapStyles() {
  const { css } = sass.compile(join(here, "scss/map.scss"), { loadPaths: [join(root, "node_modules")], quietDeps: true });
  const { code } = transformSync(css.replace(/[\w-]+:\s*url\([^)]*\);?/g, ""), { loader: "css", minify: true, target: browsers });
  writeFileSync(join(out, "map.css"), code);
}

// Our Content-Security-Policy allows no `data:` images. Tabler writes its small form marks that way, so each is
// moved into a file of its own; the name is its order of appearance, equal for both faces when the marks are equal.
function withoutDataUris(css) {
  return css.replace(/url\((["'])data:image\/svg\+xml,(.*?)\1\)/g, (_, __, svg) => {
    const text = decodeURIComponent(svg);
    const name = `mark-${shortHash(text)}.svg`;
    writeFileSync(join(out, name), text);
    return `url("${name}")`;
  });
}

function shortHash(text) {
  let hash = 0;
  for (const char of text) hash = (Math.imul(hash, 31) + char.codePointAt(0)) >>> 0;
  return hash.toString(36);
}

function scripts() {
  buildSync({
    entryPoints: [...faces, ...app, "map", "form", "passkeys", "examine"].map((face) => join(here, "js", `${face}.js`)),
    outdir: out, bundle: true, minify: true, format: "iife", target: browsers, legalComments: "linked",
  });
}

// One sprite of the icons named in icons/names.json: a symbol per icon, painted by `.icon` in the style sheet.
function icons() {
  const names = JSON.parse(readFileSync(join(here, "icons/names.json"), "utf8"));
  const symbols = Object.entries(names).flatMap(([kind, list]) => list.map((name) => symbol(kind, name)));
  writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function symbol(kind, name) {
  const source = readFileSync(join(root, "node_modules/@tabler/icons/icons", kind, `${name}.svg`), "utf8");
  const shapes = source.replace(/<!--.*?-->/gs, "").replace(/^.*?<svg.*?>|<\/svg>\s*$/gs, "").replace(/\s+/g, " ").replace(/ ?\/> ?/g, "/>");
  return `<symbol id="${kind === "filled" ? `${name}-filled` : name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
}

function weigh() {
  for (const [name, limit] of Object.entries(budget)) {
    const bytes = readFileSync(join(out, name));
    const packed = gzipSync(bytes, { level: 9 }).length;
    console.log(`${name.padEnd(11)} ${String(bytes.length).padStart(7)} B   gzip ${String(packed).padStart(6)}   brotli ${String(brotliCompressSync(bytes).length).padStart(6)}`);
    if (packed > limit) throw new Error(`${name} weighs ${packed} bytes compressed; its budget in frontend/build.mjs is ${limit}.`);
  }
}

function checkPolicy() {
  for (const name of readdirSync(out).filter((file) => file.endsWith(".css"))) {
    const css = readFileSync(join(out, name), "utf8");
    if (/url\(["']?(data:|https?:|\/\/)/.test(css)) throw new Error(`${name} loads something our Content-Security-Policy forbids.`);
  }
}

async function build() {
  mkdirSync(out, { recursive: true });
  cpSync(join(here, "brand"), out, { recursive: true });
  faces.forEach(styles);
  mapStyles();
  writeFileSync(join(out, "outline.json"), outline(root));
  scripts();
  icons();
  await drawAppIcons(here, out);
  checkPolicy();
  weigh();
}

async function buildOrSay() {
  try { await build(); } catch (error) { console.error(error.message); }
}

if (process.argv.includes("--watch")) {
  await buildOrSay();
  let soon;
  watch(here, { recursive: true }, () => { clearTimeout(soon); soon = setTimeout(buildOrSay, 150); });
} else {
  await build();
}
