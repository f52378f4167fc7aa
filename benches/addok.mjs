// Completion of streets and communes over HTTP against Addok, what API Adresse runs, on the same addresses, machine and
// run: how many per second of CPU of all the processes involved, and how often the first answer is the right one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, call, median, report, run } from "./lib.mjs";
import { startAddok } from "./addok/engine.mjs";
import { communeQueries, communes, places, streets, typed } from "./addok/material.mjs";
import { cpuOf } from "./addok/processes.mjs";

const SECONDS = 6;
const TURNS = 3;
const QUERIES = 2000;

const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const addok = await startAddok(folder, places);
try {
  await speed();
  await rightFirst("streets, 2,000 queries made from the loaded addresses", typed(QUERIES), {
    ours: async ({ text, cityCode }) => {
      const { items } = await call("GET", `/api/geo/streets?cityCode=${cityCode}&search=${encodeURIComponent(text)}`);
      return items[0]?.roadName;
    },
    theirs: ({ text, cityCode }) => addok.first(text, `&citycode=${cityCode}`, "name"),
  });
  await rightFirst("communes, queries of geocoder-tester", communeQueries(), {
    ours: async ({ text }) => {
      const { items } = await call("GET", `/api/geo/cities?search=${encodeURIComponent(text)}`);
      return items[0]?.name;
    },
    theirs: ({ text }) => addok.first(text, "&type=municipality", "name"),
  });
} finally {
  await addok.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Requests per second of CPU, and the slowest one in a hundred. */
async function speed() {
  const prefixes = typed(400, { asTyped: true });
  const paths = (address) => prefixes.map((query) => address(query));
  const ours = script("ours.lua", paths(({ text, cityCode }) => `/api/geo/streets?cityCode=${cityCode}&search=${encodeURIComponent(text)}`));
  const theirs = script("theirs.lua", paths(({ text, cityCode }) => `/search/?q=${encodeURIComponent(text)}&citycode=${cityCode}&autocomplete=1&limit=7`));
  const measure = (lua, url, clients, processes) => {
    const before = cpuOf(processes());
    const output = run("wrk", ["-t1", `-c${clients}`, `-d${SECONDS}s`, "--latency", "-s", lua, url]);
    if (/Non-2xx/.test(output)) throw new Error(output);
    const cpu = cpuOf(processes()) - before;
    const [, value, unit] = output.match(/99%\s+([0-9.]+)(us|ms|s)/);
    const requests = Number(output.match(/(\d+) requests in/)[1]);
    return { perCpu: requests / cpu, perSecond: requests / SECONDS, p99: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit] };
  };
  const oneOfOurs = () => measure(ours, apiUrl, 4, () => process.env.OUR_PIDS.split(" ").map(Number));
  const oneOfTheirs = () => measure(theirs, addok.url, 1, () => addok.pids());
  oneOfOurs();
  const [our, their] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    our.push(oneOfOurs());
    their.push(oneOfTheirs());
  }
  const of = (results, member) => results.map((result) => result[member]);
  report(`Street completion over HTTP, ${prefixes.length} beginnings of names, against one Addok worker`, of(our, "perSecond"), of(their, "perSecond"), "/s");
  report("the same, per second of CPU of all processes (server, database, Redis)", of(our, "perCpu"), of(their, "perCpu"), "/s of CPU");
  console.log(`  p99: DiaLog ${median(of(our, "p99")).toFixed(1)} ms with 4 callers, Addok ${median(of(their, "p99")).toFixed(1)} ms with one`);
  console.log(`  completions per second of CPU, DiaLog / Addok: ${(median(of(our, "perCpu")) / median(of(their, "perCpu"))).toFixed(1)}`);
}

/** Share of the queries whose first answer is the expected one. */
async function rightFirst(name, queries, { ours, theirs }) {
  const kinds = new Map();
  for (const query of queries) {
    const expected = plain(query.expected);
    const kind = kinds.get(query.kind) ?? kinds.set(query.kind, { asked: 0, ours: 0, theirs: 0 }).get(query.kind);
    kind.asked += 1;
    if (plain(await ours(query)) === expected) kind.ours += 1;
    if (plain(await theirs(query)) === expected) kind.theirs += 1;
  }
  const all = { asked: 0, ours: 0, theirs: 0 };
  const line = (kind, { asked, ours, theirs }) =>
    console.log(`  ${kind.padEnd(20)} ${String(asked).padStart(5)}   DiaLog ${((100 * ours) / asked).toFixed(1)} %   Addok ${((100 * theirs) / asked).toFixed(1)} %`);
  console.log(`\nRight first answers: ${name} (${streets.length} streets, ${communes.length} communes loaded in both)`);
  for (const [kind, counts] of kinds) {
    line(kind, counts);
    for (const member of Object.keys(all)) all[member] += counts[member];
  }
  line("all", all);
}

function plain(text) {
  return (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}

function script(name, paths) {
  const file = join(folder, name);
  writeFileSync(file, `local paths = {${paths.map((path) => JSON.stringify(path)).join(", ")}}
local rank = 0
request = function() rank = rank % #paths + 1; return wrk.format("GET", paths[rank]) end
`);
  return file;
}
