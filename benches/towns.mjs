// A hundred towns over France, each with its streets and a hundredth of the restrictions.
import { run, sql } from "./lib.mjs";

const TOWNS = 100;

/** Publishes restrictions in one town and copies them to the others; says how many there are. */
export function fillTowns(restrictions) {
  const perTown = Math.ceil(restrictions / TOWNS);
  run(process.env.DIALOG_BIN, ["generate-orders", String(perTown)], { stdio: ["ignore", "inherit", "inherit"] });
  const columns = sql(`SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
    WHERE table_name = 'public_restrictions' AND is_generated = 'NEVER' AND column_name NOT IN ('location_uuid', 'geometry', 'geometry_z12', 'geometry_z8')`);
  sql(`INSERT INTO public_restrictions (location_uuid, geometry, geometry_z12, geometry_z8, ${columns})
    SELECT gen_random_uuid(), ST_Translate(geometry, x, y), ST_Translate(geometry_z12, x, y), ST_Translate(geometry_z8, x, y), ${columns}
    FROM public_restrictions, (SELECT (town % 10 - 5) * 0.71 AS x, (town / 10 - 5) * 0.57 AS y FROM generate_series(0, ${TOWNS - 1}) AS town WHERE town <> 55) AS towns;
    UPDATE public_state SET revision = revision + 1`);
  sql("VACUUM ANALYZE public_restrictions, map_shapes");
  return Number(sql("SELECT count(*) FROM public_restrictions"));
}
