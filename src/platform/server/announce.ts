import { sql } from 'kysely';
import type { Tx } from './tx.ts';

/** The channel of LISTEN/NOTIFY that carries what changed. */
export const noticeChannel = 'guarita_change';

/** PostgreSQL aborts a transaction whose payload reaches 8,000 bytes (docs/gate.md, locks). */
const largestPayload = 7_000;

/** What changed in one workspace, by id only; the screens' view of it is read after the commit. */
export interface ChangeNotice {
  /** Of the process that wrote it; absent when that process has no screens. */
  readonly id?: string | undefined;
  readonly workspaceId: string;
  readonly conversationIds: readonly string[];
  readonly messageIds: readonly string[];
  readonly contactIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly removalIds: readonly string[];
  /** Too much to list: whoever listens reads again what is on screen. */
  readonly refetch: boolean;
}

export type NoticeKind = 'conversation' | 'message' | 'contact' | 'member' | 'removal';

/** Collects what a transaction changed. */
export interface Notices {
  add(workspaceId: string, kind: NoticeKind, id: string): void;
  /** Something is gone that screens may still hold: they read again what they show, and forget the rest. */
  addRefetch(workspaceId: string): void;
  /**
   * Writes one pg_notify for each workspace; PostgreSQL delivers them only if the transaction commits.
   * @param newId names each of them, when the process wants to know its own
   * @returns what was written
   */
  flush(tx: Tx, newId?: () => string): Promise<ChangeNotice[]>;
}

const shortNames = {
  conversation: 'c',
  message: 'm',
  contact: 'p',
  member: 'u',
  removal: 'x',
} as const;
type Collected = Record<NoticeKind, Set<string>> & { isRefetch: boolean };

const encode = (workspaceId: string, id: string | undefined, collected: Collected): string => {
  const body: Record<string, unknown> = { w: workspaceId, id };
  if (collected.isRefetch) {
    return JSON.stringify({ w: workspaceId, id, r: true });
  }
  for (const [kind, name] of Object.entries(shortNames)) {
    const ids = collected[kind as NoticeKind];
    if (ids.size > 0) {
      body[name] = [...ids];
    }
  }
  const text = JSON.stringify(body);
  return text.length < largestPayload ? text : JSON.stringify({ w: workspaceId, id, r: true });
};

const idsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Anybody who may connect to the database may notify on any channel.
 * @returns undefined for a payload that is not ours
 */
export const decodeNotice = (payload: string): ChangeNotice | undefined => {
  const body = parseJson(payload);
  if (typeof body !== 'object' || body === null || !('w' in body) || typeof body.w !== 'string') {
    return undefined;
  }
  const fields: Partial<Record<string, unknown>> = { ...body };
  return {
    id: typeof fields['id'] === 'string' ? fields['id'] : undefined,
    workspaceId: body.w,
    conversationIds: idsOf(fields['c']),
    messageIds: idsOf(fields['m']),
    contactIds: idsOf(fields['p']),
    memberIds: idsOf(fields['u']),
    removalIds: idsOf(fields['x']),
    refetch: fields['r'] === true,
  };
};

export const createNotices = (): Notices => {
  const byWorkspace = new Map<string, Collected>();
  const of = (workspaceId: string): Collected => {
    const known = byWorkspace.get(workspaceId);
    if (known !== undefined) {
      return known;
    }
    const collected: Collected = {
      conversation: new Set(),
      message: new Set(),
      contact: new Set(),
      member: new Set(),
      removal: new Set(),
      isRefetch: false,
    };
    byWorkspace.set(workspaceId, collected);
    return collected;
  };
  return {
    add: (workspaceId, kind, id) => {
      of(workspaceId)[kind].add(id);
    },
    addRefetch: (workspaceId) => {
      of(workspaceId).isRefetch = true;
    },
    async flush(tx, newId) {
      if (byWorkspace.size === 0) {
        return [];
      }
      const payloads = [...byWorkspace].map(([workspaceId, collected]) =>
        encode(workspaceId, newId?.(), collected),
      );
      byWorkspace.clear();
      await sql`select pg_notify(${noticeChannel}, p) from unnest(${payloads}::text[]) p`.execute(
        tx,
      );
      return payloads.flatMap((payload) => decodeNotice(payload) ?? []);
    },
  };
};
