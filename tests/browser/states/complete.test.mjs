// No page, dialog or opened state is forgotten: what axe went through in the tests before, held against the table of states
// and against the source. Runs after them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialogsOf, openablesOf, routeOf, routesOf, states } from "../support/states.mjs";

const folder = new URL("../../../frontend/src/", import.meta.url).pathname;
// The page of the components is tried by a gate of its own, in a development build.
const sources = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".rs") && !name.startsWith("pages/dev/"))
  .map((name) => readFileSync(join(folder, name), "utf8"));
const routes = routesOf(readFileSync(join(folder, "app.rs"), "utf8"));
const seen = readFileSync(new URL("../artifacts/states.jsonl", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const widths = [1280, 375];
const unique = (list) => [...new Set(list)];

test("what is read in the source is what is there", () => {
  assert.ok(routes.length > 14 && routes.includes("/regulations/:uuid/mesures/:mid"), `${routes}`);
  assert.ok(sources.flatMap(dialogsOf).includes("session-expiree"));
  const asked = sources.join("\n").match(/<Dialog\s/g).length;
  assert.equal(sources.flatMap(dialogsOf).length, asked, "the id of each dialog is read");
});

test("every state of the table was gone through by axe, at both widths, and nothing that the table does not have", () => {
  const missing = states.flatMap(({ state }) => widths
    .filter((width) => !seen.some((record) => record.state === state && record.width === width))
    .map((width) => `${state} at ${width} px`));
  assert.deepEqual(missing, []);
  const known = new Set(states.map(({ state }) => state));
  assert.deepEqual(unique(seen.map(({ state }) => state)).filter((state) => !known.has(state)), [], "add it to support/states.mjs");
});

test("each state was seen on its route and in its dialog", () => {
  const wrong = states.flatMap(({ state, route, dialog }) => seen
    .filter((record) => record.state === state)
    .filter(({ path, dialogs }) => routeOf(routes, path) !== route || dialogs.join() !== (dialog ?? ""))
    .map(({ path, dialogs }) => `${state}: ${path} ${dialogs}`));
  assert.deepEqual(unique(wrong), []);
});

test("every route and every dialog of the source has a state", () => {
  assert.deepEqual(routes.filter((path) => !states.some(({ route }) => route === path)), []);
  assert.deepEqual(unique(sources.flatMap(dialogsOf)).filter((id) => !states.some(({ dialog }) => dialog === id)), []);
});

test("everything that a button shows and hides was seen open", () => {
  const opened = new Set(seen.flatMap((record) => record.opened));
  assert.deepEqual(unique(sources.flatMap(openablesOf)).filter((id) => !opened.has(id)), []);
});

test("every kind of location was seen filled, and with its mistakes", () => {
  const kinds = unique(seen.flatMap((record) => record.kinds));
  assert.equal(kinds.length, 6);
  for (const [words, wanted] of [["filled", (record) => record.mistakes === 0], ["with mistakes", (record) => record.mistakes > 0]]) {
    const found = new Set(seen.filter(wanted).flatMap((record) => record.chosen));
    assert.deepEqual(kinds.filter((kind) => !found.has(kind)), [], words);
  }
});
