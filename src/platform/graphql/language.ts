import { ValidateBy, type ValidationOptions } from "class-validator";

/** A BCP 47 language tag in its canonical form, such as `zh-Hant` for `ZH-hant`; null when it is none. */
export function languageTag(text: string): string | null {
  try {
    return text.length <= 35 ? (Intl.getCanonicalLocales(text)[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** An input that is a language tag. */
export const LanguageTag = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: "languageTag",
      validator: {
        validate: (value: unknown) => typeof value === "string" && languageTag(value) !== null,
        defaultMessage: () => "must be of BCP 47 language tags, such as es or zh-Hant, of at most 35 characters",
      },
    },
    options,
  );
