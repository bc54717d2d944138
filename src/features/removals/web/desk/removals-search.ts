import type { z } from 'zod';
import type { RemovalReason, removalQuerySchema } from '../../contract.ts';

/** What the list asks of the server. */
export type DeskQuery = Omit<z.input<typeof removalQuerySchema>, 'cursor' | 'limit' | 'number'>;

const stateOf = {
  abertas: 'open',
  'em-analise': 'in-review',
  decididas: 'decided',
  removendo: 'removing',
  removidas: 'removed',
  recusadas: 'refused',
  todas: 'all',
} as const satisfies Record<string, NonNullable<DeskQuery['state']>>;
const reasonOf = {
  sexual: 'sexual',
  ofensa: 'offense',
  discriminacao: 'discrimination',
  'dados-pessoais': 'personal-data',
  golpe: 'fraud',
  outro: 'other',
} as const satisfies Record<string, RemovalReason>;

type StateName = keyof typeof stateOf;
type ReasonName = keyof typeof reasonOf;

/** In the order they are offered; what waits is what the page opens with. */
export const stateChoices = Object.entries(stateOf) as [StateName, (typeof stateOf)[StateName]][];
export const reasonChoices = Object.entries(reasonOf) as [ReasonName, RemovalReason][];

/** Nobody has taken it; whoever looks. */
export const nobody = 'ninguem';
export const myself = 'eu';

/** What is in the address of `/solicitacoes`, so that it can be shared: absent is what the page opens with. */
export interface RemovalsSearch {
  estado?: StateName;
  motivo?: ReasonName;
  canal?: string;
  /** Id of a person, `ninguem` or `eu`. */
  responsavel?: string;
  atrasadas?: 'sim';
}

const key = <K extends string>(of: Record<K, unknown>, value: unknown): K | undefined =>
  (Object.keys(of) as K[]).find((known) => known === value);

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const id = (value: unknown): string | undefined =>
  typeof value === 'string' && uuid.test(value) ? value : undefined;

/** Of an address, whatever was typed into it. */
export const readRemovalsSearch = (raw: Record<string, unknown>): RemovalsSearch => {
  const who = raw['responsavel'];
  const read = {
    estado: key(stateOf, raw['estado']),
    motivo: key(reasonOf, raw['motivo']),
    canal: id(raw['canal']),
    responsavel: who === nobody || who === myself ? who : id(who),
    atrasadas: raw['atrasadas'] === 'sim' ? 'sim' : undefined,
  };
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as RemovalsSearch;
};

/** Leaves something out that the page opens with. */
export const hasFilter = (search: RemovalsSearch): boolean =>
  Object.entries(search).some(([name, value]) => name !== 'estado' && value !== undefined);

export const withoutFilter = ({ estado }: RemovalsSearch): RemovalsSearch =>
  estado ? { estado } : {};

/** Of whoever only asks: all of their own, the newest first. */
export const ownQuery: DeskQuery = { state: 'all' };

/** As the API wants it. */
export const queryOf = (search: RemovalsSearch, memberId: string | null): DeskQuery => {
  const { estado, motivo, canal, responsavel, atrasadas } = search;
  const assigneeId =
    responsavel === nobody ? 'none' : responsavel === myself ? memberId : responsavel;
  return {
    state: estado ? stateOf[estado] : 'waiting',
    ...(motivo && { reason: reasonOf[motivo] }),
    ...(canal && { channelId: canal }),
    ...(assigneeId && { assigneeId }),
    ...(atrasadas && { overdue: 'true' as const }),
  };
};
