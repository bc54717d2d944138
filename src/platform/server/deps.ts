import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Role } from '#platform/shared/role.ts';
import type { Notices } from './announce.ts';
import type { Config } from './config.ts';
import type { FileStore } from './files/index.ts';
import type { Keyed } from './keyed-hash.ts';
import type { OwnCommits } from './own-commits.ts';
import type { Db, Tx } from './tx.ts';

export type { Db, Tx } from './tx.ts';

/** Who acts: a person, a program with a key of ours, or the product itself. */
export interface Actor {
  readonly kind: 'member' | 'api-key' | 'system';
  /** The member's or the key's id; absent for the system. */
  readonly id: string | null;
  readonly workspaceId: string;
  readonly role: Role;
  /** Of a key: what it was given of what its role may do. Absent: all of it. */
  readonly scopes?: readonly string[];
}

/** What an action gets: one open transaction and who asks for it. Actions never open a transaction. */
export interface Ctx {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly log: Logger;
  /** Collects what changed; written as one notice a workspace, in the same transaction. */
  readonly notices: Notices;
  readonly keyed: Keyed;
}

/** The one composition root builds this once. */
export interface Deps {
  readonly config: Config;
  readonly log: Logger;
  readonly pool: Pool;
  readonly db: Db;
  readonly keyed: Keyed;
  /** The bytes of media. */
  readonly files: FileStore;
  /** Where this process has screens to tell; absent where it has none. */
  readonly ownCommits?: OwnCommits | undefined;
}

/** The product acting by itself inside one workspace: jobs, webhooks. */
export const systemActor = (workspaceId: string): Actor => ({
  kind: 'system',
  id: null,
  workspaceId,
  role: 'administrator',
});
