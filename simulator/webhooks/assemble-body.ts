import type { Update } from './track.ts';

export type BatchShape = 'merged' | 'changes' | 'entries' | 'mixed';

interface Change {
  field: string;
  value: Record<string, unknown>;
}

function withMetadata(update: Update): Change {
  if (update.isAccountNews === true) return { field: update.field, value: update.value };
  return {
    field: update.field,
    value: {
      messaging_product: 'whatsapp',
      metadata: {
        display_phone_number: update.channel.displayPhoneNumber,
        phone_number_id: update.channel.phoneNumberId,
      },
      ...update.value,
    },
  };
}

/** Updates that may share one `value`: same number and field, and the same kind unless mixed. */
function shareKey(update: Update, shape: BatchShape): string {
  if (update.isAccountNews === true) return JSON.stringify(update.value);
  const kinds = Object.keys(update.value).filter((key) => key !== 'contacts');
  return `${update.channel.phoneNumberId} ${update.field} ${shape === 'mixed' ? '' : kinds}`;
}

function mergeValue(into: Record<string, unknown>, from: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(from)) {
    const standing = into[key];
    if (!Array.isArray(standing) || !Array.isArray(value)) into[key] = value;
    else if (key !== 'contacts') into[key] = [...standing, ...value];
    else {
      const known = new Set(standing.map((contact) => JSON.stringify(contact)));
      into[key] = [...standing, ...value.filter((one) => !known.has(JSON.stringify(one)))];
    }
  }
}

function changesOf(updates: readonly Update[], shape: BatchShape): Change[] {
  if (shape === 'changes') return updates.map(withMetadata);
  const byKey = new Map<string, Change>();
  for (const update of updates) {
    const key = shareKey(update, shape);
    const standing = byKey.get(key);
    if (standing === undefined) byKey.set(key, withMetadata(update));
    else mergeValue(standing.value, update.value);
  }
  return [...byKey.values()];
}

/** The webhook envelope around any number of updates. */
export function assembleBody(updates: readonly Update[], shape: BatchShape): object {
  if (shape === 'entries') {
    const entry = updates.map((one) => ({ id: one.channel.wabaId, changes: [withMetadata(one)] }));
    return { object: 'whatsapp_business_account', entry };
  }
  const entry = [...groupByWaba(updates)].map(([id, those]) => ({
    id,
    changes: changesOf(those, shape),
  }));
  return { object: 'whatsapp_business_account', entry };
}

function groupByWaba(updates: readonly Update[]): Map<string, Update[]> {
  const groups = new Map<string, Update[]>();
  for (const update of updates) {
    const standing = groups.get(update.channel.wabaId);
    if (standing === undefined) groups.set(update.channel.wabaId, [update]);
    else standing.push(update);
  }
  return groups;
}
