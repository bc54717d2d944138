import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { getPreference, usePreference } from '#platform/web/preferences.ts';
import { onAskedAbout } from '../data/asked-about.ts';
import { tellLook } from '../data/looked-at.ts';
import { useOpenConversationId } from '../data/open-conversation.ts';
import { usePreviewText } from '../thread/message-words.ts';
import { useAttention } from '../thread/use-attention.ts';
import {
  closeAllNotifications,
  closeNotificationsOf,
  switchNotifications,
  wordNotifications,
} from './follow.ts';

/**
 * Notifications on the desktop, for as long as somebody is signed in.
 * @param open goes to the conversation whose notification was clicked
 */
export function useNotifications(open: (conversationId: string) => void): void {
  const [isOn] = usePreference('notifications');
  useEffect(() => switchNotifications(isOn), [isOn]);
  useWording();
  useLook();
  useEffect(() => onAskedAbout(closeNotificationsOf), []);
  useEffect(() => {
    const { serviceWorker } = navigator;
    if (!isOn || !serviceWorker) return;
    const hear = ({ data }: MessageEvent) => {
      if (typeof data?.openConversation === 'string') open(data.openConversation);
    };
    serviceWorker.addEventListener('message', hear);
    return () => serviceWorker.removeEventListener('message', hear);
  }, [isOn, open]);
}

function useWording(): void {
  const { t } = useTranslation('conversations');
  const [isTextShown] = usePreference('notificationText');
  const preview = usePreviewText();
  useEffect(() => {
    wordNotifications({ isTextShown, preview, from: (name) => t('list.new-from', { name }) });
  });
  useEffect(() => () => wordNotifications(null), []);
}

/** What is looked at here is not told of by the other tabs, neither by a notification nor by the tone. */
function useLook(): void {
  const isAttentive = useAttention();
  const openId = useOpenConversationId();
  const lookedAt = isAttentive ? openId : null;
  useEffect(() => (lookedAt === null ? undefined : tellLook(lookedAt)), [lookedAt]);
}

/** At the end of a session, also of one that ended while no page was open, and when they are switched off. */
export function closeNotifications(): void {
  switchNotifications(getPreference('notifications'));
  closeAllNotifications();
}
