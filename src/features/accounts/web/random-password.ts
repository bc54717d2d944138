/** Without the letters and digits that look alike when read from paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const length = 16;

/** Four groups of four, about 79 random bits, easy to read aloud. */
export const randomPassword = (): string => {
  let text = '';
  while (text.length < length) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    // What is left above a whole multiple would favour the first letters.
    if (byte < 256 - (256 % letters.length)) text += letters[byte % letters.length];
  }
  return text.match(/.{4}/g)?.join('-') ?? text;
};
