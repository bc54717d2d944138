import type { Scenario } from './stage.ts';

/** Somebody at the business answers from the phone, not from here. */
export const answersFromTheApp: Scenario = {
  name: 'answers-from-the-app',
  title: 'Respondido pelo aparelho',
  summary: 'O número também está no aplicativo: quem atende responde, corrige e apaga por lá.',
  play: async (stage) => {
    const person = stage.lead('5571955550137', 'Caio Freitas');
    const wait = () => stage.pause(stage.params.everyMs ?? 1_200);
    stage.says(person, 'Vocês abrem no feriado?');
    await wait();
    const answer = stage.does(person, { type: 'echo', text: 'Abrimos das 9h às 12h' });
    await wait();
    stage.does(person, {
      type: 'echo',
      kind: 'edit',
      target: answer.id,
      text: 'Abrimos das 9h às 13h',
    });
    await wait();
    const picture = stage.does(person, { type: 'echo', kind: 'image', text: 'a fachada nova' });
    await wait();
    stage.does(person, { type: 'echo', kind: 'revoke', target: picture.id });
    stage.does(person, { type: 'reaction', target: answer.id, emoji: '👍' });
  },
};
