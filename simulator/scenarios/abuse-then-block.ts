import { rudeLine } from './rude-lines.ts';
import type { Scenario } from './stage.ts';

/** The story of the product: somebody is abused, blocks, and the other one goes on in vain. */
export const abuseThenBlock: Scenario = {
  name: 'abuse-then-block',
  title: 'Ofensa e bloqueio',
  summary: 'Começa com uma dúvida comum, vira ofensa e insiste por um minuto depois do bloqueio.',
  play: async (stage) => {
    const person = stage.lead('5511955550142', 'Rogério Prado');
    const every = stage.params.everyMs ?? 4_000;
    stage.says(person, 'Boa tarde, meu pedido 4471 ainda não chegou');
    await stage.answerTo(person, every * 4);
    for (let turn = 0; turn < (stage.params.times ?? 15); turn += 1) {
      await stage.pause(every);
      stage.says(person, rudeLine(turn));
    }
  },
};
