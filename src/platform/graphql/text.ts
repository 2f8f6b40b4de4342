import { ValidateBy, type ValidationOptions } from "class-validator";

/** Control characters but line breaks and tabs, and those that turn the direction of what follows (U+202D, U+202E). */
const control = /[^\P{Cc}\n\t]|[\u202d\u202e]/u;
/** Something that can be seen: a letter, mark, digit, sign or symbol. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A text of a number of characters (Unicode code points), without control characters but line breaks and tabs.
 * Anything else is only text: `%`, quotes and `<script>` mean nothing to us.
 */
export const Text = (least: number, most: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: "text",
      constraints: [least, most],
      validator: {
        validate: (value: unknown) =>
          typeof value === "string" && value.isWellFormed() && !control.test(value) && fits(value, least, most),
        defaultMessage: (args) =>
          typeof args?.value === "string" && least > 0 && !visible.test(args.value) && args.value.trim()
            ? "must hold something that can be seen"
            : `must be ${least} to ${most} characters, without control characters such as NUL`,
      },
    },
    options,
  );

function fits(text: string, least: number, most: number): boolean {
  const length = Array.from(text.trim()).length;
  return length >= least && length <= most && (least === 0 || visible.test(text));
}

/**
 * A text as it is searched: without case, accents, compatibility forms, apostrophes and what nobody sees (soft hyphens,
 * marks of direction, joiners), so that each spelling finds the others.
 */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}'‘’ʻʼ]/gu, "")
    .toLowerCase();

/** Letters that stay whole when accents are taken off, as people write them who do not have them. */
const plainLetters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};
/** Pictures, and scripts that put no space between words: each character begins a word. */
const wordsAlone = /[\p{So}\p{EMod}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/gu;

/**
 * The words of a text as they are searched: folded, each behind one space, without punctuation. A text has a word that
 * begins so when it holds the beginning behind a space: an index of trigrams serves that.
 */
export const wordsOf = (text: string): string =>
  ` ${fold(text)}`
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => plainLetters[letter]!)
    .replaceAll(wordsAlone, " $& ")
    .replaceAll(/[^\p{L}\p{N}\p{So}\p{EMod}]+/gu, " ")
    .trimEnd();

/**
 * Patterns for LIKE that all hold for {@link wordsOf} a text in which each word of a search begins a word, the longest
 * first. A search of nothing but punctuation finds nothing.
 */
export function wordPatterns(search: string): string[] {
  const words = search.split(/\s+/).map(wordsOf).filter(Boolean);
  return (words.length > 0 ? words : [search]).map(containing).sort((one, other) => other.length - one.length);
}

/** A pattern for LIKE that finds a text, in which `%`, `_` and the backslash are only text, anywhere. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** A text as it is kept: composed accents (NFC), no space around it; null when nothing is left. */
export const tidy = (text: string | null | undefined): string | null => text?.normalize("NFC").trim() || null;
