import type { z } from 'zod';
import type { faultSchema } from './faults.ts';

/** Trouble that has a name: a scenario each, and a button each on the page. */
export interface NamedFault {
  readonly name: string;
  /** In Portuguese, for the page. */
  readonly title: string;
  readonly summary: string;
  readonly fault: z.input<typeof faultSchema>;
  /** False for those about the block list as a whole. */
  readonly isAboutPerson: boolean;
}

type Row = readonly [
  name: string,
  title: string,
  summary: string,
  fault: z.input<typeof faultSchema>,
];

const MESSAGES: readonly Row[] = [
  [
    'window-closed',
    'Janela fechada (131047)',
    'A próxima resposta é recusada: passaram mais de 24 horas.',
    { error: { code: 131_047 } },
  ],
  [
    'blocked-at-once',
    'Bloqueado, na hora (130403)',
    'A próxima resposta é recusada: a empresa bloqueou a pessoa.',
    { error: { code: 130_403 } },
  ],
  [
    'blocked-later',
    'Bloqueado, depois (130403)',
    'A próxima resposta é aceita, e falha depois por um aviso.',
    { error: { code: 130_403, when: 'async' } },
  ],
  [
    'pair-limit',
    'Demais para a mesma pessoa (131056)',
    'As duas próximas respostas são recusadas: muitas para a mesma pessoa.',
    { times: 2, error: { code: 131_056 } },
  ],
  [
    'number-limit',
    'Vazão do número (130429)',
    'As duas próximas respostas são recusadas: muitas por segundo.',
    { times: 2, error: { code: 130_429 } },
  ],
  [
    'answer-lost',
    'Resposta perdida',
    'A próxima resposta é aceita e entregue, e a conexão cai antes de a empresa saber.',
    { reset: 'after-acceptance' },
  ],
];

const BLOCK_LIST: readonly Row[] = [
  [
    'block-list-partial',
    'Bloqueio em parte (139100)',
    'O próximo pedido à lista de bloqueio falha para esta pessoa.',
    { on: 'block_users', error: { code: 131_047, perUser: true } },
  ],
];

const WHOLE_LIST: readonly Row[] = [
  [
    'block-list-full',
    'Lista de bloqueio cheia (139101)',
    'O próximo bloqueio é recusado: já são 64.000.',
    { on: 'block_users', method: 'POST', error: { code: 139_101 } },
  ],
  [
    'block-list-moves',
    'A lista muda na leitura (139102)',
    'A próxima página lida da lista é recusada: ela mudou no meio.',
    { on: 'block_users', method: 'GET', error: { code: 139_102 } },
  ],
  [
    'block-list-fails',
    'A lista falha (139103)',
    'Os dois próximos pedidos à lista de bloqueio falham por dentro.',
    { on: 'block_users', times: 2, error: { code: 139_103 } },
  ],
];

const named =
  (isAboutPerson: boolean) =>
  ([name, title, summary, fault]: Row): NamedFault => ({
    ...{ name, title, summary, fault, isAboutPerson },
  });

export const NAMED_FAULTS: readonly NamedFault[] = [
  ...[...MESSAGES, ...BLOCK_LIST].map(named(true)),
  ...WHOLE_LIST.map(named(false)),
];
