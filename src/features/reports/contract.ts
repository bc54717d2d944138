import { z } from 'zod';
import { blockReasons } from '#features/gate/contract.ts';
import { removalReasons } from '#features/removals/contract.ts';
import { idSchema } from '#platform/shared/ids.ts';

/** Three years and a day. */
export const longestPeriod = 1_097;

const day = z.iso
  .date()
  .refine((date) => date >= '2000-01-01' && date <= '2999-12-31', { message: 'too far away' });

const lengthOf = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** Days of the workspace's own clock, both included. Without them: the last thirty, today included. */
export const protectionQuerySchema = z
  .object({
    from: day.optional(),
    to: day.optional(),
    channelId: idSchema.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    message: 'both or neither',
    path: ['to'],
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'before it begins',
    path: ['to'],
  })
  .refine(
    ({ from, to }) => from === undefined || to === undefined || lengthOf(from, to) <= longestPeriod,
    { message: 'too long', path: ['to'] },
  );
export type ProtectionQuery = z.infer<typeof protectionQuerySchema>;

/** What an incident may be called: the reasons of removal requests, and those of blocks. */
export const incidentReasons = [...new Set([...removalReasons, ...blockReasons])] as const;
export type IncidentReason = (typeof incidentReasons)[number];

export const incidentKinds = ['removalRequests', 'blockRequests', 'blocks'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

const count = z.number().int();
const channel = z.object({ id: idSchema, name: z.string() });

/** One kind of incident; `counts` is a number for each of the report's buckets. */
export const incidentsSchema = z.object({
  total: count,
  counts: z.array(count),
  byReason: z.array(
    z.object({ reason: z.enum(incidentReasons), total: count, counts: z.array(count) }),
  ),
  byChannel: z.array(
    z.object({
      /** Null: of a person who had not written to us. */
      channel: channel.nullable(),
      total: count,
      counts: z.array(count),
    }),
  ),
});
export type Incidents = z.infer<typeof incidentsSchema>;

/** How long something took. Of fewer than five nothing but their number is told. */
const durationSchema = z.object({
  count,
  medianMs: z.number().nullable(),
  p90Ms: z.number().nullable(),
});

export const protectionReportSchema = z
  .object({
    workspace: z.object({ name: z.string(), timeZone: z.string() }),
    madeAt: z.iso.datetime(),
    from: z.iso.date(),
    to: z.iso.date(),
    channel: channel.nullable(),
    unit: z.enum(['day', 'week', 'month']),
    /** The period in pieces; the first and the last may be cut short by it. Weeks begin on Monday. */
    buckets: z.array(z.object({ from: z.iso.date(), to: z.iso.date() })),
    incidents: z.object({
      removalRequests: incidentsSchema,
      blockRequests: incidentsSchema,
      blocks: incidentsSchema,
    }),
    /** Of requests that were opened in the period. */
    times: z.object({
      /** From when the server took a removal request up to when everything was under its cover. */
      toCover: z.object({
        count,
        medianMs: z.number().nullable(),
        p90Ms: z.number().nullable(),
        longestMs: z.number().nullable(),
        /** Asked before this was measured. */
        unmeasured: count,
      }),
      /** From a removal request to when its last item was decided. */
      toDecision: durationSchema.extend({
        waiting: count,
        /** Decided too late, or still waiting and late. */
        overdue: count,
      }),
      /** From a block request to the block. */
      toBlock: durationSchema.extend({ refused: count, waiting: count, overdue: count }),
    }),
    /** People who had asked to see what was later removed, each counted once a message: never who. */
    exposures: z.object({
      /** While answering. */
      answering: count,
      /** While deciding. */
      reviewing: count,
      /** Channels with fewer than five are one line, without a name. */
      byChannel: z.array(z.object({ channel: channel.nullable(), count })),
    }),
    blocks: z.object({
      made: count,
      lifted: count,
      endedByClock: count,
      /** Only a counter is kept of each block: what happened before or after the period may be in it. */
      attempts: z.object({ atLeast: count, atMost: count }),
    }),
  })
  .meta({ id: 'ProtectionReport' });
export type ProtectionReport = z.infer<typeof protectionReportSchema>;
