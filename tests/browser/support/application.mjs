// The application that the gate "application" started, seen from outside: addresses, accounts, requests without a browser.
import assert from "node:assert/strict";

const required = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run scripts/test.sh application browser`);
  return value;
};

export const webUrl = required("WEB_URL");
export const password = "demonstration-dialog";
export const apiClient = {
  "X-Client-Id": "019b0000-0000-7000-8000-000000000001",
  "X-Client-Secret": "demo-client-secret-0000000000000000000000001",
};

// One request below the application's address; JSON in and out when there is any.
export async function call(method, path, { body, headers = {}, base = webUrl } = {}) {
  const response = await fetch(base + path, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get("content-type") ?? "") && text ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}

export async function succeed(method, path, options) {
  const answer = await call(method, path, options);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return answer;
}

// Whether the real streets of Paris are loaded.
export async function hasParis() {
  const { json } = await succeed("GET", "/api/health");
  return json.referenceEditions.some(({ edition }) => /paris/i.test(edition));
}

// A day as the clerk writes it, counted from today in the time of the territory.
export function day(offset) {
  const date = new Date(Date.now() + offset * 86_400_000);
  return new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris" }).format(date);
}

// What the feed says of one order, or nothing.
export async function orderInFeed(identifier, base = webUrl) {
  const { text } = await succeed("GET", "/api/regulations.xml", { base });
  const orders = text.match(/<(?:[a-z0-9]+:)?trafficRegulationOrder[ >][\s\S]*?<\/(?:[a-z0-9]+:)?trafficRegulationOrder>/g) ?? [];
  return orders.find((order) => order.includes(identifier));
}
