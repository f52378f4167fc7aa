// Typing in a form with thirty locations: no key waits for the browser.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { apiClient, day, succeed } from "./support/application.mjs";
import { checkAccess, close, openBrowser, openPage, scenario } from "./support/browser.mjs";
import { logInAsMember } from "./support/clerk.mjs";

const LONGEST_MS = 50;
const LOCATIONS = 30;

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

scenario(`typing among ${LOCATIONS} locations never keeps the browser busy for ${LONGEST_MS} ms`, async () => {
  const { json: order } = await succeed("POST", "/api/regulations", { headers: apiClient, body: draft() });
  const page = await openPage(browser);
  await logInAsMember(page);
  await page.goto(`/regulations/${order.uuid}`);
  await page.getByRole("link", { name: "Modifier la mesure 1" }).click();
  const last = page.getByRole("group", { name: `Localisation ${LOCATIONS}`, exact: true });
  await last.getByText(/Rue Pasteur du n° 2/).waitFor();
  await checkAccess(page, "thirty locations");
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const number = last.getByRole("group", { name: "Point B" }).getByLabel("Numéro", { exact: true });
  await number.focus();
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "toplevel"] } });
  await page.keyboard.press("End");
  for (const key of "4812" + "\b".repeat(4) + "4614") await page.keyboard.press(key === "\b" ? "Backspace" : key, { delay: 15 });
  await page.getByLabel("Type de restriction").focus();
  await page.keyboard.press("ArrowDown");
  const ended = new Promise((resolve) => { session.once("Tracing.tracingComplete", resolve); });
  await session.send("Tracing.end");
  await ended;
  // The time of the processor, so that a busy machine says the same as an idle one.
  const typed = ["keydown", "input", "change", "blur", "focusin"];
  const type = ({ name, args }) => (name === "EventDispatch" ? args?.data?.type : name);
  // What follows an event (the rules, the fields that change) runs in the microtasks after it.
  const handlers = events.filter((event) => typed.includes(type(event)) || event.name === "RunMicrotasks");
  const slowest = handlers.map((event) => ({ type: type(event), ms: (event.tdur ?? event.dur) / 1000 })).sort((a, b) => b.ms - a.ms);
  console.log(`# slowest: ${slowest.slice(0, 5).map(({ type, ms }) => `${type} ${ms.toFixed(1)} ms`).join(", ")}`);
  assert.ok(slowest.length > 20, "the keys were traced");
  assert.ok(slowest[0].ms < LONGEST_MS, `${slowest[0].type}: ${slowest[0].ms} ms`);
  await close(page);
});

function draft() {
  const section = (rank) => ({
    roadType: "lane",
    namedStreet: {
      cityCode: "00001", cityLabel: "Démoville", roadName: "Rue Pasteur", direction: "BOTH",
      fromPointType: "houseNumber", fromHouseNumber: "2", toPointType: "houseNumber", toHouseNumber: String(6 + 2 * (rank % 30)),
    },
  });
  return {
    identifier: `SAISIE-${Date.now()}`, status: "draft", category: "permanentRegulation", title: "Trente localisations",
    measures: [{
      type: "noEntry",
      periods: [{ isPermanent: true, startDate: `${day(1)}T00:00:00+01:00`, recurrenceType: "everyDay" }],
      locations: Array.from({ length: LOCATIONS }, (_, rank) => section(rank)),
    }],
  };
}
