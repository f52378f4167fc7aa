// An Addok with a Redis of its own, one worker behind gunicorn, fed with the places of the benchmark.
import { spawn, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

const programs = dirname(process.env.ADDOK);

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function answered(name, child, question) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${name} stopped`);
    try {
      return await question();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`${name} does not answer`);
}

/** Starts it; `places` are documents in Addok's JSON. */
export async function startAddok(folder, places) {
  const [redisPort, port] = [await freePort(), await freePort()];
  const quiet = { stdio: "ignore" };
  const redis = spawn("redis-server", ["--port", String(redisPort), "--bind", "127.0.0.1", "--save", "", "--dir", folder], quiet);
  await answered("Redis", redis, async () => execFileSync("redis-cli", ["-p", String(redisPort), "ping"], { stdio: "pipe" }));
  const settings = join(folder, "settings.py");
  writeFileSync(settings, `REDIS = {'host': '127.0.0.1', 'port': ${redisPort}, 'indexes': {'db': 0}, 'documents': {'db': 1}}\nLOG_DIR = '${folder}'\n`);
  const env = { ...process.env, ADDOK_CONFIG_MODULE: settings };
  const file = join(folder, "places.jsonl");
  writeFileSync(file, places.map((place) => JSON.stringify(place)).join("\n"));
  execFileSync(process.env.ADDOK, ["batch", file], { env, stdio: "ignore" });
  execFileSync(process.env.ADDOK, ["ngrams"], { env, stdio: "ignore" });
  const server = spawn(join(programs, "gunicorn"), ["--workers", "1", "--bind", `127.0.0.1:${port}`, "addok.http.wsgi"], { env, ...quiet });
  const url = `http://127.0.0.1:${port}`;
  await answered("Addok", server, () => fetch(`${url}/search/?q=rue`).then((response) => response.text()));
  return {
    url,
    pids: () => [redis.pid, server.pid],
    first: async (text, filters, member) => {
      const response = await fetch(`${url}/search/?q=${encodeURIComponent(text)}&autocomplete=1&limit=1${filters}`);
      // Addok refuses some texts, an empty one for example: that is no answer.
      return response.ok ? (await response.json()).features[0]?.properties[member] : undefined;
    },
    stop: async () => {
      for (const child of [server, redis]) {
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill();
        await gone;
      }
    },
  };
}
