// Drawing of lines, loaded only when somebody draws.

import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

const BLUE = "#000091";

/**
 * Starts drawing on a map: clicks add points, Enter or a second click on the last point ends a line, points of a
 * finished line can be moved, and removed with a right click.
 */
export function startDrawing(map, collection, changed) {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 7 }),
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    modes: [
      new TerraDrawLineStringMode({
        editable: true,
        showCoordinatePoints: true,
        styles: { lineStringColor: BLUE, lineStringWidth: 4, coordinatePointColor: BLUE, closingPointColor: BLUE },
      }),
      new TerraDrawSelectMode({
        flags: { linestring: { feature: { coordinates: { draggable: true, midpoints: true, deletable: true } } } },
      }),
    ],
  });
  draw.start();
  const features = collection.features
    .flatMap((feature) => lines(feature.geometry))
    .map((coordinates) => ({
      type: "Feature",
      properties: { mode: "linestring" },
      geometry: { type: "LineString", coordinates: coordinates.map(([lng, lat]) => [round(lng), round(lat)]) },
    }));
  if (features.length > 0) draw.addFeatures(features);
  draw.setMode("linestring");

  const tell = () => changed(drawn(draw));
  draw.on("finish", tell);
  draw.on("change", (ids, kind) => {
    if (kind === "delete") tell();
  });

  return {
    undo() {
      if (draw.canUndo()) {
        draw.undo();
      } else {
        const last = finished(draw).at(-1);
        if (last) draw.removeFeatures([last.id]);
      }
      tell();
    },
    stop() {
      tell();
      draw.stop();
    },
  };
}

function lines(geometry) {
  if (geometry?.type === "LineString") return [geometry.coordinates];
  if (geometry?.type === "MultiLineString") return geometry.coordinates;
  return [];
}

function finished(draw) {
  return draw
    .getSnapshot()
    .filter((feature) => feature.geometry.type === "LineString" && !feature.properties.currentlyDrawing);
}

/** Everything drawn as one geometry, or null. */
function drawn(draw) {
  const parts = finished(draw).map((feature) => feature.geometry.coordinates);
  if (parts.length === 0) return null;
  return parts.length === 1
    ? { type: "LineString", coordinates: parts[0] }
    : { type: "MultiLineString", coordinates: parts };
}

function round(degrees) {
  return Math.round(degrees * 1e7) / 1e7;
}
