import { Check } from "typeorm";

/** A CHECK that keeps a column to the values of an enum; `columns` are names in the database. */
export const OneOf = (table: string, column: string, values: Record<string, string>): ClassDecorator =>
  Check(
    `${table}_${column}_check`,
    `${column} = ANY (ARRAY[${Object.values(values)
      .map((value) => `'${value}'::text`)
      .join(", ")}])`,
  );
