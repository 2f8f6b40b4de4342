import unhomoglyph from "unhomoglyph";

/**
 * What a reader overlooks: accents, Hebrew and Arabic points, punctuation, and characters without a shape. Vowel signs of Indic
 * scripts tell words apart and stay, as do the voicing marks of Japanese.
 */
const overlooked =
  /(?![\u3099\u309a])\p{Script=Inherited}|\p{Default_Ignorable_Code_Point}|\p{P}|(?=\p{M})[\p{Script=Hebrew}\p{Script=Arabic}]/gu;
const noLetter = /[^\p{L}\p{N}\p{M}]/gu;

const bare = (text: string): string => text.normalize("NFKD").replace(overlooked, "");

/** Unicode's look-alikes (UTS #39) in one spelling; it knows I, l and 1 as one, and a reader takes i for them. */
const skeleton = (text: string): string =>
  bare(unhomoglyph(bare(text)))
    .toLowerCase()
    .replaceAll("i", "l")
    .replace(noLetter, "");

/**
 * Keys of a text: two texts look alike when they share one. As written, in small letters and in capitals: Н looks like
 * H where н doesn't, and ν like v where Ν is N. None when the text has neither letters nor digits.
 */
export const lookalikeKeys = (text: string): string[] =>
  [...new Set([text, text.toLowerCase(), text.toUpperCase()].map(skeleton))].filter((key) => key !== "");
