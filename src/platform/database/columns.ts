import { Check } from "typeorm";

/** A CHECK that keeps a column to the values of an enum; `columns` are names in the database. */
export const OneOf = (table: string, column: string, values: Record<string, string>): ClassDecorator =>
  Check(`${table}_${column}_check`, `${column} = ANY (${all(values)})`);

/** The same for a column that holds a list of them. */
export const SomeOf = (table: string, column: string, values: Record<string, string>): ClassDecorator =>
  Check(`${table}_${column}_check`, `${column} <@ ${all(values)}`);

const all = (values: Record<string, string>): string =>
  `ARRAY[${Object.values(values)
    .map((value) => `'${value}'::text`)
    .join(", ")}]`;
