import type { BlockReason, UpstreamState } from '../../contract.ts';
import type { BlockQuery, BlockState } from '../../list/contract.ts';

/** Said once more, so that the address is read without the schemas: they are no part of the first load. The compiler compares. */
const reasons = {
  offense: true,
  'sexual-harassment': true,
  'improper-content': true,
  discrimination: true,
  fraud: true,
  spam: true,
  other: true,
} as const satisfies Record<BlockReason, true>;

const states = {
  pending: true,
  applied: true,
  'waiting-for-message': true,
  failed: true,
  'list-full': true,
  'not-supported': true,
  off: true,
} as const satisfies Record<UpstreamState, true>;

const keysOf = <K extends string>(words: Record<K, true>): readonly K[] =>
  Object.keys(words) as K[];

const tabs = ['pedidos', 'revisar', 'encerrados', 'todos'] as const;
export const blockEnds = ['sem-fim', 'com-fim', '7-dias', '30-dias'] as const;
export const blockAttempts = ['com', 'sem'] as const;
export const blockOrders = ['antigos', 'fim', 'tentativas', 'ultima-tentativa'] as const;

/** What is in the address of `/bloqueios`, so that it can be shared: absent is what the page opens with. */
export interface BlocksSearch {
  aba?: (typeof tabs)[number];
  busca?: string;
  motivo?: BlockReason;
  /** Id of a person or key, or `system`. */
  por?: string;
  whatsapp?: UpstreamState;
  canal?: string;
  fim?: (typeof blockEnds)[number];
  tentativas?: (typeof blockAttempts)[number];
  ordem?: (typeof blockOrders)[number];
  /** Of the tab *Pedidos*. */
  pedidos?: 'decididos';
}

const one = <T extends string>(of: readonly T[], value: unknown): T | undefined =>
  of.find((known) => known === value);
const words = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, 200) : undefined;
};

/** Of an address, whatever was typed into it. */
export const readBlocksSearch = (raw: Record<string, unknown>): BlocksSearch => {
  const read = {
    aba: one(tabs, raw['aba']),
    busca: words(raw['busca']),
    motivo: one(keysOf(reasons), raw['motivo']),
    por: words(raw['por']),
    whatsapp: one(keysOf(states), raw['whatsapp']),
    canal: words(raw['canal']),
    fim: one(blockEnds, raw['fim']),
    tentativas: one(blockAttempts, raw['tentativas']),
    ordem: one(blockOrders, raw['ordem']),
    pedidos: one(['decididos'] as const, raw['pedidos']),
  };
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as BlocksSearch;
};

export const hasFilter = ({
  busca,
  motivo,
  por,
  whatsapp,
  canal,
  fim,
  tentativas,
}: BlocksSearch): boolean =>
  [busca, motivo, por, whatsapp, canal, fim, tentativas].some((value) => value !== undefined);

/** The page without any filter, on the same tab. */
export const withoutFilter = ({ aba, ordem }: BlocksSearch): BlocksSearch => ({
  ...(aba && { aba }),
  ...(ordem && { ordem }),
});

const sortOf = {
  antigos: 'oldest',
  fim: 'until',
  tentativas: 'attempts',
  'ultima-tentativa': 'last-attempt',
} as const;
const daysOf = { '7-dias': 7, '30-dias': 30 } as const;

const endOf = (fim: NonNullable<BlocksSearch['fim']>): Partial<BlockQuery> =>
  fim === 'sem-fim' || fim === 'com-fim'
    ? { end: fim === 'sem-fim' ? 'none' : 'some' }
    : { endsWithinDays: daysOf[fim] };

export const stateOf = ({ aba }: BlocksSearch): BlockState =>
  aba === 'encerrados' ? 'ended' : aba === 'todos' ? 'all' : 'active';

/** As the API wants it. */
export const queryOf = (search: BlocksSearch): BlockQuery => {
  const { aba, busca, motivo, por, whatsapp, canal, fim, tentativas, ordem } = search;
  return {
    state: stateOf(search),
    ...(aba === 'revisar' && { toReview: 'true' as const }),
    ...(busca && { search: busca }),
    ...(motivo && { reason: motivo }),
    ...(por && { startedBy: por }),
    ...(whatsapp && { upstream: whatsapp }),
    ...(canal && { channelId: canal }),
    ...(fim && endOf(fim)),
    ...(tentativas && { attempts: tentativas === 'com' ? ('some' as const) : ('none' as const) }),
    ...(ordem && aba !== 'revisar' && { sort: sortOf[ordem] }),
  };
};
