// What the benchmarks share: SQL through psql, requests, and honest numbers.
import { execFileSync } from "node:child_process";

export const { WEB_URL: webUrl, API_URL: apiUrl, PSQL: psql, PGBENCH: pgbench } = process.env;

export const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "inherit"], ...options });

export const sql = (statement) => run(psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], { input: statement }).trim();

const credentials = {
  "X-Client-Id": "019b0000-0000-7000-8000-000000000001",
  "X-Client-Secret": "demo-client-secret-0000000000000000000000001",
};

export async function call(method, path, body) {
  const response = await fetch(apiUrl + path, {
    method,
    headers: { ...credentials, ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export function report(name, ours, reference, unit) {
  const spread = (values) => `${median(values).toFixed(1)} ${unit} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
  console.log(`\n${name}`);
  console.log(`  DiaLog     ${spread(ours)}`);
  console.log(`  reference  ${spread(reference)}`);
}
