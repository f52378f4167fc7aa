// Pages of lists and searches at 1,000 and at 100,000 orders: the very statements of the server timed by pgbench at both
// sizes, and the whole answers over HTTP at the larger one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, loggedStatements, login, median, pgbench, run, sql } from "./lib.mjs";

const SMALL = 1_000;
const LARGE = 100_000;
const TURNS = 7;
const SECONDS = 2;
const REQUESTS = 40;

run(process.env.DIALOG_BIN, ["generate-orders", String(SMALL)], { stdio: ["ignore", "inherit", "inherit"] });
const session = await login();
const records = "/api/app/regulation-records";
const organization = session.organizations[0].uuid;
const pages = {
  "one's orders": [records, session.headers],
  "last page of twenty": [`${records}?page=20`, session.headers],
  "drafts": [`${records}?status=draft`, session.headers],
  "sorted by identifier": [`${records}?sort=identifier`, session.headers],
  "a word and a street": [`${records}?search=r%C3%A9publique`, session.headers],
  "public orders": [`${records}?organizationUuid=${organization}`, {}],
  "search, current": ["/api/regulations/search?status=current", {}],
  "search, all": ["/api/regulations/search?status=all&page=3", {}],
  "search, commune": ["/api/regulations/search?status=all&inseeCode=00001&measureType=noEntry", {}],
};
// While pgbench runs nothing here notices that the server closed an idle connection: the first use of one may fail.
const ask = (path, headers) => fetch(apiUrl + path, { headers }).catch(() => fetch(apiUrl + path, { headers }));
const get = async ([path, headers]) => {
  const began = performance.now();
  const response = await ask(path, headers);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return performance.now() - began;
};

// The page without its total: what the issue of speed is about. Prepared statements, one client, mean of the run.
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const statements = {};
for (const [name, page] of Object.entries(pages)) {
  const found = await loggedStatements(() => get(page));
  const ofPage = found.filter((text) => /_orders/.test(text) && /LIMIT/.test(text) && !/count\(/i.test(text));
  if (ofPage.length === 0) throw new Error(`no statement for ${name}: ${found.join("\n")}`);
  statements[name] = join(folder, `${Object.keys(statements).length}.sql`);
  writeFileSync(statements[name], ofPage.map((text) => `${text};\n`).join(""));
}
const latency = (file) => {
  const output = run(pgbench, ["-n", "-M", "prepared", "-c", "1", "-j", "1", "-T", String(SECONDS), "-f", file], { stdio: ["ignore", "pipe", "ignore"] });
  return Number(output.match(/latency average = ([0-9.]+)/)[1]);
};
const timed = () => {
  const times = Object.fromEntries(Object.keys(statements).map((name) => [name, []]));
  for (let turn = 0; turn < TURNS; turn += 1) for (const [name, file] of Object.entries(statements)) times[name].push(latency(file));
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
};
sql("VACUUM ANALYZE");
const small = timed();

// Copies of the orders that the service wrote, under identifiers, with words and at times of their own. They are written
// as orders are: each within the two months before it starts. LISTS_SHUFFLED writes them in no order.
const entered = process.env.LISTS_SHUFFLED ? "random()" : "starts_at + shift - random() * interval '60 days'";
sql(`
  CREATE TEMPORARY TABLE copies AS
    SELECT order_uuid AS old, md5(order_uuid::text || n)::uuid AS new, '-' || n AS suffix,
      substr(md5(order_uuid::text || n), 1, 7) AS word, shift, row_number() OVER (ORDER BY ${entered}) AS rank
    FROM working_orders, generate_series(1, ${LARGE / SMALL - 1}) AS n,
      LATERAL (SELECT (random() * 720 - 360)::int * interval '1 day' AS shift WHERE n = n) AS moved;
  DO $$
  DECLARE
    one record; names text;
  BEGIN
    FOR one IN SELECT * FROM (VALUES ('orders', 'uuid'), ('order_versions', 'order_uuid'), ('working_orders', 'order_uuid'),
        ('public_orders', 'order_uuid'), ('public_order_places', 'order_uuid')) AS t (name, key) LOOP
      SELECT string_agg(CASE
          WHEN column_name = one.key THEN 'c.new'
          WHEN column_name = 'identifier' THEN 't.identifier || c.suffix'
          WHEN column_name = 'words' THEN 't.words || '' '' || c.word'
          WHEN column_name IN ('starts_at', 'ends_at') THEN 't.' || column_name || ' + c.shift'
          ELSE 't.' || quote_ident(column_name) END, ', ' ORDER BY ordinal_position)
        INTO names FROM information_schema.columns WHERE table_schema = 'public' AND table_name = one.name;
      EXECUTE format('INSERT INTO %1$I SELECT %2$s FROM %1$I t JOIN copies c ON c.old = t.%3$I ORDER BY c.rank', one.name, names, one.key);
    END LOOP;
  END $$;`);
sql("VACUUM ANALYZE");
const count = Number(sql("SELECT count(*) FROM public_orders"));
if (count < LARGE) throw new Error(`${count} orders instead of ${LARGE}`);
const large = timed();

console.log(`\nPages of lists: statement of the page at ${SMALL} and at ${count} orders, whole answer at ${count}`);
let worst = 0;
const answers = [];
for (const name of Object.keys(pages)) {
  for (let warm = 0; warm < 3; warm += 1) await get(pages[name]);
  const times = [];
  for (let request = 0; request < REQUESTS; request += 1) times.push(await get(pages[name]));
  answers.push(...times);
  const ratio = large[name] / small[name];
  worst = Math.max(worst, ratio);
  const p95 = times.sort((a, b) => a - b)[Math.floor(REQUESTS * 0.95)];
  console.log(`  ${name.padEnd(22)} ${small[name].toFixed(2)} ms, ${large[name].toFixed(2)} ms: × ${ratio.toFixed(2)}; answer p95 ${p95.toFixed(1)} ms`);
}
answers.sort((a, b) => a - b);
console.log(`  slowest page against itself at ${SMALL}: × ${worst.toFixed(2)} (aim: 1.5 or less)`);
console.log(`  p95 of all answers: ${answers[Math.floor(answers.length * 0.95)].toFixed(1)} ms (aim: 30 or less)`);
rmSync(folder, { recursive: true, force: true });
