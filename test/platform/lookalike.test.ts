import { lookalikeKeys } from "../../src/platform/lookalike.js";

const alike = (one: string, other: string): boolean =>
  lookalikeKeys(one).some((key) => lookalikeKeys(other).includes(key));

test.each([
  ["capitals", "National Union", "NATIONAL UNION"],
  ["a Cyrillic а and о", "National Union", "Nаtional Uniоn"],
  ["a Greek capital Ν", "National Union", "Νational Union"],
  ["composed and decomposed accents", "Union Só", "Union So\u0301"],
  ["accents left out", "Unión", "Union"],
  ["a stroke through a letter", "Łódź", "Lodz"],
  ["I for l for 1", "Local lI1", "LocaI 11l"],
  ["0 for O", "Local 10", "Local lO"],
  ["rn for m", "Minneapolis moms", "Minneapolis rnorns"],
  ["full-width letters", "Union", "Ｕｎｉｏｎ"],
  ["spaces and punctuation", "Rainbow PUSH Coalition", "Rainbow/PUSH-Coalition"],
  ["typographic apostrophes", "Women's March", "Women’s March"],
  ["characters that nobody sees", "Union", "Un\u200bi\u2060on\u3164"],
  ["capitals of other scripts", "Профсоюз", "ПРОФСОЮЗ"],
  ["Greek capitals", "Ένωση", "ΕΝΩΣΗ"],
  ["Arabic points", "اتحاد العمال", "اِتِّحَاد العُمّال"],
  ["Hebrew points", "שלום", "שָׁלוֹם"],
])("takes names for each other that differ in %s", (_what, one, other) => {
  expect(alike(one, other)).toBe(true);
});

test.each([
  ["Latin words", "Workers United", "Workers Untied"],
  ["numbers of locals", "Local 17", "Local 26"],
  ["Cyrillic words", "Профсоюз учителей", "Профсоюз водителей"],
  ["Arabic words", "اتحاد العمال", "اتحاد الطلاب"],
  ["Han characters", "工会", "学会"],
  ["Devanagari vowels", "दिन", "दान"],
  ["Japanese voicing marks", "バス", "ハス"],
  ["Hangul syllables", "노조", "노주"],
])("tells different %s apart", (_what, one, other) => {
  expect(alike(one, other)).toBe(false);
});

test.each(["🎉", "\u3164\u200b", "—…!", "\u0301"])("has no key for a name without letters and digits", (name) => {
  expect(lookalikeKeys(name)).toEqual([]);
});
