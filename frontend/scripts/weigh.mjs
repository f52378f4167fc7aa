// What a first visit loads, as it travels: compressed where there is a compressed twin. Fails above the budget.
// Usage: node scripts/weigh.mjs

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const manifest = JSON.parse(readFileSync(join(root, "build/manifest.json"), "utf8"));

const weigh = (file) => statSync(existsSync(join(dist, `${file}.br`)) ? join(dist, `${file}.br`) : join(dist, file)).size;
const sum = (files) => files.reduce((total, file) => total + weigh(file), 0);

// The page names everything that the list needs; the map adds its library, its part of the application and what that
// part shares with others.
const html = readFileSync(join(dist, "index.html"), "utf8");
const list = ["index.html", ...new Set([...html.matchAll(/"\/(assets\/[^"]+)"/g)].map((match) => match[1]))];
const modules = readdirSync(join(dist, "assets")).filter((name) => name.endsWith(".wasm")).map((name) => `assets/${name}`);
const ofMap = modules.filter((name) => /\/(split_map|chunk_)/.test(name));
const worker = readdirSync(join(dist, "assets")).filter((name) => /^map-worker-.*\.js$/.test(name));
const map = [...list, ...ofMap, ...[manifest.map, manifest.mapStyles, ...worker].map((name) => `assets/${name}`)];

const rows = [
  ["WebAssembly of the list", sum(list.filter((name) => name.endsWith(".wasm"))), 600_000],
  ["everything for the list", sum(list), 1_000_000],
  ["everything for the map", sum(map), 1_600_000],
];
let failed = false;
for (const [name, bytes, most] of rows) {
  const over = bytes > most || bytes === 0;
  failed ||= over;
  console.log(`${over ? "TOO MUCH " : ""}${name}: ${bytes} bytes of ${most}`);
}
for (const name of modules) console.log(`  ${name.replace("assets/", "")}: ${weigh(name)} bytes`);
process.exitCode = failed ? 1 : 0;
