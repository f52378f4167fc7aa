// Drawing of lines and of areas, loaded only when somebody draws.

import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

const BLUE = "#000091";
/** A click so near to a street is meant to be on it, pixels. */
const SNAP = 12;
const STREETS = ["road", "path"];

/**
 * Starts drawing on a map: clicks add points, which snap to the streets; Enter or a second click on the last point ends
 * a line, a click on the first point closes an area. Points of what is finished can be moved, and removed with a right
 * click.
 */
export function startDrawing(map, collection, area, changed) {
  const flags = { feature: { draggable: false, coordinates: { draggable: true, midpoints: true, deletable: true } } };
  const snapping = { toLine: false, toCoordinate: true, toCustom: (event) => onStreet(map, event) };
  const mode = area
    ? new TerraDrawPolygonMode({
        editable: true,
        showCoordinatePoints: true,
        snapping: { toCoordinate: true },
        styles: { fillColor: BLUE, fillOpacity: 0.15, outlineColor: BLUE, outlineWidth: 3, coordinatePointColor: BLUE, closingPointColor: BLUE },
      })
    : new TerraDrawLineStringMode({
        editable: true,
        showCoordinatePoints: true,
        snapping,
        styles: { lineStringColor: BLUE, lineStringWidth: 4, coordinatePointColor: BLUE, closingPointColor: BLUE },
      });
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 7 }),
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    modes: [mode, new TerraDrawSelectMode({ flags: { linestring: flags, polygon: flags } })],
  });
  const kind = area ? "polygon" : "linestring";
  const type = area ? "Polygon" : "LineString";
  draw.start();
  const features = collection.features
    .flatMap((feature) => parts(feature.geometry, type))
    .map((coordinates) => ({
      type: "Feature",
      properties: { mode: kind },
      geometry: { type, coordinates: area ? coordinates.map(rounded) : rounded(coordinates) },
    }));
  if (features.length > 0) draw.addFeatures(features);
  draw.setMode(kind);

  const all = () => draw.getSnapshot().filter(({ geometry }) => geometry.type === type);
  const finished = () => all().filter(({ properties }) => !properties.currentlyDrawing);
  const drawn = (begun = []) => {
    const found = [...finished().map((feature) => feature.geometry.coordinates), ...begun];
    if (found.length === 0) return null;
    return found.length === 1 ? { type, coordinates: found[0] } : { type: `Multi${type}`, coordinates: found };
  };
  const tell = () => changed(drawn());
  draw.on("finish", tell);
  draw.on("change", (ids, change) => {
    if (change === "delete") tell();
  });

  return {
    undo() {
      if (draw.canUndo()) {
        draw.undo();
      } else {
        const last = finished().at(-1);
        if (last) draw.removeFeatures([last.id]);
      }
      tell();
    },
    stop() {
      // What is begun counts, up to the last click.
      const begun = all().filter(({ properties }) => properties.currentlyDrawing);
      changed(drawn(begun.map((feature) => clicked(feature, area)).filter(Boolean)));
      draw.stop();
    },
  };
}

/** The clicked points of what is being drawn, as a whole shape; nothing when there are too few. */
function clicked({ geometry, properties }, area) {
  const line = area ? geometry.coordinates[0] : geometry.coordinates;
  const count = properties.committedCoordinateCount ?? line.length - (area ? 2 : 1);
  const places = line.slice(0, count).filter(([lng, lat], rank) => rank === 0 || lng !== line[rank - 1][0] || lat !== line[rank - 1][1]);
  if (places.length < (area ? 3 : 2)) return undefined;
  return area ? [[...places, places[0]]] : places;
}

function parts(geometry, type) {
  if (geometry?.type === type) return [geometry.coordinates];
  return geometry?.type === `Multi${type}` ? geometry.coordinates : [];
}

function rounded(line) {
  return line.map(([lng, lat]) => [round(lng), round(lat)]);
}

function round(degrees) {
  return Math.round(degrees * 1e7) / 1e7;
}

/** The place of a street that is the nearest to the pointer, if any is near enough. */
function onStreet(map, { containerX, containerY }) {
  const box = [[containerX - SNAP, containerY - SNAP], [containerX + SNAP, containerY + SNAP]];
  const layers = STREETS.filter((id) => map.getLayer(id));
  let best;
  for (const { geometry } of map.queryRenderedFeatures(box, { layers })) {
    for (const line of parts(geometry, "LineString")) {
      const pixels = line.map((place) => map.project(place));
      for (let rank = 1; rank < pixels.length; rank += 1) {
        const found = nearest(pixels[rank - 1], pixels[rank], containerX, containerY);
        if (found.distance <= SNAP && (!best || found.distance < best.distance)) best = found;
      }
    }
  }
  if (!best) return undefined;
  const { lng, lat } = map.unproject([best.x, best.y]);
  return [round(lng), round(lat)];
}

function nearest(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  const place = { x: a.x + along * dx, y: a.y + along * dy };
  return { ...place, distance: Math.hypot(place.x - x, place.y - y) };
}
