// Cuts the compiled application where src/pages/chunks.rs says, makes each part small, and joins the scripts: what is
// left in build/dist is what Trunk leaves there for a quick build. Usage: node scripts/split.mjs MODULE

import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const parts = join(root, "build/parts");
const bound = join(root, "build/bound");
const dist = join(root, "build/dist");
const name = "dialog-frontend";
const compiled = process.argv[2];

for (const folder of [parts, bound, dist]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const run = (command, ...options) => execFileSync(command, options, { stdio: ["ignore", "inherit", "inherit"] });

run("wasm-split-cli", "--out-name", name, compiled, parts);
run("wasm-bindgen", "--target", "web", "--no-typescript", "--keep-lld-exports", "--remove-name-section", "--out-dir", bound,
  join(parts, `${name}.wasm`));

// Exactly what the compiler may use: with more, a browser could be asked for something that it does not have.
const features = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
const small = (from) => {
  const to = `${from}.small`;
  run("wasm-opt", "-Oz", ...features.map((feature) => `--enable-${feature}`), "--strip-debug", "--strip-producers", from, "-o", to);
  return readFileSync(to);
};
const modules = new Map([[`${name}_bg.wasm`, small(join(bound, `${name}_bg.wasm`))]]);
for (const file of readdirSync(parts).filter((file) => /^(split_|chunk_).*\.wasm$/.test(file))) {
  modules.set(file, small(join(parts, file)));
}

// The parts belong together: one digest names them all.
copyFileSync(join(parts, "__wasm_split.js"), join(bound, "__wasm_split.js"));
const { outputFiles: [{ text }] } = await build({
  entryPoints: [join(bound, `${name}.js`)],
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: ["es2022"],
  legalComments: "none",
  logLevel: "error",
});
const digest = createHash("sha256").update(text);
for (const content of modules.values()) digest.update(content);
const mark = digest.digest("hex").slice(0, 16);
const named = (file) => file.replace(".wasm", `-${mark}.wasm`);
let script = text;
for (const [file, content] of modules) {
  script = script.replaceAll(`"${file}"`, `"${named(file)}"`).replaceAll(`"./${file}"`, `"./${named(file)}"`);
  writeFileSync(join(dist, named(file)), content);
}
writeFileSync(join(dist, `${name}-${mark}.js`), script);
copyFileSync(join(root, "index.html"), join(dist, "index.html"));
