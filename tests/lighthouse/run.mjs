// Lighthouse, desktop preset, on the running application: list, an order, the map. Each page is measured several times
// and the best counts: other work on the machine only ever takes points away.
// Usage: run.mjs BASE_URL ORDER_PATH [performance]   reports are left in artifacts/
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as launcher from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [base, order, mode] = process.argv.slice(2);
const performance = mode === "performance";
const runs = performance ? 3 : 1;
const least = { accessibility: 95, "best-practices": 95, ...(performance && { performance: 90 }) };
// The map is a large library: its speed is not promised.
const pages = [["list", "/regulations", least], ["order", order, least], ["map", "/carte", { ...least, performance: 0 }]];
const artifacts = new URL("artifacts/", import.meta.url).pathname;
mkdirSync(artifacts, { recursive: true });

const home = mkdtempSync(join(tmpdir(), "dialog-lighthouse-"));
const chrome = await launcher.launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  userDataDir: home,
  chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader", `--crash-dumps-dir=${home}`],
});

const failures = [];
try {
  for (const [name, path, wanted] of pages) {
    const best = {};
    for (let run = 0; run < runs; run += 1) {
      const options = { port: chrome.port, onlyCategories: Object.keys(least), output: "html", logLevel: "error" };
      const { lhr, report } = await lighthouse(base + path, options, desktopConfig);
      if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
      writeFileSync(join(artifacts, `${name}.html`), report);
      for (const [category, { score }] of Object.entries(lhr.categories)) {
        best[category] = Math.max(best[category] ?? 0, Math.round(score * 100));
      }
      for (const audit of Object.values(lhr.audits)) {
        if (audit.score === 0 && ["binary", "metricSavings"].includes(audit.scoreDisplayMode)) {
          console.log(`    ${name}: ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
        }
      }
    }
    console.log(`${name} ${path}: ${Object.entries(best).map(([category, score]) => `${category} ${score}`).join(", ")}`);
    for (const [category, score] of Object.entries(best)) {
      if (score < (wanted[category] ?? 0)) failures.push(`${name}: ${category} ${score} is below ${wanted[category]}`);
    }
  }
} finally {
  chrome.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
for (const failure of failures) console.log(`TOO LOW ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
