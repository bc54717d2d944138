import type { Talk } from '../talk.ts';
import { complaints } from './complaints.ts';
import { exchanges } from './exchanges.ts';
import { harasser } from './harasser.ts';
import { incidents } from './improper.ts';
import { orders } from './orders.ts';
import { payments } from './payments.ts';
import { questions } from './questions.ts';
import { regulars } from './regulars.ts';
import { waiting } from './waiting.ts';

/** The whole script. */
export const talks: readonly Talk[] = [
  ...orders,
  ...payments,
  ...exchanges,
  ...questions,
  ...complaints,
  ...waiting,
  ...regulars,
  ...incidents.map(({ talk }) => talk),
  harasser,
];
