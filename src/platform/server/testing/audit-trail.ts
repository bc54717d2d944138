import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#platform/server/deps.ts';

/** One event as it stands in the audit log. */
export interface AuditedEvent {
  readonly actor: string | null;
  readonly actorKind: string;
  readonly subject: string | null;
  readonly subjectKind: string | null;
  readonly masked: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Every event of this action, oldest first. */
export const eventsOf = async (
  db: Db,
  workspaceId: string,
  action: string,
): Promise<AuditedEvent[]> => {
  const { rows } = await sql<AuditedEvent>`
    select actor_id as actor, actor_kind as "actorKind", subject_id as subject, subject_kind as "subjectKind",
           masked_number as masked, details
      from audit_event where workspace_id = ${workspaceId} and action = ${action} order by at, id`.execute(
    db,
  );
  return rows;
};

interface Expected {
  readonly actor: string | null;
  /** Absent: the event is about nothing of its own. */
  readonly subject?: readonly [kind: string, id: string];
  /** All of them: what is not named here is not in the event. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** No number of a person, whole, however it is spelt. */
const wholeNumber = /\d[\d\s().-]{8,}\d/;
const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Exactly one event of this action stands in the log of the workspace, of this actor and about this; neither a whole number nor any of
 * the words that people wrote is in it.
 */
export const expectOneEvent = async (
  db: Db,
  workspaceId: string,
  action: string,
  expected: Expected,
  words: readonly string[] = [],
): Promise<void> => {
  const events = await eventsOf(db, workspaceId, action);
  const [kind, id] = expected.subject ?? [null, null];
  expect(events, action).toMatchObject([{ actor: expected.actor, subject: id, subjectKind: kind }]);
  expect(events[0]?.details, action).toEqual(expected.details);
  const said = JSON.stringify([events[0]?.details, events[0]?.masked]);
  expect(said.replaceAll(ids, ''), action).not.toMatch(wholeNumber);
  for (const word of words) {
    expect(said, action).not.toContain(word);
  }
};
