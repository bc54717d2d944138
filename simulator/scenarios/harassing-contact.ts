import { rudeLine } from './rude-lines.ts';
import type { Scenario } from './stage.ts';

export const HARASSER = { number: '5511955550199', name: 'Valdir Moura', everyMs: 30_000 };

/** Writes again and again, and does not stop for a block: the silence has to come from the gate. */
export const harassingContact: Scenario = {
  name: 'harassing-contact',
  title: 'Contato que ofende',
  summary: 'Uma pessoa escreve ofensas a cada 30 segundos e não para sozinha.',
  play: async (stage) => {
    const person = stage.lead(HARASSER.number, HARASSER.name);
    const times = stage.params.times ?? Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < times; turn += 1) {
      stage.says(person, rudeLine(turn));
      await stage.pause(stage.params.everyMs ?? HARASSER.everyMs);
    }
  },
};
