import { randomInt } from 'node:crypto';
import type { Scenario } from './stage.ts';

/** Somebody moves to a new number and writes on from there. */
export const numberChange: Scenario = {
  name: 'number-change',
  title: 'Troca de número',
  summary: 'A pessoa escreve, troca de número e continua a conversa pelo número novo.',
  play: async (stage) => {
    const person = stage.lead('5531955550136', 'Caio Nogueira');
    const wait = stage.params.everyMs ?? 4_000;
    stage.says(person, 'Oi, aqui é o Caio. Vou trocar de número hoje');
    await stage.pause(wait);
    const newNumber = `55319${randomInt(60_000_000, 99_999_999)}`;
    stage.does(person, { type: 'number_change', newNumber });
    await stage.pause(wait);
    stage.says(person, 'Pronto, agora estou falando pelo número novo');
  },
};
