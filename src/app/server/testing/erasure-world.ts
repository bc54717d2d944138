import { sql } from 'kysely';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { aText, type Place, receive } from '#features/conversations/server/testing.ts';
import { mediaUpkeepJobs } from '#features/media/server/index.ts';
import { removalJobs } from '#features/removals/server/index.ts';
import type { Caller } from './http-client.ts';
import { rowsOfWorkspace } from './leaks.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** A promise that is kept from outside. */
export const aMoment = () => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

export interface AppStage {
  readonly app: TestApp;
  /** The number of the first workspace. */
  readonly place: Place;
}

/** A product that stands for all tests of a file. Call it once, outside of any test; what it answers is filled before the first. */
export const anAppStage = (): AppStage => {
  const stage: { -readonly [K in keyof AppStage]?: AppStage[K] } = {};
  beforeAll(async () => {
    const app = await startTestApp();
    stage.app = app;
    stage.place = { workspaceId: app.a.id, channelId: app.a.number.channelId };
  });
  afterAll(() => stage.app?.close());
  return stage as AppStage;
};

/** What tests of erased people do and look at. */
export const erasureOn = (stage: AppStage) => {
  const app = () => stage.app;
  const place = () => stage.place;
  const call = (
    method: string,
    path: string,
    body?: unknown,
    by: Caller = app().a.team.administrator,
  ) => app().http(`/api/v1/${path}`, { ...by, method, ...(body === undefined ? {} : { body }) });
  const erase = (contactId: string, by?: Caller) =>
    call('POST', `contacts/${contactId}/erasure`, { confirm: 'erase' }, by);
  const erases = async (contactId: string) => {
    const answer = await erase(contactId);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return answer.json as { messages: number; copies: number; files: number; isBlocked: boolean };
  };
  const blocks = async (contactId: string) => {
    const body = { reason: 'offense', note: 'nota canarinha' };
    expect((await call('PUT', `contacts/${contactId}/block`, body)).status).toBe(200);
  };
  const rowsOf = async <T extends object>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
    (await query.execute(app().deps.db)).rows;

  /** Whether what this person sends now is stored. @returns the contact it is stored with */
  const writes = async (person: PersonRef): Promise<string | null> => {
    const text = aText(place(), person, { names: { profileName: 'Nome Canarinho' } });
    await receive(app().deps, text);
    const [row] = await rowsOf(
      sql<{
        id: string;
      }>`select contact_id as id from message where external_id = ${text.externalId}`,
    );
    return row?.id ?? null;
  };
  const attemptsOf = async (contactId: string): Promise<number> => {
    const [row] = await rowsOf(
      sql<{ n: number }>`select coalesce(sum(a.attempts), 0)::int as n from block b
        join block_attempt a on a.block_id = b.id where b.contact_id = ${contactId}`,
    );
    return row?.n ?? -1;
  };
  /** What of these is in any row of any table. */
  const left = async (...words: string[]): Promise<string[]> => {
    const tables = Object.entries(await rowsOfWorkspace(app().deps.db, place().workspaceId));
    return tables.flatMap(([table, rows]) =>
      words
        .filter((word) => rows.some((row) => row.toLowerCase().includes(word.toLowerCase())))
        .map((word) => `${table}: ${word}`),
    );
  };
  const run = async (name: string, payload: object = {}) => {
    const job = [...removalJobs, ...mediaUpkeepJobs].find((one) => one.name === name);
    await job?.runUnparsed(payload, { deps: app().deps, log: app().deps.log, attempt: 1 });
  };
  return { call, erase, erases, blocks, rowsOf, writes, attemptsOf, left, run };
};
