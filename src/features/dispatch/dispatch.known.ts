import { knownBecause } from "../shifts/index.js";
import { vouched } from "./dispatch.policy.js";

/** Whoever a verified organization, or a host, sends to an event needs no confirmation there. */
knownBecause.push(
  (event, person) =>
    `EXISTS (SELECT 1 FROM dispatch_names kn JOIN dispatch_pledges kd ON kd.id = kn.pledge_id
       WHERE kn.person_id = ${person} AND kn.removed_at IS NULL AND kd.event_id = ${event}.id AND ${vouched("kd")})`,
);
