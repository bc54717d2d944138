import type { Db } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type {
  IncidentKind,
  IncidentReason,
  Incidents,
  ProtectionQuery,
  ProtectionReport,
} from '../contract.ts';
import { countAttempts, countEnds, countExposures, type ExposureRow } from './care-queries.ts';
import {
  countBlockRequests,
  countNewBlocks,
  countRemovalRequests,
  type IncidentRow,
} from './incident-queries.ts';
import { addDays, type Bucket, unitOf } from './period.ts';
import { findChannelNames, findPlace } from './place-queries.ts';
import { joinSmall, unlessFew } from './small-counts.ts';
import { bucketsIn, type Span } from './span-queries.ts';
import { measureBlocks, measureCovers, measureDecisions } from './time-queries.ts';

type Channel = { id: string; name: string };
type Names = ReadonlyMap<string, string>;

const channelCalled = (names: Names, id: string | null): Channel | null =>
  id === null ? null : { id, name: names.get(id) ?? '—' };

interface Line<K> {
  readonly key: K;
  total: number;
  readonly counts: number[];
}

/** A line for each key, the biggest first; the same keys come in the same order at each reading. */
const linesBy = <K extends string | null>(
  rows: readonly IncidentRow[],
  buckets: readonly Bucket[],
  keyOf: (row: IncidentRow) => K,
): Line<K>[] => {
  const places = new Map(buckets.map(({ from }, place) => [from, place]));
  const lines = new Map<K, Line<K>>();
  for (const row of rows) {
    const key = keyOf(row);
    const line = lines.get(key) ?? { key, total: 0, counts: buckets.map(() => 0) };
    const place = places.get(row.bucket) ?? 0;
    line.counts[place] = (line.counts[place] ?? 0) + row.count;
    line.total += row.count;
    lines.set(key, line);
  }
  return [...lines.values()].sort(
    (a, b) => b.total - a.total || String(a.key).localeCompare(String(b.key)),
  );
};

const incidentsOf = (
  rows: readonly IncidentRow[],
  buckets: readonly Bucket[],
  names: Names,
): Incidents => {
  const [all] = linesBy(rows, buckets, () => 'all');
  return {
    total: all?.total ?? 0,
    counts: all?.counts ?? buckets.map(() => 0),
    byReason: linesBy<IncidentReason>(rows, buckets, ({ reason }) => reason).map(
      ({ key, total, counts }) => ({ reason: key, total, counts }),
    ),
    byChannel: linesBy(rows, buckets, ({ channelId }) => channelId).map(
      ({ key, total, counts }) => ({ channel: channelCalled(names, key), total, counts }),
    ),
  };
};

const readIncidents = async (
  db: Db,
  span: Span,
  names: Names,
): Promise<Record<IncidentKind, Incidents>> => {
  const buckets = bucketsIn(span);
  const told = (rows: readonly IncidentRow[]) => incidentsOf(rows, buckets, names);
  return {
    removalRequests: told(await countRemovalRequests(db, span)),
    blockRequests: told(await countBlockRequests(db, span)),
    blocks: told(await countNewBlocks(db, span)),
  };
};

const readTimes = async (db: Db, span: Span): Promise<ProtectionReport['times']> => {
  const toDecision = await measureDecisions(db, span);
  const toBlock = await measureBlocks(db, span);
  const guarded = <T extends { count: number; medianMs: number | null; p90Ms: number | null }>(
    times: T,
  ): T => ({
    ...times,
    medianMs: unlessFew(times.count, times.medianMs),
    p90Ms: unlessFew(times.count, times.p90Ms),
  });
  // Covering is the server's doing and says nothing of anybody.
  const toCover = await measureCovers(db, span);
  return { toCover, toDecision: guarded(toDecision), toBlock: guarded(toBlock) };
};

const exposuresOf = (rows: readonly ExposureRow[], names: Names): ProtectionReport['exposures'] => {
  const byChannel = rows.map(({ channelId, answering, reviewing }) => ({
    of: channelId,
    count: answering + reviewing,
  }));
  return {
    answering: rows.reduce((sum, { answering }) => sum + answering, 0),
    reviewing: rows.reduce((sum, { reviewing }) => sum + reviewing, 0),
    byChannel: joinSmall(byChannel).map(({ of, count }) => ({
      channel: channelCalled(names, of),
      count,
    })),
  };
};

/** @throws AppError channel-not-found: no channel of this workspace */
export const readProtection = async (
  db: Db,
  workspaceId: string,
  query: ProtectionQuery,
): Promise<ProtectionReport> => {
  const { name, timeZone, today } = await findPlace(db, workspaceId);
  const names = await findChannelNames(db, workspaceId);
  const { channelId, to = today, from = addDays(today, -29) } = query;
  if (channelId !== undefined && !names.has(channelId)) {
    throw notFound('channel');
  }
  const span: Span = { workspaceId, timeZone, from, to, channelId, unit: unitOf(from, to) };
  const incidents = await readIncidents(db, span, names);
  return {
    workspace: { name, timeZone },
    madeAt: new Date().toISOString(),
    from,
    to,
    channel: channelCalled(names, channelId ?? null),
    unit: span.unit,
    buckets: bucketsIn(span),
    incidents,
    times: await readTimes(db, span),
    exposures: exposuresOf(await countExposures(db, span), names),
    blocks: {
      made: incidents.blocks.total,
      ...(await countEnds(db, span)),
      attempts: await countAttempts(db, span),
    },
  };
};
