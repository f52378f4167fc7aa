// Makes what the application needs beside its own code: the style sheet (design system, reduced to what is used, and
// ours), its fonts and icons, and the map module. Usage: node scripts/assets.mjs quick|release

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { purge } from "./purge.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "build/assets");
const release = process.argv[2] === "release";
// The mark of the State, its font and its logo are reserved to the sites of the State.
const stateBrand = process.env.DIALOG_STATE_BRAND !== "0";

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

function sources(folder, extensions) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => extensions.some((extension) => name.endsWith(extension)))
    .map((name) => readFileSync(join(root, folder, name), "utf8"));
}

function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const [stem, extension] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf("."))];
  return `${stem}-${hash}${extension}`;
}

function keep(name, content) {
  const file = hashed(name, content);
  writeFileSync(join(out, file), content);
  return file;
}

const options = {
  bundle: true,
  minify: release,
  write: false,
  metafile: true,
  outdir: out,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file", ".svg": "dataurl" },
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  entryNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
};

async function bundle(extra) {
  const result = await build({ ...options, ...extra });
  for (const file of result.outputFiles) writeFileSync(file.path, file.contents);
  const entries = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint);
  return entries.map(([path, output]) => ({
    file: basename(path),
    css: output.cssBundle ? basename(output.cssBundle) : undefined,
    all: Object.keys(result.metafile.outputs).map((name) => basename(name)),
  }));
}

// Style sheet.
const dsfr = join(root, "node_modules/@gouvfr/dsfr/dist");
const text = [...sources("src", [".rs"]), ...sources("js", [".js"]), readFileSync(join(root, "index.html"), "utf8")];
const classes = new Set(text.flatMap((source) => source.match(/\bfr-[a-zA-Z0-9_-]+/g) ?? []));
const own = sources("styles", [".css"]).join("\n");
let system =
  readFileSync(join(dsfr, "dsfr.main.min.css"), "utf8") +
  readFileSync(join(dsfr, "utility/utility.main.min.css"), "utf8").replaceAll("url(../", "url(");
system = system
  .replaceAll('@charset "UTF-8";', "")
  .replace(/,url\(fonts\/[^)]*\.woff\) format\("woff"\)/g, "");
if (!stateBrand) system = system.replace(/@font-face\{font-family:Marianne[^}]*\}/g, "");
system = purge(system, classes, own);
const [styles] = await bundle({
  stdin: { contents: `${system}\n${own}`, loader: "css", resolveDir: dsfr, sourcefile: "main.css" },
});
const css = styles.all.find((name) => name.endsWith(".css"));
const main = hashed("main.css", readFileSync(join(out, css)));
cpSync(join(out, css), join(out, main));
rmSync(join(out, css));

// Map module and its worker, side by side.
const worker = readFileSync(join(root, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8");
const workerFile = keep("map-worker.js", worker.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
const [map] = await bundle({
  entryPoints: [join(root, "js/map.js")],
  splitting: true,
  define: { MAP_WORKER: JSON.stringify(`./${workerFile}`) },
});

const favicon = keep("favicon.svg", readFileSync(join(root, "styles/favicon.svg")));
const fonts = readdirSync(out).filter((name) => /^Marianne-(Regular|Bold)-[^_]*\.woff2$/.test(name));
const manifest = { main, map: map.file, mapStyles: map.css, favicon, fonts, stateBrand };
writeFileSync(join(root, "build/manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
