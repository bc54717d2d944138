export const shortestPassword = 10;

/** As loose as can be: the server judges for good. */
export const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim());

/** Words for the first rule a value breaks, only after the form was tried once. */
export const check = (wasTried: boolean, isFine: boolean, words: string): string | undefined =>
  wasTried && !isFine ? words : undefined;
