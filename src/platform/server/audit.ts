import { newId } from '#platform/shared/ids.ts';
import type { Ctx } from './deps.ts';

export interface AuditEntry {
  /** `feature.thing-happened` */
  readonly action: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly maskedNumber?: string;
  /** Facts, never content: ids, reasons, states. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Appends to the audit log (G7), in the transaction of what it tells. Last in the lock order. */
export const audit = (ctx: Ctx, entry: AuditEntry): Promise<void> => auditAll(ctx, [entry]);

/** The same for several at once, in one statement. */
export const auditAll = async (ctx: Ctx, entries: readonly AuditEntry[]): Promise<void> => {
  if (entries.length === 0) {
    return;
  }
  const rows = entries.map((entry) => ({
    workspace_id: ctx.actor.workspaceId,
    id: newId(),
    actor_kind: ctx.actor.kind,
    actor_id: ctx.actor.id,
    action: entry.action,
    subject_kind: entry.subject?.kind ?? null,
    subject_id: entry.subject?.id ?? null,
    masked_number: entry.maskedNumber ?? null,
    details: JSON.stringify(entry.details ?? {}),
  }));
  await ctx.tx.insertInto('audit_event').values(rows).execute();
};
