import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

/** A message that one of the named ones is, or is a copy of, or that is a copy of it: by forwarding, at any depth. */
export interface Relative {
  /** The one that was named. */
  readonly namedId: string;
  readonly id: string;
  readonly contactId: string;
}

/**
 * Whole families: up to what was forwarded first, and down to every copy of that. A forebear that is gone still joins its
 * copies: they name it.
 */
export const family = (workspaceId: string, ids: readonly string[]) => sql`
  recursive up (named, id) as (
    select u.id, u.id from unnest(${[...ids]}::uuid[]) as u (id)
    union
    select up.named, m.forwarded_from from up
      join message m on m.workspace_id = ${workspaceId} and m.id = up.id
     where m.forwarded_from is not null),
  down (named, id) as (
    select named, id from up
    union
    select down.named, m.id from down
      join message m on m.workspace_id = ${workspaceId} and m.forwarded_from = down.id)`;

interface Link {
  readonly id: string;
  readonly contactId: string;
  readonly forwardedFrom: string | null;
}

const linksBy = async (
  db: Db | Tx,
  workspaceId: string,
  column: 'id' | 'forwarded_from',
  ids: readonly string[],
): Promise<Link[]> => {
  const { rows } = await sql<Link>`
    select m.id, m.contact_id as "contactId", m.forwarded_from as "forwardedFrom" from message m
     where m.workspace_id = ${workspaceId} and m.${sql.ref(column)} = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  return rows;
};

/** Reads on from these, a generation a statement. Whom a step leads to, and is not known, is read next. */
const readOn = async (
  begin: readonly string[],
  read: (ids: readonly string[]) => Promise<readonly (string | null)[]>,
): Promise<void> => {
  const seen = new Set(begin);
  for (let next = [...seen]; next.length > 0; ) {
    const led = (await read(next)).filter((id) => id !== null && !seen.has(id)) as string[];
    next = [...new Set(led)];
    for (const id of next) {
      seen.add(id);
    }
  }
};

/**
 * The families of these messages. Generation by generation, each looked up by index: a recursive statement reads all messages of
 * the table, or prepares for a million, because PostgreSQL cannot know how few there are.
 */
export const findLineage = async (
  db: Db | Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Relative[]> => {
  const links = new Map<string, Link>();
  const keep = (found: readonly Link[]): void => {
    for (const link of found) {
      links.set(link.id, link);
    }
  };
  const forebears = new Set(ids);
  await readOn(ids, async (some) => {
    const found = await linksBy(db, workspaceId, 'id', some);
    keep(found);
    const from = found.map(({ forwardedFrom }) => forwardedFrom);
    for (const id of from) {
      if (id !== null) {
        forebears.add(id);
      }
    }
    return from;
  });
  const copies = new Map<string, string[]>();
  await readOn([...forebears], async (some) => {
    const found = await linksBy(db, workspaceId, 'forwarded_from', some);
    keep(found);
    for (const { id, forwardedFrom } of found) {
      const of = forwardedFrom ?? '';
      copies.set(of, [...(copies.get(of) ?? []), id]);
    }
    return found.map(({ id }) => id);
  });
  return [...new Set(ids)]
    .flatMap((namedId) => relativesOf(namedId, links, copies))
    .sort(byIdThenNamed);
};

const byIdThenNamed = (one: Relative, other: Relative): number =>
  one.id < other.id || (one.id === other.id && one.namedId < other.namedId) ? -1 : 1;

/** Up to the first, and down from each on the way; who is gone is on the way all the same. */
const relativesOf = (
  namedId: string,
  links: ReadonlyMap<string, Link>,
  copies: ReadonlyMap<string, readonly string[]>,
): Relative[] => {
  const family = new Set<string>();
  for (let id: string | null = namedId; id !== null && !family.has(id); ) {
    family.add(id);
    id = links.get(id)?.forwardedFrom ?? null;
  }
  // A set also yields what is added to it on the way.
  for (const id of family) {
    for (const copy of copies.get(id) ?? []) {
      family.add(copy);
    }
  }
  return [...family].flatMap((id) => {
    const link = links.get(id);
    return link === undefined ? [] : [{ namedId, id, contactId: link.contactId }];
  });
};
