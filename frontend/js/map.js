// The only place that talks to MapLibre. The Rust side creates a map, hands it GeoJSON, and is told what was pointed
// at; it keeps every other state.

import { AttributionControl, GeolocateControl, LngLatBounds, Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "../styles/map.css";
import { ABOVE_TILES, ARROW, POINTED_LAYERS, style, tiledLayers, tiledSource } from "./style.js";

setWorkerUrl(new URL(MAP_WORKER, import.meta.url).href);

const FRANCE = [-5.2, 41.3, 9.7, 51.2];

const FRENCH = {
  "AttributionControl.ToggleAttribution": "Afficher les crédits",
  "AttributionControl.MapFeedback": "Signaler une erreur sur la carte",
  "GeolocateControl.FindMyLocation": "Aller où je suis",
  "GeolocateControl.LocationNotAvailable": "Votre position n’est pas disponible",
  "Map.Title": "Carte",
  "NavigationControl.ResetBearing": "Remettre le nord en haut",
  "NavigationControl.ZoomIn": "Agrandir",
  "NavigationControl.ZoomOut": "Réduire",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
  "CooperativeGesturesHandler.WindowsHelpText": "Maintenez Ctrl et faites défiler pour agrandir la carte",
  "CooperativeGesturesHandler.MacHelpText": "Maintenez ⌘ et faites défiler pour agrandir la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Déplacez la carte avec deux doigts",
};

/** Where the map credits its sources. */
const CREDITS = ".maplibregl-ctrl-bottom-right";
/** What those of OpenStreetMap ask of small maps. */
const CREDITS_READ_MS = 5000;
/** Wider maps have room for them. */
const COMPACT = 640;
/** Around what is shown as a whole, pixels. */
const MARGIN = 48;
/** Room of the scale, pixels. */
const SCALE_WIDTH = 140;
/** Maps narrower than this have their card below; wider than the other, beside what it tells. */
const NARROW = 480;
const WIDE = 800;
/** Room of the card on a wide map, at its left. */
const CARD_WIDTH = 384;
const CARD_HEIGHT = 360;

function stillnessWanted() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function addCoordinates(bounds, coordinates) {
  if (typeof coordinates[0] === "number") bounds.extend(coordinates);
  else for (const inner of coordinates) addCoordinates(bounds, inner);
}

function addGeometry(bounds, geometry) {
  if (!geometry) return;
  if (geometry.type === "GeometryCollection") for (const inner of geometry.geometries) addGeometry(bounds, inner);
  else if (geometry.coordinates.length > 0) addCoordinates(bounds, geometry.coordinates);
}

/**
 * Creates a map.
 * @param {HTMLElement} container where
 * @param {{label: string, base: {description: string, tiles: string}, view?: string, cooperative: boolean, tiled: boolean}} options
 *   `view` is `zoom/lat/lng`; `tiled`: restrictions come as vector tiles
 * @param {{select: Function, hover: Function, move: Function, point: Function, draw: Function, trouble: Function}} events
 *   what the Rust side is told
 */
export function create(container, options, events) {
  const start = parseView(options.view);
  const map = new Map({
    container,
    style: style(location.origin, options.base, options.tiled),
    locale: { ...FRENCH, "Map.Title": options.label },
    ...(start ?? { bounds: FRANCE }),
    minZoom: 4,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    cooperativeGestures: options.cooperative,
    fadeDuration: stillnessWanted() ? 0 : 200,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  // Only the map of everything is looked at on the spot. The position stays in the browser.
  if (options.tiled) map.addControl(new GeolocateControl({ fitBoundsOptions: { maxZoom: 16 } }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl(), "bottom-right");
  map.once("style.load", () => map.addImage(ARROW, arrow(), { pixelRatio: 2 }));
  tellCredits(container);
  foldCredits(map);
  // Tests and benchmarks ask the map what it draws.
  container.map = map;
  map.on("idle", () => container.setAttribute("data-drawn", ""));
  return new Handle(map, events, { placed: start !== undefined, hasCard: options.tiled });
}

/**
 * Tells styles how high the credits are, so that nothing is put over them; `--dl-scale`: how far the scale goes up where
 * they take its place.
 */
function tellCredits(container) {
  const credits = container.querySelector(CREDITS);
  const place = container.parentElement?.parentElement;
  if (!credits || !place) return;
  const told = new ResizeObserver(() => {
    const { offsetWidth, offsetHeight } = credits;
    place.style.setProperty("--dl-credits", `${offsetHeight + 8}px`);
    place.style.setProperty("--dl-scale", offsetWidth > container.clientWidth - SCALE_WIDTH ? `${offsetHeight}px` : "0px");
  });
  told.observe(credits);
  told.observe(container);
}

/** On a small map the credits fold once they could be read, or as soon as the map is used: a button shows them again. */
function foldCredits(map) {
  const credits = map.getContainer().querySelector(".maplibregl-ctrl-attrib");
  const fold = () => {
    const isSmall = map.getContainer().clientWidth <= COMPACT;
    if (!isSmall || !credits?.classList.contains("maplibregl-compact-show")) return;
    credits.classList.remove("maplibregl-compact-show");
    credits.removeAttribute("open");
  };
  map.once("click", fold);
  map.once("idle", () => setTimeout(fold, CREDITS_READ_MS));
}

/** An arrow that points to the right: dark, with a light edge, so that it is seen on every line. */
function arrow() {
  const side = 44;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  pen.beginPath();
  pen.moveTo(12, 8);
  pen.lineTo(36, 22);
  pen.lineTo(12, 36);
  pen.lineTo(18, 22);
  pen.closePath();
  pen.lineJoin = "round";
  pen.lineWidth = 7;
  pen.strokeStyle = "#ffffff";
  pen.stroke();
  pen.fillStyle = "#161616";
  pen.fill();
  return pen.getImageData(0, 0, side, side);
}

/** The GeoJSON text of the lines, or of the areas, of the file chosen in an input. */
export async function readShapes(input, areas) {
  const { readShapes: read } = await import("./import.js");
  return read(input.files[0], areas);
}

/** A point in the middle of each geometry. */
function dots(collection) {
  const features = collection.features.flatMap((feature) => {
    const coordinates = middle(feature.geometry);
    return coordinates ? [{ ...feature, geometry: { type: "Point", coordinates } }] : [];
  });
  return { type: "FeatureCollection", features };
}

function middle(geometry) {
  if (!geometry) return undefined;
  if (geometry.type === "GeometryCollection") return middle(geometry.geometries[0]);
  let coordinates = geometry.coordinates;
  while (coordinates?.length > 0 && typeof coordinates[0] !== "number") {
    coordinates = coordinates[Math.floor(coordinates.length / 2)];
  }
  return coordinates?.length > 0 ? coordinates : undefined;
}

function parseView(text) {
  const numbers = (text ?? "").split("/").map(Number);
  if (!text || numbers.length !== 3 || numbers.some((number) => !Number.isFinite(number))) return undefined;
  const [zoom, lat, lng] = numbers;
  return Math.abs(lat) > 90 ? undefined : { zoom, center: [lng, lat] };
}

class Handle {
  constructor(map, events, { placed, hasCard }) {
    this.map = map;
    this.events = events;
    this.placed = placed;
    this.hasCard = hasCard;
    this.hovered = null;
    this.highlighted = "";
    this.drawing = null;
    this.missing = new Set();
    this.print = () => this.#putOnPaper();
    window.addEventListener("beforeprint", this.print);
    this.ready = new Promise((resolve) => {
      if (map.isStyleLoaded()) resolve();
      else map.once("style.load", resolve);
    });
    map.on("click", (event) => this.#select(event));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout", () => this.#hoverOn(null));
    map.on("moveend", () => this.#moved());
    // A tile that cannot be had is no reason to lose the map; anything else is worth a line in the console.
    map.on("error", (event) => {
      if (!event.sourceId) console.warn(event.error);
      else if (!this.missing.has(event.sourceId)) this.#tellMissing(this.missing.add(event.sourceId));
    });
    map.on("sourcedata", (event) => {
      if (event.tile?.state === "loaded" && this.missing.delete(event.sourceId)) this.#tellMissing(this.missing);
    });
  }

  /** Draws a FeatureCollection of restrictions (text). */
  async setRestrictions(text) {
    await this.ready;
    const collection = JSON.parse(text);
    this.map.getSource("restrictions").setData(collection);
    this.map.getSource("dots").setData(dots(collection));
  }

  /** Draws the restrictions of vector tiles; `path` has `{z}`, `{x}` and `{y}`. */
  async setTiles(path) {
    await this.ready;
    const tiles = location.origin + path;
    const source = this.map.getSource("restrictions");
    if (source) {
      source.setTiles([tiles]);
    } else {
      this.map.addSource("restrictions", tiledSource(tiles));
      for (const layer of tiledLayers()) this.map.addLayer(layer, ABOVE_TILES);
      this.#highlight();
    }
  }

  /** Draws a FeatureCollection of drafts (text) over the tiles. */
  async setDrafts(text) {
    await this.ready;
    this.map.getSource("drafts").setData(JSON.parse(text));
  }

  /** Asks again for the tiles that could not be had. */
  retry() {
    // A tile that failed and is refreshed waits for its first answer for ever: tiles are begun anew.
    for (const source of this.missing) this.map.style.tileManagers[source].clearTiles();
    this.map.fire("move");
  }

  #tellMissing(sources) {
    this.events.trouble([...sources].join(","));
  }

  /** Goes to a place. */
  goTo(lng, lat, zoom) {
    this.placed = true;
    this.map.flyTo({ center: [lng, lat], zoom, duration: 1500, animate: !stillnessWanted() });
  }

  /** Draws labelled points: a FeatureCollection (text) whose features have a `label`. */
  async setPoints(text) {
    await this.ready;
    this.map.getSource("points").setData(JSON.parse(text));
  }

  /** Puts a halo around one location, or none. */
  async highlight(id) {
    await this.ready;
    this.highlighted = id ?? "";
    this.#highlight();
  }

  #highlight() {
    for (const layer of ["highlight", "draft-highlight"].filter((name) => this.map.getLayer(name))) {
      this.map.setFilter(layer, ["==", ["get", "location_uuid"], this.highlighted]);
    }
  }

  /**
   * Shows the whole of a FeatureCollection (text). `first`: only when the map stands nowhere yet; `covered`: a card hides
   * the lower half of the map on small screens, its left on large ones.
   */
  fit(text, first, covered) {
    if (first && this.placed) return;
    const bounds = new LngLatBounds();
    for (const feature of JSON.parse(text).features) addGeometry(bounds, feature.geometry);
    if (bounds.isEmpty()) return;
    this.placed = true;
    const { clientWidth, clientHeight } = this.map.getContainer();
    const isNarrow = clientWidth < NARROW;
    const margin = isNarrow ? 28 : MARGIN;
    // On a phone the credits take the whole width.
    const credits = isNarrow ? this.map.getContainer().querySelector(CREDITS)?.offsetHeight ?? 0 : 0;
    const bottom = covered && isNarrow ? clientHeight * 0.68 : margin + credits;
    const left = covered && clientWidth >= WIDE ? CARD_WIDTH + margin : margin;
    const padding = { top: margin, left, right: margin, bottom };
    // A flight takes seconds, in which the map is not where a click on it should be.
    this.map.fitBounds(bounds, { padding, maxZoom: 17, animate: !first && !stillnessWanted(), duration: 400 });
  }

  /** Starts drawing lines, or areas; `text` is the FeatureCollection already drawn. */
  async startDrawing(text, area) {
    await this.ready;
    if (this.drawing) return;
    const { startDrawing } = await import("./draw.js");
    this.drawing = startDrawing(this.map, JSON.parse(text), area, (drawn) => this.events.draw(JSON.stringify(drawn)));
  }

  /** Forgets the last point of the line being drawn, or the last line. */
  undo() {
    this.drawing?.undo();
  }

  /** Ends drawing; what was drawn has been told. */
  stopDrawing() {
    this.drawing?.stop();
    this.drawing = null;
  }

  /** Browsers print an empty map: what it shows is copied to where they print it. */
  #putOnPaper() {
    const container = this.map.getContainer();
    if (container.clientWidth === 0) return;
    this.paper ??= container.appendChild(Object.assign(document.createElement("canvas"), { className: "dl-map__paper" }));
    this.paper.setAttribute("aria-hidden", "true");
    // What was drawn before this frame is gone.
    this.map.redraw();
    const { width, height } = this.map.getCanvas();
    Object.assign(this.paper, { width, height });
    this.paper.getContext("2d").drawImage(this.map.getCanvas(), 0, 0);
  }

  destroy() {
    window.removeEventListener("beforeprint", this.print);
    this.stopDrawing();
    this.map.remove();
  }

  #under(point) {
    const reach = 4;
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const layers = POINTED_LAYERS.filter((id) => this.map.getLayer(id));
    const features = this.map.queryRenderedFeatures(box, { layers });
    return [...new Set(features.map((feature) => feature.properties.location_uuid).filter(Boolean))];
  }

  #select(event) {
    if (this.drawing) return;
    this.events.point(event.lngLat.lng, event.lngLat.lat);
    const clusters = ["cluster"].filter((id) => this.map.getLayer(id));
    const [cluster] = this.map.queryRenderedFeatures(event.point, { layers: clusters });
    if (cluster) {
      this.#enter(cluster);
      return;
    }
    const found = this.#under(event.point);
    this.events.select(found.join(","));
    if (found.length > 0) this.#clearOfCard(event);
  }

  /** A card hides the lower part of the map on a phone, a corner elsewhere: what was pointed at goes beside it. */
  #clearOfCard({ point, lngLat }) {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const how = { duration: 400, animate: !stillnessWanted() };
    if (!this.hasCard) return;
    if (clientWidth < NARROW) {
      this.map.easeTo({ center: lngLat, offset: [0, -0.375 * clientHeight], ...how });
    } else if (clientWidth >= WIDE && point.x < CARD_WIDTH && point.y < CARD_HEIGHT) {
      this.map.panBy([point.x - CARD_WIDTH - MARGIN, 0], how);
    }
  }

  async #enter(cluster) {
    const center = cluster.geometry.coordinates;
    const source = this.map.getSource("dots");
    // Two zooms further in, the cells in which tiles count are sixteen times smaller.
    const zoom = source
      ? (await source.getClusterExpansionZoom(cluster.properties.cluster_id)) + 0.5
      : Math.min(this.map.getZoom() + 2.5, 14);
    this.map.easeTo({ center, zoom, animate: !stillnessWanted() });
  }

  #hover(event) {
    if (this.drawing) return;
    this.#hoverOn(this.#under(event.point)[0] ?? null);
  }

  #hoverOn(id) {
    if (id === this.hovered) return;
    this.hovered = id;
    this.map.getCanvas().style.cursor = id ? "pointer" : "";
    this.events.hover(id ?? "");
  }

  #moved() {
    const bounds = this.map.getBounds();
    const { lat, lng } = this.map.getCenter();
    const view = `${this.map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
    this.events.move(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth(), view);
  }
}
