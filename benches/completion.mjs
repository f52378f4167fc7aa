// Street completion over HTTP, against pgbench that runs the very statements that the server ran, as often as it can.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, median, pgbench, report, run, sql } from "./lib.mjs";

const CLIENTS = 8;
const SECONDS = 5;
const TURNS = 5;
const town = [["00001", ["ru", "rue", "rue d", "pla", "aven", "moul", "gare", "rue de la"]]];
const paris = [["75104", ["rue des ro", "rosiers", "riv", "saint", "temple", "rue de", "bl", "archives"]]];

const loaded = (await call("GET", "/api/health")).referenceEditions.some(({ edition }) => /paris/i.test(edition));
const queries = (loaded ? paris : town).flatMap(([cityCode, words]) => words.map((search) => ({ cityCode, search })));
const path = ({ cityCode, search }) => `/api/geo/streets?cityCode=${cityCode}&search=${encodeURIComponent(search)}`;
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));

// The statements as PostgreSQL's own log has them, with their values written in.
sql("ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf();");
await new Promise((resolve) => setTimeout(resolve, 1000));
const before = readFileSync(process.env.POSTGRES_LOG, "utf8").length;
for (const query of queries) await call("GET", path(query));
sql("ALTER SYSTEM RESET log_statement; SELECT pg_reload_conf();");
const log = readFileSync(process.env.POSTGRES_LOG, "utf8").slice(before);
const statements = [...log.matchAll(/LOG: {2}execute [^:]*: ([\s\S]*?)\n[^\n]*DETAIL: {2}parameters: ([^\n]*)/g)]
  .filter(([, text]) => text.includes("reference.streets"))
  .map(([, text, list]) => {
    const values = Object.fromEntries([...list.matchAll(/\$(\d+) = ('(?:[^']|'')*'|NULL)/g)].map(([, rank, value]) => [rank, value]));
    return text.replace(/\$(\d+)/g, (_, rank) => (values[rank].startsWith("'{") ? `${values[rank]}::text[]` : values[rank])).replace(/\s+/g, " ");
  });
if (statements.length < queries.length) throw new Error(`${statements.length} statements in the log for ${queries.length} queries`);
const files = statements.map((text, rank) => {
  const file = join(folder, `${rank}.sql`);
  writeFileSync(file, `${text};\n`);
  return file;
});

const script = join(folder, "wrk.lua");
writeFileSync(script, `local paths = {${queries.map((query) => JSON.stringify(path(query))).join(", ")}}
local rank = 0
request = function() rank = rank % #paths + 1; return wrk.format("GET", paths[rank]) end
`);
const http = () => {
  const output = run("wrk", ["-t1", `-c${CLIENTS}`, `-d${SECONDS}s`, "-s", script, apiUrl]);
  if (/Non-2xx/.test(output)) throw new Error(output);
  return Number(output.match(/Requests\/sec:\s*([0-9.]+)/)[1]);
};
const direct = () => {
  const output = run(pgbench, ["-n", "-M", "prepared", "-c", CLIENTS, "-j1", "-T", SECONDS, ...files.flatMap((file) => ["-f", file])].map(String), { stdio: ["ignore", "pipe", "ignore"] });
  return Number(output.match(/tps = ([0-9.]+) \(without/)[1]);
};
const ours = [];
const reference = [];
http();
direct();
for (let turn = 0; turn < TURNS; turn += 1) {
  ours.push(http());
  reference.push(direct());
}
rmSync(folder, { recursive: true, force: true });
report(`Street completion (${loaded ? "Paris 4e" : "demonstration town"}), ${CLIENTS} callers, against pgbench running the same ${statements.length} statements`, ours, reference, "/s");
console.log(`  completions per second / transactions per second: ${(median(ours) / median(reference)).toFixed(2)}`);
