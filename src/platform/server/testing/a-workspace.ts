import { sql } from 'kysely';
import { newId } from '#platform/shared/ids.ts';
import type { Role } from '#platform/shared/role.ts';
import type { Actor, Db } from '../deps.ts';

/** A workspace with nobody in it. */
export const aWorkspace = async (db: Db, name = 'Loja de teste'): Promise<string> => {
  const id = newId();
  await sql`insert into workspace (id, name) values (${id}, ${name})`.execute(db);
  return id;
};

/** A member who cannot sign in: for tests below the HTTP edge. */
export const aMember = async (
  db: Db,
  workspaceId: string,
  role: Role = 'administrator',
): Promise<Actor> => {
  const id = newId();
  const userId = `user-${id}`;
  await sql`insert into "user" (id, name, email)
    values (${userId}, 'Pessoa', ${`${id}@loja.example`})`.execute(db);
  await sql`insert into member (workspace_id, id, user_id, name, role)
    values (${workspaceId}, ${id}, ${userId}, ${`Pessoa ${id.slice(-4)}`}, ${role})`.execute(db);
  return { kind: 'member', id, workspaceId, role };
};
