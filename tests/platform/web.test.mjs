// The web process of the Procfile: two programs, one life. The API and nginx are small stand-ins here.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "dialog-web-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

function program(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

// Listens on API_PORT, writes its pid, and tells when it is asked to stop.
const api = program("api", `#!/usr/bin/env node
const fs = require("fs");
if (process.env.PORT) process.exit(9);
fs.writeFileSync(process.env.NOTES + ".api", String(process.pid));
process.on("SIGTERM", () => { fs.writeFileSync(process.env.NOTES + ".api-stopped", ""); process.exit(0); });
require("net").createServer().listen(Number(process.env.API_PORT), "127.0.0.1");
`);
const nginx = program("nginx", `#!/usr/bin/env node
const fs = require("fs");
fs.writeFileSync(process.env.NOTES + ".nginx", String(process.pid));
process.on("SIGTERM", () => { fs.writeFileSync(process.env.NOTES + ".nginx-stopped", ""); process.exit(0); });
setInterval(() => {}, 1000);
`);
const broken = program("broken", "#!/bin/sh\nexit 3\n");

async function until(condition, what) {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never: ${what}`);
}

async function start(name, binary = api) {
  const notes = join(folder, name);
  const child = spawn("bash", [join(root, "scripts/web.sh")], {
    env: { ...process.env, DIALOG_BIN: binary, NGINX_COMMAND: nginx, API_PORT: String(await freePort()), PORT: "1", NOTES: notes },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
  const pid = (which) => Number(readFileSync(`${notes}.${which}`, "utf8"));
  return { child, ended, notes, pid, there: (which) => existsSync(`${notes}.${which}`) && readFileSync(`${notes}.${which}`, "utf8") !== "" };
}

test("a request to stop reaches both and ends well", async () => {
  const web = await start("stop");
  await until(() => web.there("nginx"), "nginx started");
  web.child.kill("SIGTERM");
  assert.equal(await web.ended, 0);
  assert.ok(existsSync(`${web.notes}.api-stopped`));
  assert.ok(existsSync(`${web.notes}.nginx-stopped`));
});

for (const [victim, survivor] of [["api", "nginx"], ["nginx", "api"]]) {
  test(`when ${victim} dies, ${survivor} is stopped and the process fails`, async () => {
    const web = await start(`death-of-${victim}`);
    await until(() => web.there("nginx"), "nginx started");
    process.kill(web.pid(victim), "SIGKILL");
    assert.equal(await web.ended, 1);
    assert.ok(existsSync(`${web.notes}.${survivor}-stopped`));
  });
}

test("an API that cannot start fails at once, without nginx", async () => {
  const web = await start("broken", broken);
  assert.equal(await web.ended, 1);
  assert.ok(!existsSync(`${web.notes}.nginx`));
});

test("the deployment files say what the platform reads", () => {
  const procfile = readFileSync(join(root, "Procfile"), "utf8").trim().split("\n").map((line) => line.split(": ")[0]);
  assert.deepEqual(procfile, ["web", "worker", "postdeploy"]);
  const app = JSON.parse(readFileSync(join(root, "scalingo.json"), "utf8"));
  // Other keys make the platform reject the file.
  const known = ["name", "description", "website", "logo", "repository", "ref", "stack", "copy_parent_database_urls", "env", "formation", "addons", "scripts"];
  assert.deepEqual(Object.keys(app).filter((key) => !known.includes(key)), []);
  for (const variable of Object.values(app.env)) {
    if ("value" in variable) assert.equal(typeof variable.value, "string");
  }
  const buildpacks = readFileSync(join(root, ".buildpacks"), "utf8").trim().split("\n");
  assert.match(buildpacks.at(-1), /nginx-buildpack/);
});
