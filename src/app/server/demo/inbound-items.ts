import type { InboundItem, MessageItem } from '#channels/channel.ts';
import { type Labels, quotedId } from './play-labels.ts';
import type { PlayedTalk, PlayedTurn } from './play-talk.ts';
import type { Talk } from './talk.ts';

/** Where the customers write to. */
export interface Target {
  readonly workspaceId: string;
  readonly channelId: string;
}

const baseOf = (target: Target, talk: Talk, at: Date) => ({
  ...target,
  direction: 'in' as const,
  person: { phone: talk.phone },
  names: { profileName: talk.name },
  timestamp: Math.floor(at.getTime() / 1_000),
});

const messageOf = (
  target: Target,
  talk: Talk,
  line: PlayedTurn,
  labels: Labels,
): MessageItem | undefined => {
  if (line.kind !== 'theirs') {
    return undefined;
  }
  const { text, firstText, quotes, isForwarded, isFrequentlyForwarded } = line.turn;
  const reply = quotedId(labels, quotes);
  return {
    ...baseOf(target, talk, line.at),
    type: 'message',
    externalId: line.externalId,
    isHistory: false,
    content: {
      kind: 'text',
      text: firstText ?? text,
      ...(reply === null ? {} : { replyToExternalId: reply }),
      ...(isForwarded || isFrequentlyForwarded ? { isForwarded: true } : {}),
      ...(isFrequentlyForwarded ? { isFrequentlyForwarded } : {}),
    },
  };
};

/** What the customers wrote, oldest first. */
export const messagesOf = (
  target: Target,
  played: readonly PlayedTalk[],
  labels: Labels,
): MessageItem[] =>
  played
    .flatMap(({ talk, turns }) =>
      turns.flatMap((line) => messageOf(target, talk, line, labels) ?? []),
    )
    .sort((a, b) => a.timestamp - b.timestamp);

const actionOf = (target: Target, talk: Talk, line: PlayedTurn): InboundItem | undefined => {
  if (line.kind === 'done' || line.externalId === null) {
    return undefined;
  }
  const item = {
    ...baseOf(target, talk, new Date(line.at.getTime() + 40_000)),
    type: 'action' as const,
    externalId: `${line.externalId}A`,
    targetExternalId: line.externalId,
  };
  if (line.kind === 'theirs') {
    const isCorrected = line.turn.firstText !== undefined;
    return isCorrected ? { ...item, action: { kind: 'edit', text: line.turn.text } } : undefined;
  }
  const { reaction: emoji } = line.turn;
  return emoji === undefined ? undefined : { ...item, action: { kind: 'reaction', emoji } };
};

/** Their corrections of their own messages and their reactions to ours: both must be there before. */
export const actionsOf = (target: Target, played: readonly PlayedTalk[]): InboundItem[] =>
  played.flatMap(({ talk, turns }) => turns.flatMap((line) => actionOf(target, talk, line) ?? []));
