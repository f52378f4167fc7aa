// What both engines are fed with and asked: the addresses of Paris centre, the communes of France, and queries made from
// them by a generator with a fixed seed.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const shared = process.env.DIALOG_SHARED_DIR;
const read = (path) => gunzipSync(readFileSync(join(shared, "data", path))).toString("utf8");

/** Communes: code, name, postcodes, population. */
export const communes = JSON.parse(read("admin/communes.json.gz")).filter(({ type }) => type === "commune-actuelle" || type === "arrondissement-municipal");

/** Streets with their house numbers, by commune and name. */
export const streets = [...streetsOf(read("osm/paris-centre-2014-addresses.csv.gz"))];

function* streetsOf(csv) {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  const names = header.split(";");
  const known = new Map();
  for (const line of lines) {
    const row = Object.fromEntries(line.split(";").map((value, rank) => [names[rank], value]));
    const key = `${row.code_insee} ${row.nom_voie}`;
    if (!known.has(key)) known.set(key, { cityCode: row.code_insee, name: row.nom_voie, postcode: row.code_postal, lat: Number(row.lat), lon: Number(row.lon), numbers: {} });
    known.get(key).numbers[`${row.numero} ${row.rep}`.trim()] = { lat: Number(row.lat), lon: Number(row.lon) };
  }
  yield* known.values();
}

/** Both, in Addok's JSON. */
export const places = [
  ...streets.map(({ cityCode, name, postcode, lat, lon, numbers }, rank) => ({
    id: `${cityCode}_${String(rank).padStart(4, "0")}`, type: "street", name, postcode, citycode: cityCode, city: "Paris", lat, lon, importance: 0.3, housenumbers: numbers,
  })),
  ...communes.map(({ code, nom, codesPostaux, population }) => ({
    id: code, type: "municipality", name: nom, city: nom, citycode: code, postcode: codesPostaux?.[0] ?? "", lat: 46, lon: 2,
    importance: Math.min(1, Math.log10(1 + (population ?? 0)) / 7),
  })),
];

/** Numbers between 0 and 1, always the same ones (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SHORT = { Rue: "r", Boulevard: "bd", Avenue: "av", Place: "pl", Passage: "pass", Impasse: "imp", Square: "sq", Saint: "st", Sainte: "ste" };
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");

const CHANGES = {
  "as it is written": (name) => name,
  abbreviated: (name) => name.replace(/\p{L}+/gu, (word) => SHORT[word] ?? word),
  "without accents": (name) => plain(name).toLowerCase(),
  "words swapped": (name) => {
    const words = name.split(" ");
    return words.length < 2 ? name : [words.at(-1), ...words.slice(0, -1)].join(" ");
  },
  "one typo": (name, next) => {
    const longest = name.split(" ").reduce((best, word) => (word.length > best.length ? word : best));
    const at = 1 + Math.floor(next() * (longest.length - 2));
    const letter = "aeinorst"[Math.floor(next() * 8)];
    const [before, after] = [longest.slice(0, at), longest.slice(at)];
    const spoilt = [before + after.slice(1), before + letter + after, before + letter + after.slice(1), before + (after[1] ?? "") + after[0] + after.slice(2)];
    return name.replace(longest, spoilt[Math.floor(next() * spoilt.length)]);
  },
  "without its kind": (name) => name.replace(/^\S+ (?:(?:de la|de l'|du|des|de|d') ?)?/, ""),
};

/** Names of the drawn streets, by commune: what is not drawn, or is drawn under another spelling, is no fair question. */
const drawn = new Set(
  read("osm/paris-centre-2014-streets.geojsonl.gz").trim().split("\n").map((line) => JSON.parse(line).properties).map(({ insee, name }) => `${insee} ${name}`),
);

/** Queries made from the loaded streets; `asTyped`: beginnings of three characters or more instead. */
export function typed(count, { asTyped = false } = {}) {
  const next = random(20260101);
  const known = streets.filter(({ cityCode, name }) => drawn.has(`${cityCode} ${name}`) && name.split(" ").length > 1 && name.length > 8);
  const kinds = Object.entries(CHANGES);
  return Array.from({ length: count }, (_, rank) => {
    const street = known[Math.floor(next() * known.length)];
    const [kind, change] = kinds[rank % kinds.length];
    const text = asTyped ? street.name.slice(0, 3 + Math.floor(next() * (street.name.length - 3))) : change(street.name, next);
    return { kind, text, cityCode: street.cityCode, expected: street.name };
  });
}

/** Queries of geocoder-tester that ask for a commune of the loaded ones. */
export function communeQueries() {
  const names = new Set(communes.map(({ nom }) => plain(nom).toLowerCase().replace(/[^a-z0-9]+/g, " ")));
  const archive = join(shared, "data/geocoder-tests/geocoder-tester-france.tar.gz");
  const files = ["france/test_villages.yml", "france/test_short_village_names.yml"];
  const queries = [];
  for (const file of files) {
    const text = execFileSync("tar", ["-xzOf", archive, file], { encoding: "utf8" });
    for (const [, query, body] of text.matchAll(/^(\S[^\n]*?):\n((?:[ \t]+[^\n]*\n?)+)/gm)) {
      const expected = body.match(/^\s+name: *["']?([^"'\n]+)/m)?.[1]?.trim();
      if (expected && names.has(plain(expected).toLowerCase().replace(/[^a-z0-9]+/g, " "))) queries.push({ kind: file.replace(/.*test_|\.yml/g, "").replaceAll("_", " "), text: query.replace(/^["']|["']$/g, ""), expected });
    }
  }
  return queries;
}
