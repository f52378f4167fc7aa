// The map of 100,000 restrictions under the mouse, at each zoom, in turns with the same map without any. MAP_RESTRICTIONS
// and MAP_TURNS for fewer. There is no graphics card: SwiftShader paints, in another process, on the cores that everything
// shares. What the map costs is therefore the CPU that the main thread of the page takes, which Chromium's trace tells
// apart from the time it waits; what a person of this machine would feel, painting included, is printed beside it.
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, sql, webUrl } from "./lib.mjs";
import { fillTowns } from "./towns.mjs";

const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");

const RESTRICTIONS = Number(process.env.MAP_RESTRICTIONS ?? 100_000);
const ZOOMS = [4, 6, 8, 10, 12, 14, 16];
const TURNS = Number(process.env.MAP_TURNS ?? 3);
const SIZE = { width: 1280, height: 900 };
const AIMS = { task: 200, frames: 5, idle: 2000, list: 1000 };

const total = fillTowns(RESTRICTIONS);
// A place with neighbours.
const [lon, lat] = sql(`SELECT ST_X(c) || ' ' || ST_Y(c) FROM (SELECT ST_PointOnSurface(geometry) AS c FROM public_restrictions) AS middles
  ORDER BY abs(ST_X(c) - (SELECT avg(ST_X(ST_Centroid(geometry))) FROM public_restrictions)) + abs(ST_Y(c) - (SELECT avg(ST_Y(ST_Centroid(geometry))) FROM public_restrictions))
  LIMIT 1`).split(" ").map(Number);

/** Runs in the page: notes its frames, and when the map and the list are done after each move. */
function watch() {
  const { map } = document.querySelector(".dl-map__canvas");
  const list = document.querySelector(".dl-carte__panel [aria-busy]");
  const notes = { frames: [], idle: [], list: [] };
  let last = performance.now();
  const frame = (now) => {
    notes.frames.push(now - last);
    last = now;
    if (!notes.done) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  let moved;
  let [drawing, listing] = [false, false];
  map.on("moveend", () => {
    moved = performance.now();
    [drawing, listing] = [true, true];
  });
  map.on("idle", () => {
    if (drawing) notes.idle.push(performance.now() - moved);
    drawing = false;
  });
  new MutationObserver(() => {
    if (listing && list.getAttribute("aria-busy") === "false") {
      notes.list.push(performance.now() - moved);
      listing = false;
    }
  }).observe(list, { attributes: true });
  window.isAtRest = () => !map.isMoving() && !drawing && !listing;
  window.notes = notes;
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** A gesture goes on for a moment after the hand has left; then tiles and the list come. */
async function rest(page) {
  await pause(400);
  await page.waitForFunction(() => window.isAtRest(), undefined, { polling: 50 });
}

/** What the main thread of the page did: tasks and animation frames, wall and CPU, milliseconds. */
function mainThread(trace) {
  const events = trace.traceEvents ?? trace;
  // The page is the renderer that fires most animation frames.
  const renderers = new Map();
  for (const { name, pid, tid } of events) {
    if (name === "FireAnimationFrame") renderers.set(`${pid}/${tid}`, (renderers.get(`${pid}/${tid}`) ?? 0) + 1);
  }
  const [main] = [...renderers].sort(([, one], [, other]) => other - one)[0];
  const of = (wanted) => events
    .filter(({ name, ph, pid, tid }) => ph === "X" && `${pid}/${tid}` === main && wanted.test(name))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }));
  return { tasks: of(/RunTask$/), frames: of(/^FireAnimationFrame$/) };
}

async function gestures(browser, zoom, filters) {
  const context = await browser.newContext({ baseURL: webUrl, viewport: SIZE, locale: "fr-FR", timezoneId: "Europe/Paris" });
  const page = await context.newPage();
  try {
    await page.goto(`/carte?${filters}vue=${zoom}/${lat}/${lon}`);
    await page.waitForFunction(() => document.querySelector(".dl-map__canvas")?.map?.loaded());
    await page.waitForFunction(() => document.querySelector(".dl-carte__panel [aria-busy=false] #titre-liste"));
    await page.evaluate(watch);
    const features = await page.evaluate(() => {
      const { map } = document.querySelector(".dl-map__canvas");
      const layers = ["hit", "dot", "cluster"].filter((name) => map.getLayer(name));
      return map.queryRenderedFeatures({ layers }).length;
    });
    const box = await page.locator(".maplibregl-canvas").boundingBox();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    await browser.startTracing(page, { categories: ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
    await page.mouse.move(...middle);
    for (const [dx, dy] of [[-300, 0], [0, -200], [300, 200]]) {
      await page.mouse.move(...middle);
      await page.mouse.down();
      for (let step = 1; step <= 20; step += 1) {
        await page.mouse.move(middle[0] + (dx * step) / 20, middle[1] + (dy * step) / 20);
        await pause(16);
      }
      await page.mouse.up();
      await rest(page);
    }
    for (const wheel of [-120, -120, 120, 120]) {
      await page.mouse.move(...middle);
      await page.mouse.wheel(0, wheel);
      await rest(page);
    }
    const trace = JSON.parse((await browser.stopTracing()).toString("utf8"));
    const notes = await page.evaluate(() => { window.notes.done = true; return window.notes; });
    const { frames: felt, idle, list } = notes;
    return { features, felt, idle, list, ...mainThread(trace) };
  } finally {
    await context.close();
  }
}

const share = (values, limit) => (100 * values.filter((value) => value > limit).length) / Math.max(1, values.length);
const largest = (values) => values.reduce((most, value) => Math.max(most, value), 0);

function line(name, runs) {
  const over = (pick) => median(runs.map(pick));
  const worst = (pick) => largest(runs.map(pick));
  const figures = {
    cpu: worst(({ tasks }) => largest(tasks.map(({ cpu }) => cpu))),
    wall: worst(({ tasks }) => largest(tasks.map(({ wall }) => wall))),
    frames: over(({ frames }) => share(frames.map(({ cpu }) => cpu), 50)),
    felt: over(({ felt }) => share(felt, 50)),
    idle: largest(runs.flatMap(({ idle }) => idle)),
    list: largest(runs.flatMap(({ list }) => list)),
    features: over(({ features }) => features),
  };
  const { cpu, wall, frames, felt, idle, list, features } = figures;
  console.log(`  ${name.padEnd(12)} ${String(features).padStart(5)} features; longest task ${cpu.toFixed(0)} ms of CPU, ${wall.toFixed(0)} ms with waits; `
    + `frames over 50 ms: ${frames.toFixed(1)} % of CPU, ${felt.toFixed(1)} % as painted; at rest after ${idle.toFixed(0)} ms, list after ${list.toFixed(0)} ms at most`);
  return figures;
}

const home = mkdtempSync(join(tmpdir(), "dialog-chromium-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader", `--crash-dumps-dir=${home}`],
});
try {
  console.log(`\nMap of ${total} restrictions under the mouse, against the same map without any, ${TURNS} turns at each zoom`);
  const missed = [];
  for (const zoom of ZOOMS) {
    const [ours, reference] = [[], []];
    for (let turn = 0; turn < TURNS; turn += 1) {
      ours.push(await gestures(browser, zoom, ""));
      reference.push(await gestures(browser, zoom, "measureTypes=&"));
    }
    console.log(`\nZoom ${zoom}`);
    const { cpu, frames, idle, list } = line("DiaLog", ours);
    line("without any", reference);
    const checks = [["task", cpu], ["frames", frames], ["idle", idle], ["list", list]].filter(([name, value]) => value > AIMS[name]);
    missed.push(...checks.map(([name, value]) => `zoom ${zoom}: ${name} ${value.toFixed(0)}, aim ${AIMS[name]}`));
  }
  console.log(`\nAims: no task of more than ${AIMS.task} ms of CPU, ${AIMS.frames} % of frames over 50 ms of CPU, at rest within ${AIMS.idle} ms, list within ${AIMS.list} ms`);
  console.log(missed.length === 0 ? "  all held" : missed.map((text) => `  missed: ${text}`).join("\n"));
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}
