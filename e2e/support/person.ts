import { randomInt } from 'node:crypto';

/** Somebody outside with a phone. */
export interface Person {
  readonly name: string;
  /** As WhatsApp writes it: digits with the country. */
  readonly phone: string;
  /** As the screens write it: +55 11 91234-5678. */
  readonly shownPhone: string;
}

/** A person with a number that no other story has. */
export const aPerson = (firstName: string): Person => {
  const tail = String(randomInt(10_000_000)).padStart(7, '0');
  const local = `99${tail}`;
  return {
    name: `${firstName} ${tail.slice(0, 4)}`,
    phone: `5511${local}`,
    shownPhone: `+55 11 ${local.slice(0, 5)}-${local.slice(5)}`,
  };
};
