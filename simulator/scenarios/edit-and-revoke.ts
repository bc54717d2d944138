import type { Scenario } from './stage.ts';

/** Writes, corrects, reacts, takes back. */
export const editAndRevoke: Scenario = {
  name: 'edit-and-revoke',
  title: 'Edita, reage e apaga',
  summary: 'A pessoa corrige uma mensagem, reage a outra e apaga a última.',
  play: async (stage) => {
    const person = stage.lead('5585955550171', 'Davi Pontes');
    const wait = stage.params.everyMs ?? 2_500;
    const first = stage.says(person, 'Quero 2 camisetas M');
    await stage.pause(wait);
    stage.does(person, { type: 'edit', target: first.id, text: 'Quero 3 camisetas M' });
    await stage.pause(wait);
    stage.does(person, { type: 'reaction', target: first.id, emoji: '👍' });
    const last = stage.says(person, 'ops, mensagem errada');
    await stage.pause(wait);
    stage.does(person, { type: 'revoke', target: last.id });
  },
};
