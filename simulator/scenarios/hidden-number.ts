import type { Scenario } from './stage.ts';

/** Somebody with a username, whose number the business never sees. */
export const hiddenNumber: Scenario = {
  name: 'hidden-number',
  title: 'Número oculto',
  summary: 'A pessoa usa nome de usuário: o webhook traz só o identificador, sem telefone.',
  play: async (stage) => {
    const person = stage.lead('5541955550163', 'Iara Lopes');
    const wait = stage.params.everyMs ?? 3_000;
    stage.world.people.change(person, { hidden: 'missing', username: 'iara.lopes' });
    stage.says(person, 'Bom dia! Vi vocês no anúncio');
    await stage.pause(wait);
    stage.world.people.change(person, { hidden: 'empty' });
    stage.says(person, 'Dá para retirar na loja?');
  },
};
