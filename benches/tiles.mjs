// Tiles of 100,000 restrictions against Martin on the same table, tiles and machine, in turns. Cold: neither keeps tiles, and
// PostgreSQL has read the table; warm: both keep them. TILES_RESTRICTIONS for fewer. Without Martin (MARTIN is its
// program), the bare statement is run by pgbench.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiUrl, median, pgbench, report, run, sql } from "./lib.mjs";
import { fillTowns } from "./towns.mjs";

const RESTRICTIONS = Number(process.env.TILES_RESTRICTIONS ?? 100_000);
const ZOOMS = [5, 8, 10, 11, 12, 13, 14, 16];
const TILES = 60;
const CALLERS = 8;
const SECONDS = 4;
const TURNS = 3;
const folder = mkdtempSync(join(tmpdir(), "dialog-bench-"));
const children = [];

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const start = async (command, args, env, address) => {
  children.push(spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "inherit"] }));
  const deadline = Date.now() + 30_000;
  while (!(await fetch(address).then(({ ok }) => ok, () => false))) {
    if (Date.now() > deadline) throw new Error(`${command} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const total = fillTowns(RESTRICTIONS);
const revision = sql("SELECT revision FROM public_state");

/** Tiles of a zoom in which there are restrictions, the same in each run. */
const tilesOf = (zoom) => sql(`SELECT DISTINCT ON (tile) tile FROM (
    SELECT ${zoom} || '/' || floor((lon + 180) / 360 * 2 ^ ${zoom}) || '/' || floor((1 - asinh(tan(radians(lat))) / pi()) / 2 * 2 ^ ${zoom}) AS tile, rank
    FROM (SELECT ST_X(c) AS lon, ST_Y(c) AS lat, row_number() OVER (ORDER BY md5(ST_AsText(c))) AS rank
      FROM (SELECT ST_Centroid(geometry) AS c FROM public_restrictions) AS middles) AS places
    WHERE rank <= 3000) AS tiles ORDER BY tile, rank LIMIT 100000`).split("\n").filter((_, rank, all) => rank % Math.max(1, Math.floor(all.length / TILES)) === 0);

const script = (name, paths) => {
  const file = join(folder, name);
  writeFileSync(file, `local paths = {${paths.map((path) => JSON.stringify(path)).join(", ")}}
local rank = 0
request = function() rank = rank % #paths + 1; return wrk.format("GET", paths[rank]) end
`);
  return file;
};
const rate = (url, lua) => {
  const output = run("wrk", ["-t1", `-c${CALLERS}`, `-d${SECONDS}s`, "--timeout", "20s", "-s", lua, url]);
  if (/Non-2xx/.test(output)) throw new Error(output);
  return Number(output.match(/Requests\/sec:\s+([0-9.]+)/)[1]);
};
const weight = async (url, paths) => {
  let bytes = 0;
  for (const path of paths) bytes += (await (await fetch(url + path)).arrayBuffer()).byteLength;
  return bytes / paths.length / 1000;
};

/** The statement that Martin runs, by pgbench. */
const bare = (zoom, tiles) => {
  const file = join(folder, `bare-${zoom}.sql`);
  const [x, y] = [tiles.map((tile) => tile.split("/")[1]), tiles.map((tile) => tile.split("/")[2])];
  writeFileSync(file, `\\set n random(1, ${tiles.length})
SELECT ST_AsMVT(tile, 'restrictions', 4096, 'geom') FROM (SELECT ST_AsMVTGeom(ST_Transform(geometry, 3857), ST_TileEnvelope(${zoom}, (ARRAY[${x}])[:n], (ARRAY[${y}])[:n]), 4096, 64, true) AS geom, measure_type, location_uuid::text, category FROM public_restrictions WHERE geometry && ST_Transform(ST_TileEnvelope(${zoom}, (ARRAY[${x}])[:n], (ARRAY[${y}])[:n], margin => 64.0 / 4096), 4326)) AS tile;
`);
  const output = run(pgbench, ["-n", "-M", "prepared", "-c", String(CALLERS), "-T", String(SECONDS), "-f", file]);
  return Number(output.match(/tps = ([0-9.]+)/)[1]);
};

const martin = async (megabytes) => {
  const port = await freePort();
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = process.env;
  const file = join(folder, `martin-${megabytes}.yaml`);
  writeFileSync(file, `listen_addresses: 127.0.0.1:${port}
worker_processes: 2
cache_size_mb: ${megabytes}
postgres:
  connection_string: postgres://${PGUSER}:${PGPASSWORD}@${PGHOST}:${PGPORT}/${PGDATABASE}
  pool_size: 16
  auto_publish: false
  tables:
    restrictions:
      schema: public
      table: public_restrictions
      srid: 4326
      geometry_column: geometry
      geometry_type: GEOMETRY
      bounds: [-180, -85, 180, 85]
      extent: 4096
      buffer: 64
      clip_geom: true
      properties:
        measure_type: text
        location_uuid: uuid
        category: text
`);
  await start(process.env.MARTIN, ["--config", file], {}, `http://127.0.0.1:${port}/health`);
  return `http://127.0.0.1:${port}`;
};

try {
  const coldPort = await freePort();
  const coldUrl = `http://127.0.0.1:${coldPort}`;
  await start(process.env.DIALOG_BIN, ["api"], { API_PORT: String(coldPort), TILE_CACHE_MB: "0", RUST_LOG: "warn" }, `${coldUrl}/api/health`);
  const theirs = process.env.MARTIN ? { cold: await martin(0), warm: await martin(512) } : undefined;
  console.log(`\nTiles of ${total} restrictions, ${theirs ? "against Martin" : "against the bare ST_AsMVT by pgbench"}, ${CALLERS} callers`);
  for (const zoom of ZOOMS) {
    const tiles = tilesOf(zoom);
    // Martin shows everything, what is over included.
    const ourPaths = tiles.map((tile) => `/api/map/tiles/${tile}.mvt?startDate=&v=${revision}`);
    const theirPaths = tiles.map((tile) => `/restrictions/${tile}`);
    const [ourLua, theirLua] = [script(`ours-${zoom}.lua`, ourPaths), script(`theirs-${zoom}.lua`, theirPaths)];
    const weights = [await weight(coldUrl, ourPaths), theirs ? await weight(theirs.cold, theirPaths) : NaN];
    console.log(`\nZoom ${zoom}: ${tiles.length} tiles of ${weights[0].toFixed(1)} kB, theirs ${weights[1].toFixed(1)} kB`);
    for (const [name, url, their, aim] of [
      ["cold", coldUrl, () => (theirs ? rate(theirs.cold, theirLua) : bare(zoom, tiles)), 2],
      ...(theirs ? [["warm", apiUrl, () => rate(theirs.warm, theirLua), 1]] : []),
    ]) {
      const [ours, reference] = [[], []];
      rate(url, ourLua);
      for (let turn = 0; turn < TURNS; turn += 1) {
        ours.push(rate(url, ourLua));
        reference.push(their());
      }
      report(name, ours, reference, "/s");
      console.log(`  rate / rate: ${(median(ours) / median(reference)).toFixed(2)} (aim: ${aim} or more)`);
    }
  }
} finally {
  for (const child of children) child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
