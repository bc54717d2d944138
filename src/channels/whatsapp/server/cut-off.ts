import type { Inspection, WhatsAppNumber } from '../contract.ts';
import type { NumberRow } from './number-queries.ts';

type News = Pick<
  NumberRow,
  'partnerRemovedAt' | 'offboardedAt' | 'reconnectedAt' | 'checkedAt' | 'lastWrittenAt'
>;

const second = (at: Date | null): number => Math.floor((at?.getTime() ?? 0) / 1000);

/**
 * Whether WhatsApp said that a number is cut off, and nothing since shows that it works. A check shows it only of the access:
 * while a number is off the API the Graph answers as ever (docs/decisions/0067). WhatsApp tells whole seconds, so a check of the
 * same second may have been before.
 */
export const cutOffOf = (row: News): WhatsAppNumber['cutOff'] => {
  const backAt = Math.max(second(row.reconnectedAt), second(row.lastWrittenAt));
  const [removedAt, offAt] = [second(row.partnerRemovedAt), second(row.offboardedAt)];
  const isRemoved = removedAt > backAt && removedAt >= second(row.checkedAt);
  const isOff = offAt > backAt;
  if (!isRemoved && !isOff) {
    return null;
  }
  const isLaterOff = isOff && (!isRemoved || offAt > removedAt);
  return {
    kind: isLaterOff ? 'offboarded' : 'partner-removed',
    at: new Date((isLaterOff ? offAt : removedAt) * 1000).toISOString(),
  };
};

/** All that was asked is as it should be; where WhatsApp does not tell whose app is subscribed, that there is one. */
export const isWorking = ({ check, subscription }: Inspection): boolean => {
  const fields = [check.accessToken, check.phoneNumberId, check.wabaId, check.appSecret];
  const isSubscribed = subscription === 'own' || subscription === 'some';
  return fields.every(({ state }) => state === 'ok') && isSubscribed;
};
