import type { InboundItem } from '../../channel.ts';
import type { Account } from './account.ts';
import type { AccountDirectory } from './account-directory.ts';
import { inPortfolio } from './in-portfolio.ts';
import type { HealthNotes } from './note-health.ts';
import { noteItems } from './note-items.ts';
import type { ParsedChange, ParsedWebhook } from './parse-webhook.ts';

interface Reading {
  /** Of the numbers that the webhook names. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly all: readonly Account[];
  readonly isSigned: (secret: string) => boolean;
  /** Seconds since 1970. */
  readonly receivedAt: number;
  readonly notes: HealthNotes;
}

/** A change that names no number is about the business account: read for each of its numbers' whose secret signed it. */
const readForAll = (change: ParsedChange, { all, isSigned, receivedAt, notes }: Reading) => {
  const owners = all.filter((one) => one.wabaId === change.wabaId && isSigned(one.appSecret));
  const news = change.toAccountNews(receivedAt);
  if (news !== undefined) {
    for (const owner of owners) {
      notes.account(owner, news);
    }
  }
  const items = owners.flatMap((owner): InboundItem[] =>
    change.isOfAccount
      ? change.toItems(owner, receivedAt)
      : [
          {
            type: 'counted',
            workspaceId: owner.workspaceId,
            channelId: owner.channelId,
            name: change.counterName,
          },
        ],
  );
  return items.length > 0 ? items : 'stranger';
};

/** Nothing of a change that another secret signed; `stranger` when no number of ours is meant. */
const readChange = (
  change: ParsedChange,
  reading: Reading,
): readonly InboundItem[] | 'stranger' => {
  if (change.phoneNumberId === null) {
    return readForAll(change, reading);
  }
  const account = reading.accounts.get(change.phoneNumberId);
  if (account === undefined) {
    return 'stranger';
  }
  if (!reading.isSigned(account.appSecret)) {
    reading.notes.signatureFailure(account);
    return [];
  }
  const items = change.toItems(account, reading.receivedAt);
  noteItems(reading.notes, account, items, reading.receivedAt);
  for (const news of change.toHistoryNews()) {
    reading.notes.history(account, news);
  }
  const accountNews = change.toAccountNews(reading.receivedAt);
  if (accountNews !== undefined) {
    reading.notes.account(account, accountNews);
  }
  return inPortfolio(items, account.portfolioId);
};

/**
 * Told at the numbers whose secret signed it: a stranger's id is nobody else's business. However many one body names,
 * it costs a number of ours one note: whoever has a secret invents thousands.
 * @param signer other secrets are not tried over a body that may be large
 */
const noteStrangers = (
  strangers: readonly ParsedChange[],
  signer: Account,
  { all, notes }: Pick<Reading, 'all' | 'notes'>,
): void => {
  const ids = strangers.flatMap(({ phoneNumberId }) => phoneNumberId ?? []);
  const lastId = ids.at(-1);
  if (lastId === undefined) {
    return;
  }
  for (const account of all.filter(({ appSecret }) => appSecret === signer.appSecret)) {
    notes.unknownNumbers(account, ids.length, lastId);
  }
};

/**
 * Each change counts only if the body is signed with the secret of the channel that this change names: so one
 * workspace cannot forge another's messages (docs/gate.md, what enters).
 * @returns undefined when nothing of it is signed as it should be
 */
export const readVerified = async (
  { directory, notes }: { directory: AccountDirectory; notes: HealthNotes },
  webhook: ParsedWebhook,
  isSigned: (secret: string) => boolean,
): Promise<InboundItem[] | undefined> => {
  const wabaIds = new Set(webhook.changes.map(({ wabaId }) => wabaId));
  const findSigner = async () => {
    // Those of the account that is named first: not every secret is tried over a large body.
    const likely = (await directory.all()).filter(({ wabaId }) => wabaIds.has(wabaId));
    return (
      likely.find(({ appSecret }) => isSigned(appSecret)) ??
      directory.findWhere(({ appSecret }) => isSigned(appSecret))
    );
  };
  // Also reads the numbers anew where the one that signed was just connected.
  const isOfAccount = webhook.changes.some(({ phoneNumberId }) => phoneNumberId === null);
  if (isOfAccount && (await findSigner()) === undefined) {
    return undefined;
  }
  const named = webhook.changes.flatMap(({ phoneNumberId }) => phoneNumberId ?? []);
  const accounts = await directory.byNumberIds(new Set(named));
  const all = await directory.all();
  const reading = { accounts, all, isSigned, notes, receivedAt: Math.floor(Date.now() / 1000) };
  const items: (readonly InboundItem[])[] = [];
  const strangers: ParsedChange[] = [];
  for (const change of webhook.changes) {
    const read = readChange(change, reading);
    if (read === 'stranger') {
      strangers.push(change);
    } else if (read.length > 0) {
      items.push(read);
    }
  }
  if (items.length > 0 && strangers.length === 0) {
    return items.flat();
  }
  const signer = await findSigner();
  if (signer === undefined) {
    return undefined;
  }
  noteStrangers(strangers, signer, reading);
  const isForgery = items.length === 0 && strangers.length === 0 && webhook.changes.length > 0;
  return isForgery ? undefined : items.flat();
};
