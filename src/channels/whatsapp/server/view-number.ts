import type { Keyed } from '#platform/server/keyed-hash.ts';
import type { WhatsAppNumber } from '../contract.ts';
import { openSecrets } from './account-secrets.ts';
import { groupCounters, otherCounters, otherErrorCounters } from './counter-names.ts';
import { cutOffOf } from './cut-off.ts';
import type { NumberRow } from './number-queries.ts';

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

type Tally = WhatsAppNumber['groupItems'];

const sumOf = (counters: NumberRow['counters']): Tally => ({
  occurrences: counters.reduce((sum, { occurrences }) => sum + occurrences, 0),
  lastAt: counters
    .map(({ lastAt }) => new Date(lastAt).toISOString())
    .reduce<string | null>((latest, at) => (latest !== null && latest > at ? latest : at), null),
});

const errorName = /^(?:send|channel)-error-(\d{1,9})$/;

/** By code, the newest first. */
const errorsOf = (counters: NumberRow['counters']): WhatsAppNumber['errors'] => {
  const codeOf = (name: string): number => Number(errorName.exec(name)?.[1] ?? Number.NaN);
  const codes = new Set(counters.map(({ name }) => codeOf(name)).filter(Number.isInteger));
  return [...codes]
    .map((code) => ({ code, ...sumOf(counters.filter(({ name }) => codeOf(name) === code)) }))
    .sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? ''));
};

/** What was told last: a business may share its history after all, or not any more. */
const historyOf = (row: NumberRow): WhatsAppNumber['historyImport'] => {
  const { historyAt, historyDeclinedAt, historyPhase: phase, historyProgress: progress } = row;
  if (historyDeclinedAt !== null && (historyAt === null || historyDeclinedAt > historyAt)) {
    return { state: 'declined', phase: null, progress: null, at: historyDeclinedAt.toISOString() };
  }
  if (historyAt === null) {
    return null;
  }
  const state = progress === 100 ? 'done' : 'running';
  return { state, phase, progress, at: historyAt.toISOString() };
};

/** The end tells two tokens apart; of a short secret it would tell too much. */
const endOf = (secret: string | undefined): string | null =>
  secret !== undefined && secret.length >= 16 ? secret.slice(-4) : null;

/** What may be told of a number: nothing of its secrets but whether they are there. */
export const viewNumber = (keyed: Keyed, row: NumberRow): WhatsAppNumber => {
  const { workspaceId, channelId, accessToken, appSecret, verifyToken } = row;
  const secrets =
    accessToken === null || appSecret === null || verifyToken === null
      ? undefined
      : openSecrets(keyed, { workspaceId, channelId, accessToken, appSecret, verifyToken });
  const among = (names: readonly string[]): Tally =>
    sumOf(row.counters.filter(({ name }) => names.includes(name)));
  return {
    id: channelId,
    name: row.name,
    displayNumber: row.displayNumber,
    phoneNumberId: row.phoneNumberId,
    wabaId: row.wabaId,
    connectedAt: moment(row.connectedAt),
    disconnectedAt: moment(row.disconnectedAt),
    hasReadableSecrets: secrets !== undefined,
    hasAccessToken: accessToken !== null,
    hasAppSecret: appSecret !== null,
    hasVerifyToken: verifyToken !== null,
    accessTokenEnd: endOf(secrets?.accessToken),
    lastHandshakeAt: moment(row.lastHandshakeAt),
    lastWebhookAt: moment(row.lastWebhookAt),
    lastSentAt: moment(row.lastSentAt),
    signatureFailures: {
      occurrences: row.signatureFailures,
      lastAt: moment(row.lastSignatureFailureAt),
    },
    unknownNumbers: {
      occurrences: row.unknownNumbers,
      lastAt: moment(row.lastUnknownNumberAt),
      lastId: row.lastUnknownNumberId,
    },
    // Messages and calls of groups, and news of the groups themselves.
    groupItems: among(groupCounters),
    otherItems: among(otherCounters),
    errors: errorsOf(row.counters),
    otherErrors: among(otherErrorCounters),
    delaySeconds: row.delaySeconds,
    cutOff: cutOffOf(row),
    historyImport: historyOf(row),
    appSync: {
      historyAskedAt: moment(row.historyAskedAt),
      contactsAskedAt: moment(row.contactsAskedAt),
      contactsAt: moment(row.contactsAt),
    },
  };
};
