// What a clerk does on the screens, by what is written on them.
import assert from "node:assert/strict";
import { password } from "./application.mjs";

export const clerk = "agent@dialog.test";

// A section of the demonstration town.
export const town = {
  road: "Rue Pasteur", from: "2", to: "20",
  city: { typed: "démo", label: "Démoville (00001)" }, street: { typed: "past", label: "Rue Pasteur" },
};

export async function logIn(page, email = clerk, secret = password) {
  await page.goto("/login");
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

export async function logInAsMember(page, email = clerk) {
  await logIn(page, email);
  await page.getByRole("heading", { level: 1, name: "Arrêtés de circulation" }).waitFor();
}

// Chooses in a field with completion, by keyboard: what is typed, then the choice that reads so.
export async function choose(page, label, typed, wanted) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill("");
  await field.pressSequentially(typed, { delay: 20 });
  const option = page.getByRole("option", { name: wanted, exact: true });
  await option.waitFor();
  while ((await option.getAttribute("aria-selected")) !== "true") await field.press("ArrowDown");
  await field.press("Enter");
  await assertValue(field, wanted);
  // What is typed may read like what is chosen: the list closes when it is chosen.
  await page.waitForFunction((input) => input.getAttribute("aria-expanded") === "false", await field.elementHandle());
}

export async function assertValue(field, value) {
  await field.page().waitForFunction(([input, wanted]) => input.value === wanted, [await field.elementHandle(), value]);
}

// Waits until a field is said to be wrong.
export async function isWrong(field) {
  await field.page().waitForFunction((input) => input.getAttribute("aria-invalid") === "true", await field.elementHandle());
}

// A draft with its general information; the page is then the form of its first measure.
export async function newOrder(page, { identifier, title, category = "Réglementation temporaire", subject }) {
  await page.goto("/regulations/add");
  const field = page.getByLabel("Identifiant");
  // A number is proposed; it must have come before it is written over.
  await page.waitForFunction((input) => input.value !== "", await field.elementHandle());
  if (identifier) await field.fill(identifier);
  const written = await field.inputValue();
  await page.getByLabel("Nature de l’arrêté").selectOption({ label: category });
  if (subject) await page.getByLabel("Objet de l’arrêté", { exact: false }).first().selectOption({ label: subject });
  await page.getByLabel("Intitulé").fill(title);
  await page.getByRole("button", { name: "Continuer" }).click();
  return written;
}

export async function newMeasure(page, order) {
  const identifier = await newOrder(page, order);
  await page.getByRole("heading", { level: 1, name: "Nouvelle mesure" }).waitFor();
  return identifier;
}

// "Circulation interdite aux poids lourds de plus de 3,5 tonnes", certain days, one slot, a section between two numbers.
export async function fillMeasure(page, { city, street, from, to, start, end }) {
  await page.getByLabel("Type de restriction").selectOption({ label: "Circulation interdite" });
  await chooseVehicles(page, ["Poids"]);
  await page.getByLabel("Poids total autorisé en charge, en tonnes").fill("3,5");
  await page.getByLabel("Date de début").fill(start);
  await page.getByLabel("Date de fin").fill(end);
  await page.getByText("Certains jours").click();
  await page.getByRole("button", { name: "Du lundi au vendredi" }).click();
  await page.getByRole("button", { name: "Définir des horaires" }).click();
  const slot = page.getByRole("group", { name: "Plage horaire 1" });
  await slot.getByLabel("De", { exact: false }).first().fill("07:00");
  await slot.getByLabel("À", { exact: false }).fill("10:00");
  await fillStreet(page, { city, street, from, to });
}

// "Certains véhicules", and which.
export async function chooseVehicles(page, kinds) {
  await page.getByText("Certains véhicules").click();
  const chips = page.getByRole("group", { name: "Types de véhicules concernés" });
  for (const kind of kinds) await chips.getByLabel(kind, { exact: true }).check();
}

export async function fillStreet(page, { city, street, from, to }) {
  await choose(page, "Ville ou code postal", city.typed, city.label);
  await choose(page, "Voie", street.typed, street.label);
  await page.getByText("Une section de la voie").click();
  await page.getByRole("group", { name: "Point A" }).getByLabel("Numéro", { exact: false }).last().fill(from);
  await page.getByRole("group", { name: "Point B" }).getByLabel("Numéro", { exact: false }).last().fill(to);
}

export async function save(page) {
  await page.getByRole("button", { name: "Enregistrer la mesure" }).click();
}

// Publishes the order of the page and answers how long the call took to be visible, from the click on.
export async function publish(page) {
  await page.getByRole("button", { name: "Publier", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  return async () => {
    const answered = page.waitForResponse((response) => response.url().endsWith("/publish"));
    await dialog.getByRole("button", { name: "Publier", exact: true }).click();
    const response = await answered;
    assert.equal(response.status(), 200);
    return performance.now();
  };
}

// The dates of the first period.
export async function fillPeriod(page, { start, end }) {
  await page.getByLabel("Date de début").first().fill(start);
  await page.getByLabel("Date de fin").first().fill(end);
}

// What is said is on the screen, wherever the page is scrolled to.
export async function isSeen(message) {
  await message.waitFor();
  const { y, height } = await message.boundingBox();
  assert.ok(y >= 0 && y + height <= message.page().viewportSize().height, `a message at ${y} px`);
}

// The page of the order, once its measure is saved.
export async function saved(page) {
  await page.getByText("La mesure est enregistrée.").waitFor();
}

// The order of the page as the API has it for this person.
export async function orderOf(page) {
  const [, uuid] = page.url().match(/regulations\/([0-9a-f-]{36})/);
  const answer = await page.request.get(`/api/app/regulation-records/${uuid}`);
  assert.equal(answer.status(), 200);
  return answer.json();
}

// Moves the focus to a control by the Tab key alone.
export async function reach(page, locator) {
  await locator.waitFor();
  const target = await locator.elementHandle();
  // A group of radio buttons is reached by the one that is checked, or by its first or last one.
  const isThere = () => target.evaluate((node) => node === document.activeElement
    || (node.type === "radio" && document.activeElement.type === "radio" && node.name === document.activeElement.name));
  for (let keys = 0; keys < 200; keys += 1) {
    if (await isThere()) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail("the Tab key never leads there");
}
