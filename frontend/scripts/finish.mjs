// Turns what Trunk or split.mjs built into what nginx serves: no inline script, every file with its hash below /assets, each text
// file compressed beside itself. Usage: node scripts/finish.mjs quick|release FOLDER

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const staged = join(root, "build/dist");
const dist = join(root, process.argv[3] ?? "dist");
const next = join(root, "build/next");
const release = process.argv[2] === "release";
const manifest = JSON.parse(readFileSync(join(root, "build/manifest.json"), "utf8"));

rmSync(next, { recursive: true, force: true });
mkdirSync(join(next, "assets"), { recursive: true });
cpSync(join(root, "build/assets"), join(next, "assets"), { recursive: true });

const script = readdirSync(staged).find((name) => /^dialog-frontend.*\.js$/.test(name));
const module = readdirSync(staged).find((name) => /^dialog-frontend.*\.wasm$/.test(name));
if (!script || !module) throw new Error("there is no script or no module in build/dist");
for (const name of readdirSync(staged)) {
  if (name.endsWith(".js") || name.endsWith(".wasm")) cpSync(join(staged, name), join(next, "assets", name));
}

// One file, for one request.
const boot = ["js/boot.js", "js/typography.js"].map((name) => readFileSync(join(root, name), "utf8")).join("\n")
  .replace("APP_SCRIPT", `/assets/${script}`)
  .replace("APP_MODULE", `/assets/${module}`)
  .replace("MAP_SCRIPT", `/assets/${manifest.map}`)
  .replace("MAP_STYLES", `/assets/${manifest.mapStyles}`);
const bootFile = `boot-${createHash("sha256").update(boot).digest("hex").slice(0, 16)}.js`;
writeFileSync(join(next, "assets", bootFile), boot);

const head = [
  `<link rel="icon" href="/assets/${manifest.favicon}" type="image/svg+xml">`,
  ...manifest.fonts.map(
    (font) => `<link rel="preload" href="/assets/${font}" as="font" type="font/woff2" crossorigin>`,
  ),
  `<link rel="preload" href="/assets/${module}" as="fetch" type="application/wasm" crossorigin>`,
  `<link rel="modulepreload" href="/assets/${script}">`,
  `<link rel="stylesheet" href="/assets/${manifest.main}">`,
  `<meta name="dialog-state-brand" content="${manifest.stateBrand}">`,
  `<script type="module" src="/assets/${bootFile}"></script>`,
].join("\n    ");
const html = readFileSync(join(staged, "index.html"), "utf8")
  .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, "")
  .replace(/<link\b[^>]*dialog-frontend[^>]*>\n?/g, "")
  .replace("<!-- assets -->", head)
  .replace(/\n\s*\n+/g, "\n");
if (/<script(?![^>]*\bsrc=)/.test(html)) throw new Error("an inline script is left: the content policy refuses it");
if (!html.includes(bootFile)) throw new Error("index.html has no <!-- assets --> mark");
writeFileSync(join(next, "index.html"), html);

const compressible = new Set([".html", ".js", ".css", ".svg", ".wasm", ".json"]);
if (release) {
  for (const name of readdirSync(next, { recursive: true })) {
    if (!compressible.has(extname(name))) continue;
    const content = readFileSync(join(next, name));
    const mode = extname(name) === ".wasm" ? constants.BROTLI_MODE_GENERIC : constants.BROTLI_MODE_TEXT;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: mode };
    writeFileSync(join(next, `${name}.br`), brotliCompressSync(content, { params }));
    writeFileSync(join(next, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

// The new folder takes the place of the old one in one step, so that a server never serves half a build.
rmSync(join(root, "build/previous"), { recursive: true, force: true });
try {
  renameSync(dist, join(root, "build/previous"));
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}
renameSync(next, dist);
rmSync(join(root, "build/previous"), { recursive: true, force: true });
