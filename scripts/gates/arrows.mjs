// Checks that dependencies between our crates point downwards only, that HTTP stays in the API, and that what the
// browser runs carries no server library. The table is the one of docs/ARCHITECTURE.md.
import { execFileSync } from "node:child_process";

const allowed = {
  domain: [],
  text: ["domain"],
  "api-types": ["domain"],
  client: ["api-types"],
  geo: ["domain"],
  db: ["domain", "geo"],
  geocoder: ["db", "geo"],
  exports: ["domain", "text", "geo"],
  imports: ["domain", "db", "geocoder"],
  api: ["domain", "text", "api-types", "geo", "db", "geocoder", "exports", "imports"],
  "test-support": ["api", "client"],
  xtask: ["api"],
  frontend: ["domain", "text", "api-types", "client"],
};
const inTheBrowser = ["domain", "text", "api-types", "client"];

const cargo = (...args) => execFileSync("cargo", args, { encoding: "utf8", maxBuffer: 1 << 28 });
const short = (name) => name.replace(/^dialog-/, "");
const below = (crate) => new Set(allowed[crate].flatMap((one) => [one, ...below(one)]));

const problems = [];
const { packages } = JSON.parse(cargo("metadata", "--format-version=1", "--no-deps", "--locked"));
for (const { name, dependencies } of packages) {
  const crate = short(name);
  if (!allowed[crate]) {
    problems.push(`${crate} is not in the table of scripts/gates/arrows.mjs`);
    continue;
  }
  const reachable = below(crate);
  for (const { name: dependency, kind } of dependencies) {
    // Development dependencies are the tests' business.
    if (kind === "dev") continue;
    if (dependency.startsWith("dialog-") && !reachable.has(short(dependency))) {
      problems.push(`${crate} may not depend on ${short(dependency)}`);
    }
    if (dependency.startsWith("actix") && !["api", "test-support"].includes(crate)) {
      problems.push(`${crate} depends on ${dependency}: HTTP stays in the api crate`);
    }
  }
}

for (const crate of inTheBrowser) {
  const tree = cargo("tree", "--locked", "--package", `dialog-${crate}`, "--target", "wasm32-unknown-unknown",
    "--edges", "normal", "--prefix", "none", "--format", "{p} features:{f}");
  for (const line of new Set(tree.split("\n"))) {
    const [name] = line.split(" ");
    const features = line.split("features:")[1]?.split(",") ?? [];
    if (/^(actix|diesel)/.test(name) || (name === "tokio" && features.some((one) => one.startsWith("rt")))) {
      problems.push(`${crate} carries ${name} into the browser`);
    }
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${packages.length} crates, every arrow points downwards`);
