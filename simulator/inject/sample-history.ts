import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';

/** One old message. */
export interface HistoryLine {
  side: 'person' | 'business';
  text: string;
  seconds: number;
  /** A picture, told first as a placeholder. */
  media: boolean;
}

const FOLK: readonly (readonly [string, string])[] = [
  ['5511955550161', 'Marcos Tavares'],
  ['5521955550162', 'Juliana Prado'],
  ['5531955550163', 'Sérgio Antunes'],
  ['5541955550164', 'Patrícia Gomes'],
  ['5551955550165', 'Otávio Mendes'],
];

const TALK: readonly (readonly [HistoryLine['side'], string])[] = [
  ['person', 'Oi, vocês têm o torra média?'],
  ['business', 'Temos sim! Moído ou em grão?'],
  ['person', 'Moído, para coador'],
  ['business', 'Separado. Retira hoje ou entregamos?'],
  ['person', 'Podem entregar amanhã'],
  ['business', 'Combinado, até amanhã'],
  ['person', 'Segue o comprovante'],
  ['business', 'Recebido, obrigada!'],
  ['person', 'Chegou certinho'],
  ['person', 'Semana que vem quero de novo'],
  ['business', 'É só chamar'],
  ['person', 'Obrigado 🙏'],
];

/** The proof of payment is a picture. */
const PICTURE_AT = 6;

/** Days ago at which a conversation of so many lines takes place: today, last month, long ago. */
const DAYS_AGO = [0.6, 5, 40, 70, 130, 170];
const DAY_S = 86_400;

/** Old conversations of these people, or of sample people. */
export function historyOf(
  world: World,
  people: readonly Person[] | undefined,
  perPerson: number,
): { person: Person; line: HistoryLine }[] {
  const chosen =
    people === undefined || people.length === 0
      ? FOLK.map(([number, name]) => world.people.ensure(number, { name }))
      : people;
  const now = Math.floor(Date.now() / 1_000);
  return chosen.flatMap((person, which) =>
    Array.from({ length: perPerson }, (_, index) => {
      const [side, text] = TALK[index % TALK.length] ?? ['person', 'Oi'];
      const round = Math.floor(index / TALK.length);
      const daysAgo = DAYS_AGO[(which + round) % DAYS_AGO.length] ?? 1;
      const seconds = Math.floor(now - daysAgo * DAY_S) + (index % TALK.length) * 90;
      return { person, line: { side, text, seconds, media: index % TALK.length === PICTURE_AT } };
    }),
  );
}
