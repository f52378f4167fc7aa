// The DATEX II feed of 10,000 orders over HTTP, against PostgreSQL's own COPY of the same bytes.
import { apiUrl, median, psql, report, run, sql } from "./lib.mjs";

const ORDERS = 10_000;
const TURNS = 15;

// The feed leaves out what is over; a few of the generated orders are.
const IN_FEED = "FROM current_feed_fragments WHERE feed = 'datex' AND state <> 'over' AND body <> ''";

// Orders of the demonstration town, published one by one by the service that publishes every order.
run(process.env.DIALOG_BIN, ["generate-orders", String(ORDERS + 200)], { stdio: ["ignore", "inherit", "inherit"] });
sql("ANALYZE");
const count = Number(sql(`SELECT count(*) ${IN_FEED}`));
const bytes = Number(sql(`SELECT sum(octet_length(body)) ${IN_FEED}`));
if (count < ORDERS) throw new Error(`${count} orders instead of ${ORDERS}`);

// curl and psql each time the transfer themselves, so that starting them does not count.
const feed = () => {
  const [size, seconds] = run("curl", ["-fsS", "-o", "/dev/null", "-w", "%{size_download} %{time_total}", `${apiUrl}/api/regulations.xml`]).split(" ");
  if (Number(size) < bytes) throw new Error(`the feed has ${size} bytes, the fragments ${bytes}`);
  return Number(seconds) * 1000;
};
const copy = () => {
  const script = `\\timing on\n\\copy (SELECT body ${IN_FEED} ORDER BY order_uuid) TO '/dev/null'\n`;
  return Number(run(psql, ["-X", "-q"], { input: script }).match(/: ([0-9.,]+) ms/)[1].replace(",", "."));
};
const ours = [];
const reference = [];
feed();
copy();
for (let turn = 0; turn < TURNS; turn += 1) {
  ours.push(feed());
  reference.push(copy());
}
report(`Feed of ${count} orders, ${(bytes / 1e6).toFixed(1)} MB, against COPY of the same bytes`, ours, reference, "ms");
console.log(`  speed of the feed / speed of COPY: ${(median(reference) / median(ours)).toFixed(2)} (aim: 0.5 or more)`);
