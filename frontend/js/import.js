// Shapes drawn elsewhere: GeoJSON, GPX and KML files, loaded only when somebody imports one.

const LARGEST = 2_000_000;

/** The GeoJSON text of the lines, or of the areas, of a file. Throws what is wrong with it, in French. */
export async function readShapes(file, areas) {
  if (!file) throw new Error("Aucun fichier n’est choisi.");
  if (file.size > LARGEST) throw new Error("Ce fichier dépasse 2 Mo.");
  const text = await file.text();
  const geometries = text.trimStart().startsWith("<") ? fromXml(text) : fromJson(text);
  const parts = areas ? geometries.flatMap(polygons) : geometries.flatMap(lines);
  if (parts.length === 0) {
    throw new Error(areas ? "Ce fichier ne contient pas de surface." : "Ce fichier ne contient pas de ligne.");
  }
  const type = areas ? "Polygon" : "LineString";
  const geometry = parts.length === 1 ? { type, coordinates: parts[0] } : { type: `Multi${type}`, coordinates: parts };
  return JSON.stringify(geometry);
}

function fromJson(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("Ce fichier n’est ni du GeoJSON, ni du GPX, ni du KML.");
  }
  return geometriesOf(json);
}

function geometriesOf(json) {
  if (json?.type === "FeatureCollection") return json.features.flatMap(geometriesOf);
  if (json?.type === "Feature") return geometriesOf(json.geometry);
  if (json?.type === "GeometryCollection") return json.geometries.flatMap(geometriesOf);
  return json?.coordinates ? [json] : [];
}

function fromXml(text) {
  const document = new DOMParser().parseFromString(text, "application/xml");
  if (document.getElementsByTagName("parsererror").length > 0) throw new Error("Ce fichier XML est mal formé.");
  const all = (node, name) => [...node.getElementsByTagNameNS("*", name)];
  const point = (node) => [Number(node.getAttribute("lon")), Number(node.getAttribute("lat"))];
  const tracks = [...all(document, "trkseg").map((node) => all(node, "trkpt")), ...all(document, "rte").map((node) => all(node, "rtept"))]
    .map((points) => ({ type: "LineString", coordinates: points.map(point) }));
  const written = (node) => all(node, "coordinates").flatMap((coordinates) =>
    coordinates.textContent.trim().split(/\s+/).filter(Boolean).map((place) => place.split(",").slice(0, 2).map(Number)));
  const drawn = all(document, "LineString").map((node) => ({ type: "LineString", coordinates: written(node) }));
  const areas = all(document, "Polygon").map((node) => ({
    type: "Polygon",
    coordinates: all(node, "LinearRing").map(written),
  }));
  return [...tracks, ...drawn, ...areas];
}

const flat = (line) => line.map(([lng, lat]) => [lng, lat]);
const isSound = (line, least) => line.length >= least && line.flat().every(Number.isFinite);

function lines({ type, coordinates }) {
  const found = type === "LineString" ? [coordinates] : type === "MultiLineString" ? coordinates : [];
  return found.map(flat).filter((line) => isSound(line, 2));
}

function polygons({ type, coordinates }) {
  const found = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  return found.map((rings) => rings.map(flat)).filter((rings) => rings.length > 0 && rings.every((ring) => isSound(ring, 4)));
}
