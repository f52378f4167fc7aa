// Street completion over HTTP, against pgbench that looks for the same words in the same commune by SQL, as often as it can.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, median, pgbench, report, run } from "./lib.mjs";

const CLIENTS = 8;
const SECONDS = 5;
const TURNS = 5;
const town = [["00001", ["ru", "rue", "rue d", "pla", "aven", "moul", "gare", "rue de la"]]];
const paris = [["75104", ["rue des ro", "rosiers", "riv", "saint", "temple", "rue de", "bl", "archives"]]];

const loaded = (await call("GET", "/api/health")).referenceEditions.some(({ edition }) => /paris/i.test(edition));
const queries = (loaded ? paris : town).flatMap(([cityCode, words]) => words.map((search) => ({ cityCode, search })));
const path = ({ cityCode, search }) => `/api/geo/streets?cityCode=${cityCode}&search=${encodeURIComponent(search)}`;
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));

// What a completion would ask of PostgreSQL if the server kept no names in memory: every word somewhere in the name, names
// that begin so first.
const quote = (text) => `'${text.replaceAll("'", "''")}'`;
const statements = queries.map(({ cityCode, search }) => {
  const words = search.trim().split(" ").map((word) => `norm_name LIKE ${quote(`%${word}%`)}`);
  return `SELECT street_id, name FROM reference.streets WHERE edition_id = (
    SELECT n.edition_id FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id
    WHERE n.insee = ${quote(cityCode)} AND e.is_active ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1)
    AND insee = ${quote(cityCode)} AND length_m > 0 AND ${words.join(" AND ")}
    ORDER BY norm_name = ${quote(search)} DESC, norm_name LIKE ${quote(`${search}%`)} DESC, norm_name LIMIT 7`.replace(/\s+/g, " ");
});
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
report(`Street completion (${loaded ? "Paris 4e" : "demonstration town"}), ${CLIENTS} callers, against pgbench looking for the same ${statements.length} texts`, ours, reference, "/s");
console.log(`  completions per second / transactions per second: ${(median(ours) / median(reference)).toFixed(2)}`);
