import type { Scenario } from './stage.ts';

/** The other direction: WhatsApp tells nobody, and a message stays at one tick. */
export const personBlocksUs: Scenario = {
  name: 'person-blocks-us',
  title: 'A pessoa bloqueia a empresa',
  summary: 'Escreve e bloqueia a empresa: o que lhe enviam fica com um tique só.',
  play: async (stage) => {
    const person = stage.lead('5531955550188', 'Nair Couto');
    await stage.delivered(stage.says(person, 'Não me escrevam mais.'));
    person.blocks.add(stage.channel.phoneNumberId);
    stage.world.touch(person);
  },
};
