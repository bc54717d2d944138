import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema, wholeListOf } from '#platform/shared/page.ts';

/** What an event is about, by the first part of its action. */
export const auditAreas = [
  'accounts',
  'channels',
  'contacts',
  'conversations',
  'gate',
  'help',
  'installation',
  'media',
  'removals',
  'reports',
  'webhooks',
] as const;
export type AuditArea = (typeof auditAreas)[number];

export const auditActorSchema = z.object({
  kind: z.enum(['member', 'api-key', 'system']),
  id: idSchema.nullable(),
  /** As it is now; null for the product itself. */
  name: z.string().nullable(),
});

/** Whoever did something that stands in the log, also before they left; the product itself last. */
export const auditActorsSchema = wholeListOf(auditActorSchema);
export type AuditActors = z.infer<typeof auditActorsSchema>;

/** One event of the audit log: who did what to whom, when and why. Never what somebody wrote. */
export const auditEventSchema = z
  .object({
    id: idSchema,
    at: z.iso.datetime(),
    actor: auditActorSchema,
    /** `area.thing-happened` */
    action: z.string(),
    /** Its name as it is now, where we have it and it is no content. */
    subject: z.object({ kind: z.string(), id: idSchema, name: z.string().nullable() }).nullable(),
    maskedNumber: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    /** Its place in the chain of seals; null for the moment before it is sealed. */
    seal: z.number().int().positive().nullable(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** With its offset a moment of year 0 or 9999 can be one of a year that PostgreSQL or an answer cannot write. */
const momentSchema = z.iso.datetime({ offset: true }).refine(
  (at) => {
    const year = new Date(at).getUTCFullYear();
    return year >= 1 && year <= 9999;
  },
  { message: 'too far away' },
);

const filters = {
  area: z.enum(auditAreas).optional(),
  /** Of a member or an API key, or `system`: what the product did by itself. */
  actorId: z.union([z.literal('system'), idSchema]).optional(),
  subjectId: idSchema.optional(),
  /** From this moment on. */
  from: momentSchema.optional(),
  /** Before this moment. */
  to: momentSchema.optional(),
};

export const auditQuerySchema = pageQuerySchema.extend(filters);
export const auditExportQuerySchema = z.object(filters);
export type AuditFilters = z.infer<typeof auditExportQuerySchema>;
