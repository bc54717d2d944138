import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation, Message } from '../../contract.ts';
import { runConversationAction } from '../data/actions.ts';
import { firstUnread } from './thread-rows.ts';
import { useAttention } from './use-attention.ts';

/**
 * Where the line *Novas mensagens* stands, and telling the server that it was read: when the thread is opened, and from
 * then on while its end is in sight and somebody can be looking.
 */
export function useUnread(conversation: Conversation, messages: readonly Message[]) {
  const { id, unreadCount, isBlocked } = conversation;
  const client = useQueryClient();
  const isAttentive = useAttention();
  const [isAtEnd, setAtEnd] = useState(true);
  // Computed while drawing for the first time, so that the thread opens with its line in place.
  const [firstUnreadId, setFirstUnreadId] = useState(() => firstUnread(messages, unreadCount));
  const wasAttentive = useRef(isAttentive);
  const isBusy = useRef(false);
  /** Something came while the server was being told. */
  const isBehind = useRef(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const cameBack = isAttentive && !wasAttentive.current;
    wasAttentive.current = isAttentive;
    if (cameBack && unreadCount > 0) setFirstUnreadId(firstUnread(messages, unreadCount));
  }, [isAttentive, messages, unreadCount]);

  useEffect(() => {
    if (!isAttentive || !isAtEnd || isBlocked || unreadCount === 0) return;
    isBehind.current = isBusy.current;
    if (isBusy.current) return;
    isBusy.current = true;
    // A failure is silent: the counter simply stays until the next look.
    runConversationAction(client, id, { kind: 'read' })
      .catch(() => undefined)
      .finally(() => {
        isBusy.current = false;
        if (isBehind.current) setTurn(turn + 1);
      });
  }, [isAttentive, isAtEnd, isBlocked, unreadCount, id, client, turn]);

  return {
    firstUnreadId,
    onAtEnd: setAtEnd,
    forget: useCallback(() => setFirstUnreadId(null), []),
  };
}
