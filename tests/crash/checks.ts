import type { SentMessage } from '../../simulator/state/world.ts';
import type { Evidence, MessageRow, PictureRow } from './evidence.ts';
import type { Accepted, BlockSpan, Written } from './ledger.ts';
import type { Verdicts } from './verdicts.ts';

const repeated = (values: readonly string[]): string[] => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};

const second = (at: number): number => Math.floor(at / 1000);

/** Blocked while it was being delivered, or written in a second that a block covers. */
const wasBlocked = ({ blocks }: Evidence, item: Written): boolean =>
  blocks.some(
    ({ phone, startedAt, liftedAt }) =>
      phone === item.phone &&
      startedAt.getTime() <= (item.deliveredAt ?? 0) + 5 &&
      (liftedAt === null || second(liftedAt.getTime()) >= second(item.writtenAt - 5)),
  );

const checkInbound = (verdicts: Verdicts, evidence: Evidence): void => {
  const { ledger, messages, wasDropped } = evidence;
  const stored = new Map<string, number>();
  for (const { direction, externalId } of messages) {
    if (direction === 'in' && externalId !== null) {
      stored.set(externalId, (stored.get(externalId) ?? 0) + 1);
    }
  }
  const wrong = (pick: (item: Written) => boolean): string[] =>
    ledger.written.filter(pick).map((item) => `${item.phone.slice(-3)} at ${item.writtenAt}`);
  const times = (item: Written): number => stored.get(item.externalId) ?? 0;
  verdicts.none(
    'every webhook was answered 200 in the end',
    wrong((w) => w.deliveredAt === null),
  );
  verdicts.none(
    'what was answered 200 is stored once or was dropped, never both',
    ledger.written
      .filter((w) => w.deliveredAt !== null && times(w) + (wasDropped(w.externalId) ? 1 : 0) !== 1)
      .map(
        (w) =>
          `${w.phone.slice(-3)} at ${w.writtenAt}, delivered at ${w.deliveredAt}: stored ${times(w)} times, ` +
          (wasDropped(w.externalId) ? 'dropped' : 'not dropped'),
      ),
  );
  verdicts.none(
    'what was dropped was written or delivered during a block',
    wrong((w) => wasDropped(w.externalId) && !wasBlocked(evidence, w)),
  );
};

/** Withheld when its sender was blocked before it was here; else it is, byte for byte. */
const checkPictures = (verdicts: Verdicts, evidence: Evidence): void => {
  const { ledger, pictures, blocks } = evidence;
  const phones = new Map(ledger.written.map((one) => [one.externalId, one.phone]));
  const mayBeWithheld = new Set(blocks.map(({ phone }) => phone));
  const isRight = ({ externalId, state, isWhole }: PictureRow): boolean =>
    state === 'ready'
      ? isWhole
      : state === 'withheld' && mayBeWithheld.has(phones.get(externalId ?? '') ?? '');
  verdicts.none(
    'every picture is here whole, or withheld because of a block',
    pictures.filter((one) => !isRight(one)).map(({ state, isWhole }) => `${state} ${isWhole}`),
  );
  const came = pictures.filter(({ direction }) => direction === 'in');
  const here = came.filter(({ state }) => state === 'ready').length;
  verdicts.holds(
    'pictures came through the crashes',
    here * 25 >= ledger.written.length,
    `${here} of ${came.length}`,
  );
  checkPicturesSent(verdicts, evidence);
};

/** What left with a picture left with the one that was given, and nothing else did. */
const checkPicturesSent = (verdicts: Verdicts, { ledger, outbox, digestSent }: Evidence): void => {
  const given = new Map(ledger.accepted.map((one) => [one.messageId, one.sha256]));
  const isOther = (sent: SentMessage): boolean =>
    (given.get(sent.biz_opaque_callback_data ?? '') ?? undefined) !== digestSent(sent);
  verdicts.none(
    'every picture that left is the one that was given',
    outbox.filter(isOther).map(({ type, answer }) => `${type} ${answer}`),
  );
  const left = outbox.filter((sent) => digestSent(sent) !== undefined).length;
  verdicts.holds(
    'pictures left through the crashes',
    left * 50 >= ledger.accepted.length,
    `${left} of ${ledger.accepted.length} messages`,
  );
};

const checkOutbox = (verdicts: Verdicts, { ledger, outbox }: Evidence): void => {
  const ids = outbox.map((sent) => sent.biz_opaque_callback_data ?? 'none');
  const known = new Set(ledger.accepted.map((one) => one.messageId));
  verdicts.none('nothing reached WhatsApp twice', repeated(ids));
  verdicts.none(
    'nothing reached WhatsApp that nobody sent',
    ids.filter((id) => !known.has(id)),
  );
};

/** How a message must have ended; undefined when it ended so. */
const faultOf = (
  one: Accepted,
  row: MessageRow | undefined,
  hasLeft: boolean,
  muted: 'told' | 'untold' | undefined,
): string | undefined => {
  const status = row?.status ?? 'lost';
  const hasArrived = ['sent', 'delivered', 'read', 'played'].includes(status);
  const told = `${one.messageId} is ${status}`;
  if (['lost', 'queued', 'sending'].includes(status)) {
    return told;
  }
  if (status === 'failed' && row?.errorCode === null) {
    return `${told} without a reason`;
  }
  if (muted === 'untold') {
    return status === 'unknown' ? undefined : `${told}, but nobody can know`;
  }
  if (
    hasLeft !== hasArrived &&
    !(status === 'unknown' && !hasLeft) &&
    !(status === 'failed' && !hasLeft)
  ) {
    return `${told}, but WhatsApp ${hasLeft ? 'took it' : 'never had it'}`;
  }
  return undefined;
};

const checkSends = (verdicts: Verdicts, { ledger, messages, outbox }: Evidence): void => {
  const rows = new Map(messages.map((row) => [row.id, row]));
  const left = new Set(outbox.map((sent) => sent.biz_opaque_callback_data));
  verdicts.none(
    'every accepted message has an end: sent, failed with a reason, or unknown',
    ledger.accepted
      .map((one) =>
        faultOf(
          one,
          rows.get(one.messageId),
          left.has(one.messageId),
          ledger.muted.get(one.messageId),
        ),
      )
      .filter((fault) => fault !== undefined),
  );
  const accepted = new Set(ledger.accepted.map((one) => one.messageId));
  const isRefusal = (row: MessageRow): boolean =>
    row.status === 'failed' && row.errorCode === 'contact-blocked';
  const outbound = messages.filter((row) => row.direction === 'out');
  verdicts.none(
    'no key made two messages',
    repeated(outbound.flatMap((row) => (row.text === null ? [] : [row.text]))),
  );
  verdicts.none(
    'no message stands in the history that no request was answered with',
    outbound.filter((row) => !accepted.has(row.id) && !isRefusal(row)).map((row) => row.id),
  );
};

const checkBlocks = (verdicts: Verdicts, { ledger, outbox }: Evidence): void => {
  const acceptedAt = new Map(ledger.accepted.map((one) => [one.messageId, one.acceptedAt]));
  const leftDuring = (span: BlockSpan): string[] =>
    outbox.flatMap((sent) => {
      const id = sent.biz_opaque_callback_data ?? '';
      const at = Date.parse(sent.at);
      const isHers = (sent.to ?? sent.waId) === span.phone && at > span.answeredAt;
      const isDuring = at < (span.liftAskedAt ?? Number.POSITIVE_INFINITY);
      const isFromBefore = (acceptedAt.get(id) ?? Number.POSITIVE_INFINITY) < span.askedAt;
      return isHers && (isDuring || isFromBefore) && !span.stillOnWire.includes(id) ? [id] : [];
    });
  verdicts.none(
    'nothing left for a blocked contact, nor afterwards what was accepted before the block',
    ledger.blocks.flatMap(leftDuring),
  );
};

/** Everything that must hold once all is quiet again. */
export const checkEvidence = (verdicts: Verdicts, evidence: Evidence): void => {
  checkInbound(verdicts, evidence);
  checkPictures(verdicts, evidence);
  checkOutbox(verdicts, evidence);
  checkSends(verdicts, evidence);
  checkBlocks(verdicts, evidence);
  verdicts.none('no answer contradicted another', evidence.ledger.contradictions);
};
