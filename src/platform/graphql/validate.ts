import { validateOrReject, type ValidationError, type ValidatorOptions } from "class-validator";
import { ArgumentValidationError } from "type-graphql";

const options: ValidatorOptions = {
  skipMissingProperties: true,
  forbidUnknownValues: false,
  // Without target and value a refusal does not echo the whole input (TRAPS 12).
  validationError: { target: false, value: false },
};

const isObject = (value: unknown): value is object => value !== null && typeof value === "object";

/** Refuses an argument whose classes say that it is wrong: as type-graphql does, which loads class-validator anew each time. */
export async function validateArgument(value: unknown): Promise<void> {
  const inputs = (Array.isArray(value) ? value : [value]).filter(isObject);
  try {
    await Promise.all(inputs.map((input) => validateOrReject(input, options)));
  } catch (errors) {
    throw new ArgumentValidationError(errors as ValidationError[]);
  }
}
