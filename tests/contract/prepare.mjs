// Logs in and writes the orders that the requests of the gate are about. Prints shell variables.
const { API_URL, CLIENT_ID, CLIENT_SECRET } = process.env;
const document = await (await fetch(`${API_URL}/api/doc.json`)).json();
const example = (method, path) => document.paths[path][method].requestBody.content["application/json"].example;

const login = await fetch(`${API_URL}/api/login`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ email: "proprietaire@dialog.test", password: "demonstration-dialog" }),
});
if (!login.ok) throw new Error(`login: ${login.status} ${await login.text()}`);
const cookie = login.headers.getSetCookie()[0].split(";")[0];
const me = await login.json();

async function call(method, path, body, headers) {
  const response = await fetch(API_URL + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
const session = (revision) => ({ Cookie: cookie, "X-CSRF-Token": me.csrfToken, ...(revision && { "If-Match": `"${revision}"` }) });
const records = "/api/app/regulation-records";
const written = (identifier) => call("POST", records, { ...example("post", records), identifier }, session());
const draft = await written("C1");
const order = await written("C2");
const published = await call("POST", `${records}/${order.uuid}/publish`, undefined, session(order.revision));
const key = { "X-Client-Id": CLIENT_ID, "X-Client-Secret": CLIENT_SECRET };
const pushed = await call("POST", "/api/regulations", { ...example("put", "/api/regulations"), identifier: "C3" }, key);
const streets = await call("GET", "/api/geo/streets?cityCode=00001&search=r%C3%A9publique");

const variables = {
  COOKIE: cookie,
  CSRF: me.csrfToken,
  ORGANIZATION: me.organizations[0].uuid,
  DRAFT: draft.uuid,
  PUBLISHED: published.uuid,
  PUSHED: pushed.uuid,
  MEASURE: draft.content.measures[0].id,
  LOCATION: published.content.measures[0].locations[0].id,
  STREET: streets.items[0].roadBanId,
};
for (const [name, value] of Object.entries(variables)) console.log(`export ${name}='${value}'`);
