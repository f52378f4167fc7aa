// The page of the components, in a development build: each of them, in each of its states.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before } from "node:test";
import { webUrl } from "../support/application.mjs";
import { checkAccess, close, desktop, openBrowser, openPage, phone, picture, scenario } from "../support/browser.mjs";

const folder = process.env.DIALOG_DEVELOPMENT_BUILD;
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".woff2": "font/woff2" };
let browser;
let server;
before(async () => {
  // The files alone: there is no API, and every page is the application.
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, webUrl);
    if (pathname.startsWith("/api/")) return response.writeHead(503).end();
    const name = pathname.startsWith("/assets/") ? pathname : "/index.html";
    const content = await readFile(join(folder, name)).catch(() => undefined);
    return response.writeHead(content ? 200 : 404, { "Content-Type": types[extname(name)] ?? "text/plain" }).end(content);
  });
  await new Promise((resolve) => { server.listen(new URL(webUrl).port, resolve); });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  server.close();
});

const focused = (locator) => locator.evaluate((node) => node === document.activeElement);

for (const size of [desktop, phone]) {
  const at = `at ${size.width} px`;

  async function open() {
    const page = await openPage(browser, { viewport: size });
    await page.goto("/dev/components");
    await page.getByRole("heading", { level: 1, name: "Composants" }).waitFor();
    return page;
  }

  scenario(`every component is accessible in its first state ${at}`, async () => {
    const page = await open();
    await checkAccess(page, "the components");
    await picture(page, `components-${size.width}`);
    for (const name of ["Texte faux", "Lignes fausses", "Liste fausse", "Voie fausse"]) {
      assert.equal(await page.getByLabel(name, { exact: true }).first().getAttribute("aria-invalid"), "true", name);
    }
    await close(page);
  });

  scenario(`a mistake is reached from the summary ${at}`, async () => {
    const page = await open();
    await page.getByText("6 corrections sont nécessaires").waitFor();
    const lines = page.locator(".dl-summary a");
    for (const [rank, id] of ["champ-texte-faux", "champ-lignes-fausses", "champ-choix-faux", "champ-radio-faux-0"].entries()) {
      await lines.nth(rank).press("Enter");
      assert.ok(await focused(page.locator(`#${id}`)), id);
    }
    await close(page);
  });

  scenario(`a field with completion shows a list, nothing, a failure, a wait ${at}`, async () => {
    const page = await open();
    const field = (name) => page.getByRole("combobox", { name, exact: true });
    for (const [name, typed, shown, state] of [
      ["Voie", "rue", "2 résultats.", "list"], ["Voie", "zzz", "Aucun résultat. Vérifiez l’orthographe.", "nothing"],
      ["Voie", "r", "Écrivez au moins 2 caractères.", "short"], ["Voie en panne", "rue", "Réessayer", "failure"],
      ["Voie attendue", "rue", "Recherche…", "wait"],
    ]) {
      await field(name).fill(typed);
      await page.getByText(shown, { exact: true }).first().waitFor();
      await checkAccess(page, `${name}: ${shown}`);
      await picture(page, `components-completion-${state}-${size.width}`, { whole: false });
    }
    await field("Voie").fill("rue");
    await page.getByRole("option", { name: "Rue Pasteur" }).waitFor();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await field("Voie").press(key);
    assert.equal(await field("Voie").inputValue(), "Rue Pasteur");
    assert.equal(await field("Voie").getAttribute("aria-expanded"), "false");
    assert.ok(await field("Voie indisponible").isDisabled());
    await close(page);
  });

  scenario(`a dialog keeps the focus and gives it back ${at}`, async () => {
    const page = await open();
    const button = page.getByRole("button", { name: "Ouvrir un dialogue" });
    await button.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Un dialogue" });
    await dialog.waitFor();
    await checkAccess(page, "a dialog");
    await picture(page, `components-dialog-${size.width}`, { whole: false });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(await focused(button));
    await close(page);
  });

  scenario(`what is announced, opened and chosen is accessible ${at}`, async () => {
    const page = await open();
    for (const [button, text] of [["Annoncer un succès", "C’est fait."], ["Annoncer un échec", "Ce n’est pas fait."]]) {
      await page.getByRole("button", { name: button }).click();
      await page.getByText(text).waitFor();
      await checkAccess(page, text);
    }
    await page.getByRole("tab", { name: "Premier" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Deux", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Fermé", exact: true }).press("Enter");
    await page.getByText("Caché d’abord.").waitFor();
    await page.getByLabel("Filtre immédiat").selectOption({ label: "Troisième" });
    const chips = page.getByRole("group", { name: "Étiquettes", exact: true });
    await chips.getByLabel("Premier", { exact: true }).press("Space");
    assert.ok(await chips.getByLabel("Premier", { exact: true }).isChecked());
    await page.getByRole("button", { name: "Se connecter" }).last().click();
    await page.getByText("Indiquez votre adresse électronique.").waitFor();
    await checkAccess(page, "what was opened and chosen");
    await picture(page, `components-opened-${size.width}`);
    await close(page);
  });
}
