import type { Scenario } from './stage.ts';

/** Every webhook of a burst comes three times and in no order. */
export const repeatedWebhooks: Scenario = {
  name: 'repeated-webhooks',
  title: 'Repetidos e fora de ordem',
  summary: 'Seis mensagens numeradas chegam três vezes cada uma, embaralhadas.',
  play: async (stage) => {
    const person = stage.lead('5551955550188', 'Nina Bastos');
    for (let turn = 1; turn <= (stage.params.times ?? 6); turn += 1) {
      const delayMs = Math.round(Math.random() * 1_500);
      stage.does(person, { text: `Mensagem ${turn}` }, { copies: 2, delayMs });
    }
    await stage.pause(2_000);
  },
};
