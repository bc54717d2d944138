import type { WayToSend } from '../src/features/gate/ways-to-send/contract.ts';

/** One place that may ask the gate, and why it has to. */
export interface CheckGateCaller {
  readonly file: string;
  readonly reason: string;
  /** What it sends, of whoever asks for outbound items: a block tells what it will stop of each (ways-to-send/contract.ts). */
  readonly ways?: readonly WayToSend[];
}

/**
 * The closed list of callers of `checkGate…`. One more caller is a second way in or out, so it needs
 * a line here, a reason, and a reviewer who agrees.
 */
export const CHECK_GATE_CALLERS: readonly CheckGateCaller[] = [
  {
    file: 'src/features/conversations/server/receive-messages.ts',
    reason: 'judges every inbound item before it is stored',
  },
  {
    file: 'src/features/conversations/server/receive-number-changes.ts',
    reason: 'judges a number change before the messages that may already come from the new number',
  },
  {
    file: 'src/features/conversations/server/send-message.ts',
    reason: 'judges an outbound item when it is accepted',
    ways: ['message'],
  },
  {
    file: 'src/features/conversations/server/mark-read.ts',
    reason: 'judges a read mark when it is asked for, so that it leaves under that epoch or never',
    ways: ['read-mark'],
  },
  {
    file: 'src/features/conversations/server/claim-dispatch.ts',
    reason: 'judges it again, under lock, right before it leaves',
    ways: ['message', 'read-mark'],
  },
  {
    file: 'src/features/conversations/server/link-card/judge-link.ts',
    reason:
      'judges whether a link that came with a message may be asked for, and again before its card is kept',
  },
  {
    file: 'src/features/media/server/judge-media.ts',
    reason: 'judges each request for a file that came with a message, and again before it is kept',
  },
];
