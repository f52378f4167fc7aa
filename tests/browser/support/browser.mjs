// The system's Chromium, one per test file; pages in private contexts; screenshots and accessibility of each screen.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { webUrl } from "./application.mjs";

const artifacts = new URL("../artifacts/", import.meta.url).pathname;
mkdirSync(artifacts, { recursive: true });

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 375, height: 812 };

const openPages = new Set();

// A test that leaves a picture of each open page when it fails.
export function scenario(name, body) {
  test(name, async (context) => {
    try {
      await body(context);
    } catch (error) {
      let rank = 0;
      for (const page of openPages) {
        const file = `failed-${name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}-${(rank += 1)}.png`;
        await page.screenshot({ path: join(artifacts, file), fullPage: true }).catch(() => {});
      }
      throw error;
    } finally {
      for (const page of openPages) await page.context().close();
      openPages.clear();
    }
  });
}

export async function openBrowser() {
  const home = mkdtempSync(join(tmpdir(), "dialog-chromium-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader", `--crash-dumps-dir=${home}`],
  });
  browser.on("disconnected", () => rmSync(home, { recursive: true, force: true }));
  return browser;
}

// A page of a private context. It collects what a person would find in the console, and every request to another host.
export async function openPage(browser, { viewport = desktop } = {}) {
  const context = await browser.newContext({ baseURL: webUrl, viewport, locale: "fr-FR", timezoneId: "Europe/Paris" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  openPages.add(page);
  page.complaints = [];
  page.on("console", (message) => {
    // Refused requests are what some tests are about; the browser reports each.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(webUrl).origin) page.complaints.push(`request to ${origin}`);
  });
  return page;
}

export async function close(page) {
  await page.context().close();
  openPages.delete(page);
  assert.deepEqual(page.complaints, [], "the console is clean and no request leaves for another host");
}

// The page is here: its title is no longer that of what is being loaded.
export const ready = (page) => page.locator("h1:not(.fr-sr-only)").waitFor();

// The page at desk width and at phone width, kept as artefacts.
export async function picture(page, name, { whole = true } = {}) {
  const before = page.viewportSize();
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size);
    // Where the person is, when a part of the page is enough.
    if (!whole) await page.evaluate(() => document.activeElement?.scrollIntoView({ block: "center" }));
    await page.screenshot({ path: join(artifacts, `${name}-${size.width}.png`), fullPage: whole });
  }
  await page.setViewportSize(before);
}

// What can be read of a page's state: open dialogs, what buttons show, the kinds of location, mistakes.
const describe = (page) => page.evaluate(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility();
  const kinds = all("select[id$='-roadType']").filter(shown);
  return {
    path: location.pathname,
    dialogs: all("dialog[open]").map((dialog) => dialog.getAttribute("aria-labelledby").replace(/-titre$/, "")),
    opened: all("[aria-expanded='true'][aria-controls]").filter(shown).map((button) => button.getAttribute("aria-controls")),
    kinds: kinds.flatMap((select) => [...select.options].map(({ value }) => value)),
    chosen: kinds.map(({ value }) => value),
    mistakes: all("[aria-invalid='true']").filter(shown).length,
  };
});

// No violation of axe, at either width, and nothing wider than the phone. The name is one of support/states.mjs: the check
// of states/ reads what was gone through.
export async function checkAccess(page, name) {
  const before = page.viewportSize();
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    assert.deepEqual(found, [], `axe on ${name} at ${size.width} px`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${size.width} px`);
    appendFileSync(join(artifacts, "states.jsonl"), `${JSON.stringify({ state: name, width: size.width, ...(await describe(page)) })}\n`);
  }
  await page.setViewportSize(before);
}
