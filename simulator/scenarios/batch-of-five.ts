import type { Scenario } from './stage.ts';

const LINES = [
  'Oi',
  'tudo bem?',
  'queria saber o preço do café torrado',
  'o de 250 g',
  'e se tem frete para Campinas',
];

/** Five messages in one webhook body, spread over its arrays in the way asked for. */
export const batchOfFive: Scenario = {
  name: 'batch-of-five',
  title: 'Cinco num webhook',
  summary: 'Cinco mensagens da mesma pessoa chegam num único corpo de webhook.',
  play: async (stage) => {
    const person = stage.lead('5519955550125', 'Helena Castro');
    stage.together(
      LINES.map((text) => ({ person, text })),
      { sameBody: true, shape: 'changes' },
    );
  },
};
