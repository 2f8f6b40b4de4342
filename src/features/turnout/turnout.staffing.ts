import { crowds } from "../shifts/index.js";

/** An event is staffed for as many people as are there by its latest count, at most. */
crowds.push((event) => `(SELECT t.high FROM turnouts t WHERE t.event_id = ${event}.id)`);
