// Orders created and published by the API, against pgbench that inserts the very rows of such an order, one transaction
// each, prepared.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, credentials, median, pgbench, report, run, sql } from "./lib.mjs";

const CLIENTS = 4;
const SECONDS = 6;
const TURNS = 7;

const document = await call("GET", "/api/doc.json");
const example = document.paths["/api/regulations"].put.requestBody.content["application/json"].example;
const body = (identifier) => ({ ...example, identifier });
const { uuid } = await call("POST", "/api/regulations", body("SAMPLE"));

// Each table with the column that names the order, and those that must be new in each row.
const tables = [
  ["orders", "uuid", []],
  ["order_locations", "order_uuid", ["uuid"]],
  ["order_history", "order_uuid", ["uuid"]],
  ["order_versions", "order_uuid", []],
  ["public_restrictions", "order_uuid", ["location_uuid"]],
  ["coming_feed_fragments", "order_uuid", []],
  ["current_feed_fragments", "order_uuid", []],
  ["order_diffusions", "order_uuid", []],
  ["publication_events", "order_uuid", []],
  ["working_orders", "order_uuid", []],
  ["public_orders", "order_uuid", []],
  ["public_order_places", "order_uuid", []],
];
const key = "('00000000-0000-7000-8000-' || lpad(:n::text, 12, '0'))::uuid";
let rows = 0;
const statements = tables.flatMap(([table, order, fresh]) => {
  const columns = sql(`SELECT column_name || ' ' || format_type(atttypid, atttypmod) FROM information_schema.columns
      JOIN pg_attribute ON attrelid = '${table}'::regclass AND attname = column_name
    WHERE table_schema = 'public' AND table_name = '${table}' AND is_identity = 'NO' AND is_generated = 'NEVER' AND column_name <> 'transaction_id' ORDER BY ordinal_position`)
    .split("\n").map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);
  const value = ([name, type]) => {
    if (name === order) return `'${key.replaceAll("'", "''")}'`;
    if (fresh.includes(name)) return "'gen_random_uuid()'";
    if (name === "identifier") return "'''B'' || :n'";
    // In hexadecimal: a colon in a text would be taken for a variable.
    const text = `encode(convert_to(${name}::text, 'UTF8'), 'hex')`;
    return `CASE WHEN ${name} IS NULL THEN 'NULL' ELSE 'convert_from(''\\x' || ${text} || ''', ''UTF8'')::${type}' END`;
  };
  const found = sql(`SELECT concat_ws(', ', ${columns.map(value).join(", ")}) FROM ${table} WHERE ${order} = '${uuid}'`).split("\n");
  // An order that changes no more has nothing to come.
  if (found[0] === "" && table === "coming_feed_fragments") return [];
  if (found[0] === "") throw new Error(`${table} has no row of the order`);
  rows += found.length;
  return found.map((values) => `INSERT INTO ${table} (${columns.map(([name]) => name).join(", ")}) VALUES (${values});`);
});
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const script = join(folder, "insert.sql");
writeFileSync(script, `\\set n random(1, 999999999999)\nBEGIN;\n${statements.join("\n")}\nUPDATE public_state SET revision = revision + 1, changed_at = clock_timestamp();\nEND;\n`);
const wrk = join(folder, "wrk.lua");
const [before, after] = JSON.stringify(JSON.stringify(body("IDENTIFIER"))).split("IDENTIFIER");
writeFileSync(wrk, `local n = 0
math.randomseed(tonumber(os.getenv("BENCH_TURN")))
local run = math.random(1, 1000000000)
local headers = { ["Content-Type"] = "application/json", ["X-Client-Id"] = "${credentials["X-Client-Id"]}", ["X-Client-Secret"] = "${credentials["X-Client-Secret"]}" }
request = function()
  n = n + 1
  return wrk.format("POST", "/api/regulations", headers, ${before}A" .. run .. "-" .. n .. "${after})
end
`);
let turns = 0;
const ours = () => {
  turns += 1;
  const output = run("wrk", ["-t1", `-c${CLIENTS}`, `-d${SECONDS}s`, "-s", wrk, apiUrl], { env: { ...process.env, BENCH_TURN: String(turns) } });
  if (/Non-2xx/.test(output)) throw new Error(output);
  return Number(output.match(/Requests\/sec:\s*([0-9.]+)/)[1]);
};
const direct = () => {
  const output = run(pgbench, ["-n", "-M", "prepared", "-c", CLIENTS, "-j1", "-T", SECONDS, "-f", script].map(String));
  return Number(output.match(/tps = ([0-9.]+) \(without/)[1]);
};
const api = [];
const reference = [];
ours();
direct();
for (let turn = 0; turn < TURNS; turn += 1) {
  api.push(ours());
  reference.push(direct());
}
rmSync(folder, { recursive: true, force: true });
report(`Orders created and published, ${CLIENTS} callers, against pgbench inserting the same ${rows} rows`, api, reference, "/s");
console.log(`  orders by the API / orders by pgbench: ${(median(api) / median(reference)).toFixed(2)} (aim: 0.30 or more)`);
