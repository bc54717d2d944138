import type { Kysely, Transaction } from 'kysely';
import type { DB } from './schema.generated.ts';

/** Reads for screens take this. */
export type Db = Kysely<DB>;
/** Whatever writes, or reads inside a decision, takes this: being in a transaction is a type. */
export type Tx = Transaction<DB>;
