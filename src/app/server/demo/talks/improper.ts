import type { BlockReason } from '#features/gate/contract.ts';
import type { RemovalReason } from '#features/removals/contract.ts';
import { type Colleague, customer, diego, larissa, type Talk } from '../talk.ts';

/** What the team did about a talk that went wrong. */
export interface Incident {
  readonly talk: Talk;
  readonly reason: RemovalReason;
  readonly askedBy: Colleague;
  readonly decision: 'remove' | 'keep';
  /** Minutes from asking to deciding. */
  readonly decidedAfter: number;
  readonly block?: {
    readonly reason: BlockReason;
    /** Absent: the administration blocked at sight. */
    readonly askedBy?: Colleague;
    /** Minutes from the message to the block. */
    readonly after: number;
    /** How often the person tried again. */
    readonly attempts: number;
  };
}

/** Of the lines that the team asks to be taken out. */
export const improper = 'impróprio';

type Answer = typeof larissa;

const talk = (
  [name, phone]: readonly [string, string],
  [daysAgo, at]: readonly [number, string],
  agent: Answer,
  [hello, answer, bad]: readonly [string, string, string],
): Talk => ({
  name,
  phone,
  ends: { daysAgo, at },
  turns: [
    customer(0, hello),
    agent.says(4, answer),
    customer(3, bad, { label: `${improper} ${phone}` }),
    agent.resolves(6),
  ],
});

/** Two weeks of what no team should have to read, told mildly: most of it is gone when the demonstration begins. */
export const incidents: readonly Incident[] = [
  {
    talk: talk(['Gilson Tavares', '5511900007301'], [12, '15:20'], larissa, [
      'cadê meu pedido',
      'Oi, Gilson! Ele sai para entrega amanhã de manhã.',
      'você é uma inútil, devia estar na rua',
    ]),
    reason: 'offense',
    askedBy: 'atendente1',
    decision: 'remove',
    decidedAfter: 45,
    block: { reason: 'offense', askedBy: 'atendente1', after: 35, attempts: 4 },
  },
  {
    talk: talk(['Wagner Pires', '5521900007302'], [10, '21:05'], diego, [
      'oi tem alguém aí',
      'Olá, Wagner. Em que posso ajudar?',
      'me manda uma foto sua sem roupa',
    ]),
    reason: 'sexual',
    askedBy: 'atendente2',
    decision: 'remove',
    decidedAfter: 20,
    block: { reason: 'sexual-harassment', after: 12, attempts: 7 },
  },
  {
    talk: talk(['Odair Lemos', '5531900007303'], [8, '11:40'], larissa, [
      'quero falar com outro atendente',
      'Claro, Odair. O que aconteceu?',
      'não falo com gente da sua terra',
    ]),
    reason: 'discrimination',
    askedBy: 'atendente1',
    decision: 'remove',
    decidedAfter: 75,
  },
  {
    talk: talk(['Promoções Já', '5511900007304'], [6, '09:15'], diego, [
      'parabéns você foi sorteado',
      'Olá! Este é o atendimento da Casa Jardim.',
      'clique e informe a senha do banco para receber o prêmio',
    ]),
    reason: 'fraud',
    askedBy: 'atendente2',
    decision: 'remove',
    decidedAfter: 35,
    block: { reason: 'fraud', askedBy: 'atendente2', after: 50, attempts: 2 },
  },
  {
    talk: talk(['Célia Antunes', '5541900007305'], [5, '16:30'], larissa, [
      'o sofá chegou rasgado',
      'Sinto muito, Célia. Já abri a troca para você.',
      'que porcaria de loja, nunca mais compro aí',
    ]),
    reason: 'offense',
    askedBy: 'atendente1',
    decision: 'keep',
    decidedAfter: 90,
  },
  {
    talk: talk(['Reinaldo Dutra', '5511900007306'], [3, '20:10'], larissa, [
      'boa noite princesa',
      'Boa noite, Reinaldo. Como posso ajudar com o seu pedido?',
      'quero saber o que você está vestindo',
    ]),
    reason: 'sexual',
    askedBy: 'atendente1',
    decision: 'remove',
    decidedAfter: 15,
    block: { reason: 'sexual-harassment', askedBy: 'atendente1', after: 40, attempts: 11 },
  },
  {
    talk: talk(['Nair Batista', '5551900007307'], [2, '10:25'], diego, [
      'preciso trocar a entrega',
      'Sem problema, Nair. Para qual endereço?',
      'o do meu vizinho, o cpf dele é 000.000.000-00',
    ]),
    reason: 'personal-data',
    askedBy: 'atendente2',
    decision: 'remove',
    decidedAfter: 180,
  },
];
