// Loading two million generated streets, with their segments and house numbers, against COPY of the same rows into
// tables without partitions and the same indexes made afterwards; and the plans of look-ups meanwhile. LOAD_STREETS
// changes the size.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { psql, run, sql } from "./lib.mjs";
import { plans } from "./plans.mjs";

const STREETS = Number(process.env.LOAD_STREETS ?? 2_000_000);
const TOWNS = Math.min(999, Math.max(1, Math.ceil(STREETS / 2_000)));
const TABLES = ["communes", "commune_contours", "streets", "addresses", "segments"];
const GIB = 2 ** 30;

/** Memory of a process that it shares with no other, bytes. */
const memory = (pid) => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return 1024 * Number(status.match(/RssAnon:\s+(\d+)/)?.[1] ?? 0);
  } catch {
    return 0;
  }
};
/** The processes of our PostgreSQL, and what they share. */
const postmaster = Number(readFileSync(join(sql("SHOW data_directory"), "postmaster.pid"), "utf8").split("\n")[0]);
const children = () =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ")[1]) === postmaster;
    } catch {
      return false;
    }
  });
const shared = Number(sql("SELECT setting::bigint * 8192 FROM pg_settings WHERE name = 'shared_buffers'"));

/** Loads, and measures the time and the largest memory of everybody concerned. */
const load = () =>
  new Promise((resolve, reject) => {
    const args = ["reference", "load", "town", "--streets", String(Math.ceil(STREETS / TOWNS)), "--towns", String(TOWNS)];
    const began = performance.now();
    const child = spawn(process.env.DIALOG_BIN, args, { stdio: ["ignore", "inherit", "inherit"] });
    let [ours, all] = [0, 0];
    const watch = setInterval(() => {
      const own = memory(child.pid);
      ours = Math.max(ours, own);
      all = Math.max(all, own + shared + children().reduce((sum, pid) => sum + memory(pid), 0));
    }, 250);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, ours, all });
      else reject(new Error(`loading ended with ${code}`));
    });
  });

const timed = (statement) => {
  const began = performance.now();
  run(psql, ["-X", "-q", "-v", "ON_ERROR_STOP=1"], { input: statement });
  return (performance.now() - began) / 1000;
};

const folder = mkdtempSync(join(tmpdir(), "dialog-bench-load-"));
try {
  const loaded = await load();
  const id = sql("SELECT id FROM reference.editions WHERE is_active AND name LIKE 'town:land:%'");
  const counts = sql(`SELECT streets, addresses, segments FROM reference.editions WHERE id = ${id}`).split("|").map(Number);
  const size = Number(sql(`SELECT sum(pg_total_relation_size('reference.' || t || '_${id}')) FROM unnest(string_to_array('${TABLES.join()}', ',')) AS t`));
  const heap = Number(sql(`SELECT sum(pg_table_size('reference.' || t || '_${id}')) FROM unnest(string_to_array('${TABLES.join()}', ',')) AS t`));

  // Look-ups at this size; the town has numbered roads.
  run(process.env.DIALOG_BIN, ["reference", "load", "town"]);
  const scanned = await plans(String(Math.min(500, TOWNS)).padStart(5, "0"));
  console.log(scanned.length ? `  SCANNED    ${scanned.join("; ")}` : "  no table is scanned");

  // The same rows as files, and the same indexes as statements; the edition goes table by table, for want of room.
  const indexes = sql(
    `SELECT regexp_replace(indexdef, ' reference\\.([a-z_]+)_${id} ', ' plain.\\1 ') FROM pg_indexes WHERE schemaname = 'reference' ` +
      `AND tablename = ANY (string_to_array('${TABLES.map((table) => `${table}_${id}`).join()}', ','))`,
  ).split("\n").map((text) => text.replace(/INDEX \S+ ON/, "INDEX ON"));
  let files = 0;
  for (const table of TABLES) {
    run(psql, ["-X", "-q", "-v", "ON_ERROR_STOP=1"], { input: `\\copy reference.${table}_${id} TO '${join(folder, table)}'\n` });
    files += statSync(join(folder, table)).size;
    sql(`ALTER TABLE reference.${table} DETACH PARTITION reference.${table}_${id}; DROP TABLE reference.${table}_${id};`);
  }
  sql(`CREATE SCHEMA plain; ${TABLES.map((table) => `CREATE TABLE plain.${table} (LIKE reference.${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);`).join(" ")}`);
  let copied = 0;
  for (const table of TABLES) {
    copied += timed(`\\copy plain.${table} FROM '${join(folder, table)}'\n`);
    rmSync(join(folder, table));
  }
  const indexed = timed(`SET maintenance_work_mem = '256MB';\n${indexes.join(";\n")};\n`);

  const ratio = loaded.seconds / (copied + indexed);
  console.log(`\nloading ${counts[0]} streets, ${counts[1]} house numbers, ${counts[2]} segments (${(files / GIB).toFixed(2)} GiB of text)`);
  console.log(`  DiaLog     ${loaded.seconds.toFixed(0)} s, generation, checks and switch included`);
  console.log(`  reference  ${(copied + indexed).toFixed(0)} s: COPY ${copied.toFixed(0)} s, ${indexes.length} indexes ${indexed.toFixed(0)} s`);
  console.log(`  ratio      ${ratio.toFixed(2)} (at most 3)`);
  console.log(`  memory     ${(loaded.ours / GIB).toFixed(2)} GiB for the loader, ${(loaded.all / GIB).toFixed(2)} GiB with PostgreSQL (at most 4)`);
  console.log(`  disk       ${(size / GIB).toFixed(2)} GiB, of which ${((size - heap) / GIB).toFixed(2)} GiB of indexes`);
  if (ratio > 3 || loaded.all > 4 * GIB || scanned.length) process.exitCode = 1;
} finally {
  sql("DROP SCHEMA IF EXISTS plain CASCADE");
  rmSync(folder, { recursive: true });
}
