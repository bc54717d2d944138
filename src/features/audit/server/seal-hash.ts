import type { Keyed } from '#platform/server/keyed-hash.ts';

/** An event as it stands in the log, every column of it, written so that one event has one form. */
export interface LoggedEvent {
  readonly workspaceId: string;
  readonly id: string;
  /** To the microsecond, in UTC. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly maskedNumber: string | null;
  /** As PostgreSQL writes jsonb: keys in its order, once each. */
  readonly details: string;
}

/**
 * The seal of an event: what it says, its place, and the seal before it. Under a key of the installation, so that whoever
 * can write in the database but does not have the secret cannot make one.
 * @param seq its place in the chain of its workspace, from 1
 * @param before the seal before it; undefined for the first
 * @returns 32 bytes
 */
export const sealOf = (
  keyed: Keyed,
  event: LoggedEvent,
  seq: number,
  before: Buffer | undefined,
): Buffer =>
  keyed.hash(
    'audit-seal',
    JSON.stringify([
      before?.toString('hex') ?? null,
      seq,
      event.workspaceId,
      event.id,
      event.at,
      event.actorKind,
      event.actorId,
      event.action,
      event.subjectKind,
      event.subjectId,
      event.maskedNumber,
      event.details,
    ]),
  );
