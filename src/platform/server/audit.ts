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
export const audit = async (ctx: Ctx, entry: AuditEntry): Promise<void> => {
  await ctx.tx
    .insertInto('audit_event')
    .values({
      workspace_id: ctx.actor.workspaceId,
      id: newId(),
      actor_kind: ctx.actor.kind,
      actor_id: ctx.actor.id,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      masked_number: entry.maskedNumber ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
};
