// The plans of look-ups on the data that are loaded: what PostgreSQL really did for each request, told by auto_explain.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { median, sql } from "./lib.mjs";

const REPEATS = 15;
/** Reading a table of so many rows at once is no scan that matters. */
const FEW = 2_000;
const SETTINGS = {
  session_preload_libraries: "'auto_explain'",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_format": "'json'",
};

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
};

/** The log of PostgreSQL since a moment, once what was written last is there. */
const log = () => readFileSync(process.env.POSTGRES_LOG, "utf8");
const plansSince = (before) =>
  [...log().slice(before).matchAll(/duration: ([0-9.]+) ms {2}plan:\n((?:\t.*\n?)+)/g)].map(([, time, text]) => ({
    milliseconds: Number(time),
    ...JSON.parse(text.replace(/^\t/gm, "")),
  }));
const nodes = (plan) => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
const rowsRead = (node) =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0)) * node["Actual Loops"];

/** Asks each look-up, says how long it took and how many rows its statements read; answers those that scan a table. */
export async function plans(city) {
  const database = process.env.PGDATABASE;
  for (const [name, value] of Object.entries(SETTINGS)) sql(`ALTER DATABASE "${database}" SET ${name} = ${value}`);
  const port = await freePort();
  const api = spawn(process.env.DIALOG_BIN, ["api"], { env: { ...process.env, API_PORT: String(port), RUST_LOG: "warn", API_RATE_LIMIT: "1000000000" }, stdio: ["ignore", "ignore", "inherit"] });
  const base = `http://127.0.0.1:${port}`;
  const get = async (path, body) => {
    const response = await fetch(base + path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.text() };
  };
  try {
    for (let tries = 0; ; tries += 1) {
      try {
        if ((await fetch(`${base}/api/health`)).ok) break;
      } catch { /* not there yet */ }
      if (tries > 300) throw new Error("the API does not answer");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const json = async (path) => JSON.parse((await get(path)).body);
    const street = (await json(`/api/geo/streets?cityCode=${city}&search=${encodeURIComponent("rue de la république")}`)).items[0].roadBanId;
    const numbers = (await json(`/api/geo/streets/${street}/house-numbers`)).items;
    const crossed = (await json(`/api/geo/streets/${street}/intersections`)).items;
    const [lon, lat] = crossed[0].crossings[0].coordinates;
    const lane = `/api/geo/location-geometry?roadType=lane&cityCode=${city}&roadBanId=${street}`;
    const square = [[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01], [0, 0]].map(([x, y]) => [lon + x, lat + y]);
    const zone = JSON.stringify({ type: "Polygon", coordinates: [square] });
    const x = Math.floor(((lon + 180) / 360) * 2 ** 14);
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 14);
    const [administrator] = (await json("/api/geo/administrators")).departmentalRoad;
    const road = `administrator=${encodeURIComponent(administrator)}`;
    const lookUps = [
      ["communes", "/api/geo/cities?search=demoville"],
      ["completion of streets", `/api/geo/streets?cityCode=${city}&search=rue%20de`],
      ["house numbers", `/api/geo/streets/${street}/house-numbers`],
      ["crossings", `/api/geo/streets/${street}/intersections`],
      ["section between numbers", `${lane}&fromHouseNumber=${numbers[0]}&toHouseNumber=${numbers.at(-1)}`],
      ["section between crossings", `${lane}&fromRoadBanId=${crossed[0].roadBanId}&toRoadBanId=${crossed.at(-1).roadBanId}`],
      ["whole street", lane],
      ["numbered roads", `/api/geo/roads?${road}&roadType=departmentalRoad&search=D3`],
      ["reference points", `/api/geo/roads/D31/reference-points?${road}`],
      ["section between reference points", `/api/geo/location-geometry?roadType=departmentalRoad&${road}&roadNumber=D31&fromPointNumber=0&fromSide=U&fromAbscissa=10&toPointNumber=1&toSide=U&toAbscissa=20`],
      ["place by address", `/api/geo/search?q=${encodeURIComponent(`${numbers[0]} rue de la république démoville-${Number(city)}`)}`],
      ["place by street, whole country", "/api/geo/search?q=tanneurs"],
      ["address of a place", `/api/geo/reverse?lon=${lon}&lat=${lat}`],
      ["whole city", `/api/geo/location-geometry?roadType=wholeCity&cityCode=${city}`],
      ["zone", "/api/geo/location-geometry", { roadType: "zone", zone: { label: "Zone", geometry: zone } }],
      ["tile", `/api/map/base/14/${x}/${y}.mvt`],
    ];
    const scanned = [];
    console.log("\n  look-up                            answer    median     greatest   SQL      rows read   scans");
    for (const [name, path, body] of lookUps) {
      await get(path, body);
      const before = log().length;
      const times = [];
      let status;
      for (let turn = 0; turn < REPEATS; turn += 1) {
        const began = performance.now();
        ({ status } = await get(path, body));
        times.push(performance.now() - began);
      }
      const seen = plansSince(before);
      const tables = seen.flatMap(({ Plan }) => nodes(Plan)).filter((node) => node["Relation Name"]);
      const scans = tables.filter((node) => node["Node Type"] === "Seq Scan" && rowsRead(node) > FEW);
      const rows = tables.reduce((sum, node) => sum + rowsRead(node), 0) / REPEATS;
      const inSql = seen.reduce((sum, plan) => sum + plan.milliseconds, 0) / REPEATS;
      console.log(`  ${name.padEnd(34)} ${status}    ${median(times).toFixed(1).padStart(7)} ms ${Math.max(...times).toFixed(1).padStart(8)} ms ${inSql.toFixed(1).padStart(7)} ms ${rows.toFixed(0).padStart(9)}   ${scans.length}`);
      for (const node of scans) scanned.push(`${name}: ${node["Relation Name"]}, ${rowsRead(node)} rows`);
    }
    return [...new Set(scanned)];
  } finally {
    api.kill();
    for (const name of Object.keys(SETTINGS)) sql(`ALTER DATABASE "${database}" RESET ${name}`);
  }
}
