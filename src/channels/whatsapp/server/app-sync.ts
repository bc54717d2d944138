import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { AppSyncCode, AppSyncPart, CheckCode } from '../contract.ts';
import { hasAsked, saveAsked } from './app-sync-store.ts';
import { postEdge, type Said, troubleOf } from './ask-graph.ts';
import { findAccount } from './find-number.ts';
import type { GraphAddress } from './graph-client.ts';

/** How WhatsApp calls what can be asked for (docs/whatsapp-cloud-api.md, 5.4). */
const syncTypes: Readonly<Record<AppSyncPart, string>> = {
  history: 'history',
  contacts: 'smb_app_state_sync',
};

/** One says that it was asked for before, one that it is too late; no source tells which is which (API sheet, 12). */
const isOver: ReadonlySet<number | undefined> = new Set([2_593_107, 2_593_108]);

/**
 * Why WhatsApp does not tell what its app knows.
 * @param wasAsked by us, which is how the two are told apart
 */
export const refusalOf = (
  said: Exclude<Said, { kind: 'body' }>,
  wasAsked: boolean,
): CheckCode | AppSyncCode => {
  const code = said.kind === 'error' ? said.code : undefined;
  if (isOver.has(code)) {
    return wasAsked ? 'sync-already-asked' : 'sync-too-late';
  }
  const isStranger = said.kind === 'error' && said.subcode === 33;
  return troubleOf(said) ?? (isStranger ? 'number-not-found' : 'not-on-business-app');
};

const statusOf = (code: CheckCode | AppSyncCode): number => {
  if (code === 'whatsapp-busy' || code === 'whatsapp-unreachable') {
    return 503;
  }
  return code === 'sync-already-asked' ? 409 : 422;
};

const noteAsked = async (ctx: Ctx, channelId: string, part: AppSyncPart): Promise<void> => {
  requireCan(ctx.actor, 'channel.manage');
  await saveAsked(ctx.tx, { workspaceId: ctx.actor.workspaceId, channelId }, part);
  await audit(ctx, {
    action: 'channels.app-sync-asked',
    subject: { kind: 'channel', id: channelId },
    details: { part },
  });
};

/**
 * Asks WhatsApp for what the Business app on the company's phone knows; it comes by webhook. WhatsApp takes it once for each
 * part, within 24 hours of the number's joining.
 * @throws AppError with a code of the contract when WhatsApp does not
 */
export const askForSync = async (
  deps: Deps,
  graph: GraphAddress,
  actor: Actor,
  channelId: string,
  part: AppSyncPart,
): Promise<void> => {
  const { accessToken, phoneNumberId } = await findAccount(deps, actor, channelId);
  const body = { messaging_product: 'whatsapp', sync_type: syncTypes[part] };
  const said = await postEdge(graph, accessToken, [phoneNumberId, 'smb_app_data'], body);
  if (said.kind !== 'body') {
    const wasAsked = await hasAsked(deps.db, { workspaceId: actor.workspaceId, channelId }, part);
    const code = refusalOf(said, wasAsked);
    throw new AppError(code, statusOf(code));
  }
  await inTx(deps, actor, (ctx) => noteAsked(ctx, channelId, part));
};
