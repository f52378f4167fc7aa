// nginx.conf.erb inside the platform's wrapper, in front of an API that these tests play themselves.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";

const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "dialog-nginx-"));
const dist = join(folder, "dist");
const page = `<!doctype html><script type="module" src="/assets/boot.js"></script>${"é".repeat(2000)}`;
const script = `export const text = "${"x".repeat(3000)}";`;
const servers = [];
let ports;
let api;

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

function put(name, content) {
  writeFileSync(join(dist, name), content);
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content));
}

async function startNginx(apiPort, name) {
  const port = await freePort();
  const child = spawn(join(root, "scripts/nginx-run.sh"), {
    env: { ...process.env, PORT: port, API_PORT: apiPort, STATIC_DIR: dist, NGINX_DIR: join(folder, name), API_TIMEOUT_SECONDS: "1", BASE_URL: "https://dialog.test" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  servers.push(child);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); resolve(true); });
      socket.on("error", () => resolve(false));
    });
    if (open) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nginx (${name}) did not start`);
}

// One request, headers as they came, body as bytes.
function ask(path, { port = ports.live, method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, raw: response.rawHeaders, body: Buffer.concat(chunks) }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

before(async () => {
  mkdirSync(join(dist, "assets"), { recursive: true });
  put("index.html", page);
  put("assets/dialog-0123456789abcdef.js", script);
  put("assets/dialog-0123456789abcdef_bg.wasm", Buffer.alloc(5000));
  writeFileSync(join(dist, "map.mjs"), script);
  api = http.createServer((request, response) => {
    if (request.url.includes("silent")) return;
    request.resume().on("end", () => {
      response.setHeader("x-content-type-options", "nosniff");
      response.setHeader("content-type", request.url.endsWith(".xml") ? "application/xml" : "application/json");
      if (request.url === "/api/regulations.xml") {
        for (let line = 0; line < 2000; line += 1) response.write(`<order>${"y".repeat(2000)}</order>`);
        return response.end();
      }
      response.end(JSON.stringify({ url: request.url, headers: request.headers, padding: "z".repeat(600) }));
    });
  });
  await new Promise((resolve) => api.listen(0, "127.0.0.1", resolve));
  ports = {
    live: await startNginx(api.address().port, "live"),
    dead: await startNginx(await freePort(), "dead"),
  };
});

after(() => {
  for (const child of servers) child.kill("SIGTERM");
  api.closeAllConnections?.();
  api.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the platform's rules are kept: no listen, no logs, no module that it lacks", () => {
  const lines = readFileSync(join(root, "nginx.conf.erb"), "utf8").split("\n");
  const forbidden = lines.filter((line) => /^\s*(listen|server_name|access_log|error_log|gzip_static|brotli\w*|http2)\b/.test(line));
  assert.deepEqual(forbidden, []);
});

test("every address without a file is a page of the application", async () => {
  for (const path of ["/", "/regulations/12", "/carte?x=1", "/apidae"]) {
    const answer = await ask(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
    assert.equal(answer.headers["cache-control"], "no-cache");
    assert.equal(answer.body.toString(), page);
  }
});

test("the page runs our scripts only, and the map alone may be framed", async () => {
  const list = await ask("/regulations");
  assert.match(list.headers["content-security-policy"], /script-src 'self' 'wasm-unsafe-eval';/);
  assert.match(list.headers["content-security-policy"], /frame-ancestors 'none'/);
  assert.equal(list.headers["x-frame-options"], "DENY");
  for (const path of ["/carte?embed=1", "/carte?measureTypes=noEntry&embed=1", "/carte/?embed=1&vue=12/47.5/2.2"]) {
    const map = await ask(path);
    assert.match(map.headers["content-security-policy"], /frame-ancestors \*/, path);
    assert.equal(map.headers["x-frame-options"], undefined, path);
  }
  for (const path of ["/carte", "/carte?embed=10", "/carte?x=embed=1", "/regulations?embed=1"]) {
    const page = await ask(path);
    assert.match(page.headers["content-security-policy"], /frame-ancestors 'none'/, path);
    assert.equal(page.headers["x-frame-options"], "DENY", path);
  }
});

test("compressed twins are served with their type to the browsers that take them", async () => {
  const wasm = await ask("/assets/dialog-0123456789abcdef_bg.wasm", { headers: { "accept-encoding": "gzip, deflate, br" } });
  assert.equal(wasm.headers["content-type"], "application/wasm");
  assert.equal(wasm.headers["content-encoding"], "br");
  assert.equal(brotliDecompressSync(wasm.body).length, 5000);
  const zipped = await ask("/assets/dialog-0123456789abcdef.js", { headers: { "accept-encoding": "gzip, br;q=0" } });
  assert.equal(zipped.headers["content-type"], "text/javascript");
  assert.equal(zipped.headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(zipped.body).toString(), script);
  const plain = await ask("/assets/dialog-0123456789abcdef.js");
  assert.equal(plain.headers["content-encoding"], undefined);
  assert.equal(plain.body.toString(), script);
  for (const answer of [wasm, zipped, plain]) {
    assert.equal(answer.raw.filter((name) => name.toLowerCase() === "vary").length, 1);
    assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.ok(answer.headers.etag);
  }
  const html = await ask("/", { headers: { "accept-encoding": "br" } });
  assert.equal(brotliDecompressSync(html.body).toString(), page);
});

test("a file outside /assets is asked for again, and a missing script is missing", async () => {
  const module = await ask("/map.mjs");
  assert.equal(module.headers["content-type"], "text/javascript");
  assert.equal(module.headers["cache-control"], "no-cache");
  const missing = await ask("/assets/dialog-ffffffffffffffff.js");
  assert.equal(missing.status, 404);
  assert.equal(missing.headers["cache-control"], undefined);
  assert.equal((await ask("/index.html.br")).status, 404);
});

test("the sources are not served", async () => {
  for (const path of ["/Cargo.toml", "/nginx.conf.erb", "/crates/api/src/main.rs"]) {
    assert.equal((await ask(path)).body.toString(), page, path);
  }
});

test("the API gets the address as it was written, the client's address, and an identifier for its logs", async () => {
  const { raw, body } = await ask("/api/regulations/A%2F1.json?q=%C3%A9", { headers: { "x-forwarded-for": "203.0.113.7", host: "dialog.test" } });
  const seen = JSON.parse(body);
  assert.equal(seen.url, "/api/regulations/A%2F1.json?q=%C3%A9");
  assert.equal(seen.headers["x-forwarded-for"], "203.0.113.7");
  assert.equal(seen.headers.host, "dialog.test");
  assert.match(seen.headers["x-request-id"], /^[0-9a-f]{32}$/);
  assert.equal(raw.filter((name) => name.toLowerCase() === "x-content-type-options").length, 1);
});

test("feeds stream through, compressed when asked", async () => {
  const feed = await ask("/api/regulations.xml", { headers: { "accept-encoding": "gzip" } });
  assert.equal(feed.headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(feed.body).length, 2000 * (2000 + 15));
});

for (const [path, type] of [["/api/regulations", "application/json"], ["/api/app/orders", "application/problem+json"]]) {
  test(`a body of 7 MB sent to ${path} is refused with a 413 in ${type}`, async () => {
    const answer = await ask(path, { method: "POST", body: Buffer.alloc(7_000_000), headers: { "content-type": "application/json" } });
    check(answer, 413, type, "payload_too_large", path);
  });
  test(`an API that does not answer gives a 504 in ${type} on ${path}`, async () => {
    check(await ask(`${path}/silent?a="b"`), 504, type, "service_unavailable", `${path}/silent`);
  });
  test(`an API that is down gives a 502 in ${type} on ${path}`, async () => {
    check(await ask(path, { port: ports.dead }), 502, type, "service_unavailable", path);
  });
}

test("a path that cannot stand in JSON does not break it", async () => {
  const answer = await ask('/api/health/"x"', { port: ports.dead });
  assert.equal(JSON.parse(answer.body).instance, "");
});

test("headers that are too long and unreadable requests are refused in JSON", async () => {
  check(await ask("/api/health", { headers: { "x-long": "a".repeat(40_000) } }), 431, "application/problem+json", "invalid_parameter", "/api/health");
  const answer = await new Promise((resolve) => {
    let text = "";
    const socket = net.connect(ports.live, "127.0.0.1", () => socket.write("GARBAGE\r\n\r\n"));
    socket.on("data", (chunk) => { text += chunk; }).on("end", () => resolve(text));
  });
  assert.equal(JSON.parse(answer.slice(answer.indexOf("{"))).status, 400);
});

test("the configuration is accepted by nginx without a warning", () => {
  const output = execFileSync(join(root, "scripts/nginx-run.sh"), ["-t"], {
    env: { ...process.env, PORT: "1", STATIC_DIR: dist, NGINX_DIR: join(folder, "check") }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"],
  });
  assert.doesNotMatch(output, /warn/);
});

function check(answer, status, type, code, instance) {
  assert.equal(answer.status, status);
  assert.equal(answer.headers["content-type"], type);
  const problem = JSON.parse(answer.body);
  assert.equal(problem.status, status);
  assert.equal(problem.code, code);
  assert.equal(problem.instance, instance);
  assert.equal(problem.type, `https://dialog.test/api/doc#${code}`);
  assert.ok(problem.title && problem.detail && problem.requestId);
  assert.equal(answer.headers["x-content-type-options"], "nosniff");
}
