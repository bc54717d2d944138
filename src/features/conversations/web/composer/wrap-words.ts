interface Wrapped {
  text: string;
  from: number;
  to: number;
}

/** What stands between two signs that were chosen along with it; undefined where they do not belong to each other. */
const between = (chosen: string, sign: string): string | undefined => {
  const inside = chosen.slice(sign.length, -sign.length);
  const isPair = chosen.startsWith(sign) && chosen.endsWith(sign);
  return isPair && inside !== '' && !inside.includes(sign) ? inside : undefined;
};

/**
 * Puts a sign round what is chosen of a text, or takes it away where it stands; space at the ends stays outside, because
 * WhatsApp takes no sign beside one. Pure.
 */
export const wrapWords = (text: string, from: number, to: number, sign: string): Wrapped => {
  const chosen = text.slice(from, to);
  const begin = from + (chosen.length - chosen.trimStart().length);
  const end = begin + chosen.trim().length;
  const isWrapped =
    end > begin && text.slice(0, begin).endsWith(sign) && text.startsWith(sign, end);
  if (isWrapped) {
    const rest = text.slice(0, begin - sign.length) + text.slice(begin, end);
    return {
      text: rest + text.slice(end + sign.length),
      from: begin - sign.length,
      to: rest.length,
    };
  }
  const inside = between(text.slice(begin, end), sign);
  if (inside !== undefined) {
    const rest = text.slice(0, begin) + inside;
    return { text: rest + text.slice(end), from: begin, to: rest.length };
  }
  return {
    text: text.slice(0, begin) + sign + text.slice(begin, end) + sign + text.slice(end),
    from: begin + sign.length,
    to: end + sign.length,
  };
};
