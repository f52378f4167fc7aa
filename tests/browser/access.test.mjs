// Every public page and every page of a clerk: no violation of axe, nothing wider than a phone, and a keyboard is enough.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { password } from "./support/application.mjs";
import { checkAccess, close, openBrowser, openPage, picture, ready, scenario } from "./support/browser.mjs";
import { clerk, logInAsMember } from "./support/clerk.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const open = [["home", "/"], ["login", "/login"], ["list", "/regulations"], ["map", "/carte"], ["unknown", "/nulle-part"]];
const members = [["new-order", "/regulations/add"]];

for (const [name, path] of open) {
  scenario(`${path} is accessible to a visitor`, async () => {
    const page = await openPage(browser);
    await page.goto(path);
    await ready(page);
    await checkAccess(page, path);
    await picture(page, name);
    await close(page);
  });
}

for (const [name, path] of members) {
  scenario(`${path} is accessible to a clerk`, async () => {
    const page = await openPage(browser);
    await logInAsMember(page);
    await page.goto(path);
    await ready(page);
    await checkAccess(page, path);
    await picture(page, name);
    await close(page);
  });
}

scenario("the first key leads to the content, and a keyboard is enough to log in", async () => {
  const page = await openPage(browser);
  await page.goto("/login");
  await ready(page);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /contenu/i);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("autocomplete"));
  for (let keys = 0; keys < 30 && (await focused()) !== "username"; keys += 1) await page.keyboard.press("Tab");
  await page.keyboard.type(clerk);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
  await close(page);
});

scenario("the documentation of the API is served by us", async () => {
  const page = await openPage(browser);
  await page.goto("/api/doc");
  await page.getByText(/DiaLog/).first().waitFor();
  await page.locator(".opblock").first().waitFor();
  await picture(page, "api-doc");
  await close(page);
});
