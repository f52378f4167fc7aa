// Arrows of the map: along the line of what binds one direction of traffic, in its sense, as they are drawn; none elsewhere.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { succeed } from "./support/application.mjs";
import { close, openBrowser, openPage, picture, scenario } from "./support/browser.mjs";
import { at, dates, open, placeOf, push, street } from "./support/map.mjs";

// Streets that no other test of the map looks at.
const orders = [
  ["CARTE-SENS-AB", "Rue des Acacias", "A_TO_B"],
  ["CARTE-SENS-BA", "Rue des Tanneurs", "B_TO_A"],
  ["CARTE-SENS-DEUX", "Rue Haute", "BOTH"],
];
let browser;
before(async () => {
  browser = await openBrowser();
  for (const [identifier, name, direction] of orders) {
    await push(identifier, { type: "speedLimitation", maxSpeed: 30, locations: [street(name, direction)] });
  }
});
after(() => browser.close());

// Where a house number is, as the geocoder says it: nothing that the map draws.
async function house(number, name) {
  const query = new URLSearchParams({ q: `${number} ${name} Démoville`, type: "housenumber", limit: "1" });
  const { json } = await succeed("GET", `/api/geo/search?${query}`);
  const [{ geometry, properties }] = json.features;
  assert.equal(properties.housenumber, number);
  return geometry.coordinates;
}

// What the map has drawn of a location, once it is at rest: whether its line is there, the lines that its arrows follow, how
// their layer places them, and the two points on the screen.
async function drawn(page, location, from, to) {
  await page.waitForFunction((wanted) => {
    const map = document.querySelector(".dl-map__canvas")?.map;
    return map?.loaded() && !map.isMoving() && map.getLayer("hit")
      && map.queryRenderedFeatures({ layers: ["hit"] }).some(({ properties }) => properties.location_uuid === wanted);
  }, location);
  return page.evaluate(([wanted, one, other]) => {
    const { map } = document.querySelector(".dl-map__canvas");
    const arrows = map.queryRenderedFeatures({ layers: ["arrow"] }).filter(({ properties }) => properties.location_uuid === wanted);
    const layout = (name) => map.getLayoutProperty("arrow", name);
    return {
      lines: arrows.flatMap(({ geometry }) => (geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates)),
      placement: layout("symbol-placement"),
      turned: [layout("icon-rotate") ?? 0, layout("icon-keep-upright") ?? false, layout("icon-rotation-alignment") ?? "auto"],
      ends: [one, other].map((place) => map.project(place)),
    };
  }, [location, from, to]);
}

// Each arrow in a picture, and whether it points along a direction: its mass lies behind, its tip reaches ahead.
async function senses(page, image, [x, y]) {
  const paper = await page.context().newPage();
  try {
    return await paper.evaluate(async ([text, dx, dy]) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${text}`;
      await picture.decode();
      const { width, height } = picture;
      const pen = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      pen.drawImage(picture, 0, 0);
      const { data } = pen.getImageData(0, 0, width, height);
      // Names of streets are lighter.
      const isDark = (at) => data[4 * at] < 45 && data[4 * at + 1] < 45 && data[4 * at + 2] < 45;
      const seen = new Set();
      const found = [];
      for (let start = 0; start < width * height; start += 1) {
        if (seen.has(start) || !isDark(start)) continue;
        const [spot, next] = [[], [start]];
        seen.add(start);
        while (next.length > 0) {
          const at = next.pop();
          spot.push([at % width, Math.floor(at / width)]);
          for (const side of [at - 1, at + 1, at - width, at + width]) {
            if (side >= 0 && side < width * height && !seen.has(side) && isDark(side)) { seen.add(side); next.push(side); }
          }
        }
        const isWhole = spot.every(([px, py]) => px > 0 && py > 0 && px < width - 1 && py < height - 1);
        if (spot.length < 30 || !isWhole) continue;
        const along = spot.map(([px, py]) => px * dx + py * dy);
        const middle = along.reduce((sum, value) => sum + value, 0) / along.length;
        found.push(Math.sign(along.reduce((sum, value) => sum + (value - middle) ** 3, 0)));
      }
      return found;
    }, [image.toString("base64"), x, y]);
  } finally {
    await paper.close();
  }
}

for (const [identifier, name, direction] of orders) {
  scenario(`a restriction of ${direction} has ${direction === "BOTH" ? "no arrow" : "arrows in its sense along its line"}`, async () => {
    const page = await openPage(browser);
    const { location, ...place } = await placeOf(identifier);
    const [from, to] = [await house("2", name), await house("12", name)];
    await open(page, `${dates}&measureTypes=speedLimitation&${at(place, 18)}`);
    const { lines, placement, turned, ends: [start, end] } = await drawn(page, location, from, to);
    if (direction === "BOTH") {
      assert.deepEqual(lines, []);
    } else {
      assert.deepEqual([placement, ...turned], ["line", 0, false, "auto"], "arrows follow the line as it is written");
      assert.ok(lines.length > 0, "there are arrows");
      const sense = direction === "A_TO_B" ? 1 : -1;
      for (const line of lines) {
        const [[x1, y1], [x2, y2]] = [line[0], line.at(-1)];
        assert.equal(Math.sign((x2 - x1) * (to[0] - from[0]) + (y2 - y1) * (to[1] - from[1])), sense, "the line runs as the traffic does");
      }
      // As they are seen: the middle of the map, without what lies over its edges.
      const box = await page.locator(".maplibregl-canvas").boundingBox();
      const clip = { x: box.x + box.width / 2 - 200, y: box.y + box.height / 2 - 200, width: 400, height: 400 };
      const length = Math.hypot(end.x - start.x, end.y - start.y);
      const seen = await senses(page, await page.screenshot({ clip }), [(end.x - start.x) / length, (end.y - start.y) / length]);
      assert.ok(seen.length > 0, "arrows are seen");
      assert.deepEqual(seen, seen.map(() => sense), "arrows point where the traffic goes");
    }
    await picture(page, `map-arrows-${direction}`, { whole: false });
    await close(page);
  });
}
