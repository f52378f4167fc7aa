// Base map and line styles. The base map is made from the road network that the operator loaded, so that no other
// host is ever asked; labels are drawn with the fonts of the browser, hence no glyph server either.

/** Widths are doubled from zoom 15 and doubled again from zoom 18. */
function width(base) {
  return ["interpolate", ["exponential", 2], ["zoom"], 10, base * 0.75, 14, base, 15, base * 2, 18, base * 4];
}

/** Roads of the base map: by class, wider as the map comes nearer. */
const CLASS_WIDTH = [
  "match",
  ["get", "class"],
  ["motorway", "trunk"], 2.2,
  "primary", 1.8,
  "secondary", 1.5,
  "tertiary", 1.25,
  ["local", "ferry"], 1,
  ["service", "pedestrian", "other"], 0.7,
  0.3,
];

function roadWidth(factor) {
  const at = (pixels) => ["*", pixels * factor, CLASS_WIDTH];
  return ["interpolate", ["exponential", 1.6], ["zoom"], 6, at(0.6), 11, at(1), 14, at(2.4), 16, at(6), 18, at(15), 20, at(40)];
}

const MAIN_ROAD = ["match", ["get", "class"], ["motorway", "trunk", "primary"], true, false];
const PATH = ["match", ["get", "class"], ["cycleway", "track", "path", "steps"], true, false];

/** Bridges over the roads below them. */
const BY_LEVEL = ["coalesce", ["get", "level"], 0];

const FONTS = ["Marianne", "Arial", "sans-serif"];

/** Vector tiles of restrictions go this far; nearer, the last ones are enlarged. */
const TILES_TO = 14;
/** Before this zoom tiles count restrictions instead of drawing the short ones. */
const NEAR = 12;

/**
 * Style of the map: base map and the sources of what is drawn over it. The description of the base map carries its
 * credits; the tiles are asked of the host that served the page, whatever public address the description says.
 * `tiled`: restrictions come later, as vector tiles (`tiledSource`), rather than all at once.
 */
export function style(origin, { description, tiles }, tiled) {
  const empty = { type: "FeatureCollection", features: [] };
  return {
    version: 8,
    sources: {
      base: { type: "vector", url: `${origin}${description}`, tiles: [`${origin}${tiles}`], minzoom: 6, maxzoom: 16 },
      ...(tiled
        ? { drafts: { type: "geojson", data: empty } }
        : {
            restrictions: { type: "geojson", data: empty },
            dots: { type: "geojson", data: empty, cluster: true, clusterRadius: 36, clusterMaxZoom: 12 },
          }),
      points: { type: "geojson", data: empty },
    },
    layers: [
      { id: "background", type: "background", paint: { "background-color": "#f4f2ee" } },
      {
        id: "road-casing",
        type: "line",
        source: "base",
        "source-layer": "roads",
        minzoom: 11,
        filter: ["!", PATH],
        layout: { "line-cap": "round", "line-join": "round", "line-sort-key": BY_LEVEL },
        paint: { "line-color": "#c9c4b8", "line-width": roadWidth(1.3) },
      },
      {
        id: "path",
        type: "line",
        source: "base",
        "source-layer": "roads",
        minzoom: 15,
        filter: PATH,
        paint: { "line-color": "#cfc6b4", "line-width": 1.2, "line-dasharray": [2, 1.5] },
      },
      {
        id: "road",
        type: "line",
        source: "base",
        "source-layer": "roads",
        filter: ["!", PATH],
        layout: { "line-cap": "round", "line-join": "round", "line-sort-key": BY_LEVEL },
        paint: {
          "line-color": [
            "step", ["zoom"],
            ["case", MAIN_ROAD, "#dcb974", "#d9d4c7"],
            12,
            ["case", MAIN_ROAD, "#fbe6b8", "#ffffff"],
          ],
          "line-width": roadWidth(1),
        },
      },
      {
        id: "commune",
        type: "line",
        source: "base",
        "source-layer": "communes",
        paint: { "line-color": "#a39a86", "line-width": 1, "line-dasharray": [4, 2] },
      },
      ...(tiled ? restrictionLayers("draft-", { source: "drafts" }, 0.5) : givenLayers()),
      {
        id: "road-label",
        type: "symbol",
        source: "base",
        "source-layer": "roads",
        minzoom: 14,
        filter: ["any", ["has", "name"], ["has", "number"]],
        layout: {
          "symbol-placement": "line",
          "symbol-spacing": 350,
          "text-field": ["coalesce", ["get", "name"], ["get", "number"]],
          "text-font": FONTS,
          "text-size": ["interpolate", ["linear"], ["zoom"], 14, 10, 18, 14],
          // Beside its street: lines and arrows of restrictions are drawn along it.
          "text-offset": ["interpolate", ["linear"], ["zoom"], 14, ["literal", [0, 0.9]], 18, ["literal", [0, 1.35]]],
        },
        paint: { "text-color": "#3a3a3a", "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
      },
      {
        id: "point",
        type: "circle",
        source: "points",
        paint: {
          "circle-radius": 10,
          "circle-color": "#000091",
          "circle-stroke-color": "#ffffff",
          "circle-stroke-width": 2,
        },
      },
      {
        id: "point-label",
        type: "symbol",
        source: "points",
        layout: {
          "text-field": ["get", "label"],
          "text-font": FONTS,
          "text-size": 12,
          "text-allow-overlap": true,
          "text-ignore-placement": true,
        },
        paint: { "text-color": "#ffffff" },
      },
    ],
  };
}

/** Layers on which a click or a hover counts, one per look; the last one is drawn on top. */
const LOOKS = [
  { type: "noOvertaking", layers: [{ color: "#DA70D6", width: 4, dash: [4, 1.5, 1, 1.5] }] },
  { type: "alternateRoad", layers: [{ color: "#6A6AF4", width: 4, dash: [2, 2] }] },
  { type: "parkingProhibited", layers: [{ color: "#FA7A35", width: 7 }, { color: "#ffffff", width: 2 }] },
  { type: "speedLimitation", layers: [{ color: "#F6C43C", width: 4, round: true }] },
  {
    type: "noEntry",
    layers: [
      { color: "#ffffff", width: 5, round: true },
      { color: "#CE0500", width: 4, dash: [1.2, 1.6], round: true },
    ],
  },
];

/** Shapes that are not lines are filled and outlined with the colour of their kind. */
const COLOUR = [
  "match",
  ["get", "measure_type"],
  "noOvertaking", "#DA70D6",
  "alternateRoad", "#6A6AF4",
  "parkingProhibited", "#FA7A35",
  "speedLimitation", "#F6C43C",
  "noEntry", "#CE0500",
  "#161616",
];

const IS_LINE = ["==", ["geometry-type"], "LineString"];
const IS_AREA = ["==", ["geometry-type"], "Polygon"];
const IS_POINT = ["==", ["geometry-type"], "Point"];

/** Where the layers of restrictions find them. */
const TILED = {
  lines: { source: "restrictions", "source-layer": "restrictions" },
  dots: { source: "restrictions", "source-layer": "clusters", maxzoom: NEAR },
};
const GIVEN = { lines: { source: "restrictions" }, dots: { source: "dots", maxzoom: 13 } };

function givenLayers() {
  return [...restrictionLayers("", GIVEN.lines, 1), ...dotLayers(GIVEN.dots, false)];
}

/** The source of vector tiles of restrictions. */
export function tiledSource(tiles) {
  return { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: TILES_TO };
}

/** The layers over them, to be put below those of the drafts. */
export function tiledLayers() {
  return [...restrictionLayers("", TILED.lines, 1), ...dotLayers(TILED.dots, true)];
}

/** The layer before which those of tiles come. */
export const ABOVE_TILES = "draft-restriction-area";

/** Lines, areas and points; `prefix` begins the names of their layers. */
function restrictionLayers(prefix, place, opacity) {
  const layers = [
    {
      id: `${prefix}restriction-area`,
      type: "fill",
      ...place,
      filter: IS_AREA,
      paint: { "fill-color": COLOUR, "fill-opacity": 0.2 * opacity },
    },
    {
      id: `${prefix}restriction-area-outline`,
      type: "line",
      ...place,
      filter: IS_AREA,
      paint: { "line-color": COLOUR, "line-width": 2, "line-opacity": opacity },
    },
    {
      id: `${prefix}highlight`,
      type: "line",
      ...place,
      filter: ["==", ["get", "location_uuid"], ""],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": "#000091", "line-width": width(11), "line-opacity": 0.35 },
    },
  ];
  for (const look of LOOKS) {
    look.layers.forEach((layer, rank) => {
      const paint = { "line-color": layer.color, "line-width": width(layer.width), "line-opacity": opacity };
      if (layer.dash) paint["line-dasharray"] = layer.dash;
      layers.push({
        id: `${prefix}restriction-${look.type}-${rank}`,
        type: "line",
        ...place,
        filter: ["all", IS_LINE, ["==", ["get", "measure_type"], look.type]],
        layout: { "line-cap": layer.round ? "round" : "butt", "line-join": "round" },
        paint,
      });
    });
  }
  layers.push(
    {
      id: `${prefix}restriction-point`,
      type: "circle",
      ...place,
      filter: IS_POINT,
      paint: {
        "circle-radius": 7,
        "circle-color": COLOUR,
        "circle-opacity": opacity,
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      // The direction of traffic that is bound, where only one is.
      id: `${prefix}arrow`,
      type: "symbol",
      ...place,
      minzoom: 14,
      filter: ["all", IS_LINE, ["==", ["get", "direction"], "oneWay"]],
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 70,
        "icon-image": ARROW,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 18, 1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
    {
      // Wider than what is seen: thin lines stay easy to point at.
      id: `${prefix}hit`,
      type: "line",
      ...place,
      paint: { "line-color": "#000000", "line-opacity": 0, "line-width": ["step", ["zoom"], 16, 15, 20, 18, 28] },
    },
  );
  return layers;
}

/** Seen from afar a street is too small to be seen: a dot stands for it, and a number for several of them. */
function dotLayers(place, tiled) {
  const count = tiled ? "count" : "point_count";
  const several = tiled ? [">", ["get", "count"], 1] : ["has", "point_count"];
  return [
    {
      id: "dot",
      type: "circle",
      ...place,
      filter: ["!", several],
      paint: { "circle-radius": 6, "circle-color": COLOUR, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
    },
    {
      id: "cluster",
      type: "circle",
      ...place,
      filter: several,
      paint: {
        "circle-radius": ["step", ["get", count], 12, 10, 16, 100, 20, 10_000, 26],
        "circle-color": "#000091",
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "cluster-count",
      type: "symbol",
      ...place,
      filter: several,
      layout: { "text-field": ["get", count], "text-font": FONTS, "text-size": 12, "text-allow-overlap": true },
      paint: { "text-color": "#ffffff" },
    },
  ];
}

/** Name of the picture of an arrow; `js/map.js` draws it. */
export const ARROW = "arrow";

/** What a click or a hover looks at. */
export const POINTED_LAYERS = ["draft-hit", "draft-restriction-area", "draft-restriction-point", "hit", "restriction-area", "restriction-point", "dot"];
