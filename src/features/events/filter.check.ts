import { badInputs, type FieldFault } from "../../platform/errors.js";
import { fold } from "../../platform/graphql/text.js";
import { EventOrder } from "./event.values.js";
import type { EventFilter, EventsArgs } from "./filter.inputs.js";

type Filter = EventFilter | null | undefined;

/** Refuses what a list of events cannot be asked for. */
export const checkEvents = ({ filter, orderBy }: Pick<EventsArgs, "filter" | "orderBy">): void =>
  refuse([...faultsOf(filter), ...faultsOfOrder(filter, orderBy)]);

/** Refuses what a filter cannot mean, with all that is wrong with it. */
export const checkFilter = (filter: Filter): void => refuse(faultsOf(filter));

function refuse(faults: FieldFault[]): void {
  if (faults.length > 0) throw badInputs(faults);
}

const faultsOfOrder = (filter: Filter, orderBy: EventOrder | null | undefined): FieldFault[] =>
  orderBy === EventOrder.DISTANCE && !filter?.near
    ? [{ path: "orderBy", reason: "DISTANCE needs filter.near: the point that distances are from" }]
    : [];

function faultsOf(filter: Filter): FieldFault[] {
  if (!filter) return [];
  const { within, search, endsAfter, startsBefore, from, to } = filter;
  const faults: [boolean, string, string][] = [
    [Boolean(within && within.south > within.north), "within.south", "must not be above north"],
    [Boolean(search && fold(search.trim()).length < 2), "search", "must have 2 letters, digits or signs at least"],
    [Boolean(endsAfter && startsBefore && endsAfter > startsBefore), "startsBefore", "must not be before endsAfter"],
    [Boolean(from && to && from > to), "to", "must not be before from"],
  ];
  return faults.filter(([wrong]) => wrong).map(([, name, reason]) => ({ path: `filter.${name}`, reason }));
}
