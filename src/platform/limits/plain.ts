/** Whether a text can be stored and found as it is: no NUL, no half of a surrogate pair. */
export const isPlain = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

export const notPlain = "holds the character NUL or half of a surrogate pair, which cannot be stored";
