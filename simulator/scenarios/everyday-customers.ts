import type { Person } from '../state/people.ts';
import type { Scenario, Stage } from './stage.ts';

interface Customer {
  number: string;
  name: string;
  opens: readonly string[];
  answers: readonly string[];
}

const CUSTOMERS: readonly Customer[] = [
  {
    number: '5511955550211',
    name: 'Luciana Alves',
    opens: [
      'Oi! Meu pedido já saiu para entrega?',
      'Bom dia, o boleto venceu ontem, dá para gerar outro?',
    ],
    answers: ['Ah, que bom. Obrigada!', 'Certo, fico no aguardo então', 'Perfeito, já vi aqui'],
  },
  {
    number: '5521955550222',
    name: 'Sérgio Amaral',
    opens: ['Vocês têm esse vaso no tamanho grande?', 'O cupom PRIMEIRA10 ainda vale?'],
    answers: ['Show, vou fechar o pedido', 'Entendi. E chega até sexta?', 'Valeu pela ajuda'],
  },
  {
    number: '5548955550233',
    name: 'Priscila Andrade',
    opens: ['Chegou um produto trocado para mim', 'Consigo devolver na loja?'],
    answers: ['Tá bom, vou embalar de volta', 'Obrigada pela atenção', 'Pode ser na quinta?'],
  },
  {
    number: '5571955550244',
    name: 'Edson Ribeiro',
    opens: ['Boa tarde, qual o horário de vocês no sábado?', 'Tem desconto para 20 unidades?'],
    answers: ['Combinado', 'Então vou passar aí amanhã cedo', 'Beleza, obrigado'],
  },
];

const between = (low: number, high: number) => low + Math.round(Math.random() * (high - low));

function offDesk(stage: Stage, { number, name }: Customer): Person {
  const person = stage.world.people.ensure(number, { name });
  return person;
}

/** One customer: opens a subject now and then, and answers when answered. */
async function live(stage: Stage, customer: Customer, index: number): Promise<void> {
  const person = offDesk(stage, customer);
  const every = stage.params.everyMs ?? 150_000;
  await stage.pause(between(0.05 * every, 0.4 * every) + index * 0.1 * every);
  for (let turn = 0; turn < (stage.params.times ?? Number.POSITIVE_INFINITY); turn += 1) {
    stage.says(person, customer.opens[turn % customer.opens.length] ?? 'Oi!');
    const rest = stage.pause(between(every, 2 * every));
    rest.catch(() => {});
    for (let step = 0; step < 2; step += 1) {
      const answer = await stage.answerTo(person, every);
      if (answer === null) break;
      await stage.pause(between(0.02 * every, 0.06 * every));
      stage.says(person, customer.answers[(turn + step) % customer.answers.length] ?? 'Obrigado');
    }
    await rest;
  }
}

/** A few ordinary people, so that the screen of a demonstration is alive. */
export const everydayCustomers: Scenario = {
  name: 'everyday-customers',
  title: 'Clientes do dia a dia',
  summary: 'Quatro pessoas comuns perguntam de vez em quando e respondem a quem as atende.',
  play: async (stage) => {
    await Promise.all(CUSTOMERS.map((customer, index) => live(stage, customer, index)));
  },
};
