import { type Context, signedIn } from "../../platform/context.js";
import { extend, one, shape } from "../../platform/reading/shape.js";
import { manages, organizationShape } from "../organizations/index.js";
import type { PeacekeeperHours } from "./hours.js";
import { hoursByPerson } from "./hours.sql.js";

/** From so many people on their sum says little of any one of them. */
const fewest = 3;

const hoursShape = shape("OrganizationHours");

extend(organizationShape, {
  peacekeeperHours: one({
    shape: () => hoursShape,
    from: (row, parent, scope) => ({
      table: `(SELECT count(*)::int AS people, sum(shifts)::int AS shifts, sum(minutes)::int AS minutes
        FROM ${hoursByPerson(`SELECT m.person_id FROM memberships m WHERE m.organization_id = ${parent}.id`)} members) ${row}`,
      where: [manages([`${parent}.id`], scope), `${row}.people >= ${fewest}`],
    }),
  }),
});

/** How much the viewer has stood. */
export async function viewerHours(ctx: Context): Promise<PeacekeeperHours> {
  const { personId } = signedIn(ctx);
  const [own]: PeacekeeperHours[] = await ctx.db.query(`SELECT shifts, minutes FROM ${hoursByPerson("$1")} own`, [
    personId,
  ]);
  return own ?? { shifts: 0, minutes: 0 };
}
