// What the benchmarks share: SQL through psql, requests, and honest numbers.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export const { WEB_URL: webUrl, API_URL: apiUrl, PSQL: psql, PGBENCH: pgbench } = process.env;

export const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "inherit"], ...options });

export const sql = (statement) => run(psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], { input: statement }).trim();

export const credentials = {
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

/** A person of the first organization: the headers of the session, and the organizations. */
export async function login() {
  const response = await fetch(`${apiUrl}/api/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "agent@dialog.test", password: "demonstration-dialog" }),
  });
  if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`);
  const { csrfToken, organizations } = await response.json();
  return { organizations, headers: { Cookie: response.headers.getSetCookie()[0].split(";")[0], "X-CSRF-Token": csrfToken } };
}

/** What PostgreSQL executed meanwhile, from its own log, with the values written in. */
export async function loggedStatements(action) {
  sql("ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf();");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const before = readFileSync(process.env.POSTGRES_LOG, "utf8").length;
  await action();
  sql("ALTER SYSTEM RESET log_statement; SELECT pg_reload_conf();");
  const log = readFileSync(process.env.POSTGRES_LOG, "utf8").slice(before);
  return [...log.matchAll(/LOG: {2}execute [^:]*: ([\s\S]*?)\n[^\n]*DETAIL: {2}parameters: ([^\n]*)/g)].map(([, text, list]) => {
    const values = Object.fromEntries([...list.matchAll(/\$(\d+) = ('(?:[^']|'')*'|NULL)/g)].map(([, rank, value]) => [rank, value]));
    return text.replace(/\$(\d+)/g, (_, rank) => values[rank]).replace(/\s+/g, " ");
  });
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export function report(name, ours, reference, unit) {
  const spread = (values) => `${median(values).toFixed(1)} ${unit} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
  console.log(`\n${name}`);
  console.log(`  DiaLog     ${spread(ours)}`);
  console.log(`  reference  ${spread(reference)}`);
}
