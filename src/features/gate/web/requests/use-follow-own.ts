import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useCanAsk } from '../can-block.ts';
import { useOwnRequests } from './api.ts';

const decidedFor = 12_000;

/**
 * Follows what this person asked for, wherever they are in the product: tells the lists for whom they wait, and says it
 * when the administration has decided. Mounted once, by the shell.
 */
export function useFollowOwnRequests(onAsked: (contactIds: ReadonlySet<string>) => void): void {
  const { t } = useTranslation('requests');
  const own = useOwnRequests(useCanAsk()).data;
  const waited = useRef(new Set<string>());
  const tell = useRef(onAsked);
  tell.current = onAsked;
  useEffect(() => {
    if (!own) return;
    const open = own.filter((request) => request.state === 'open');
    tell.current(new Set(open.map((request) => request.contactId)));
    for (const { id, state, answer, contactName, contactPhone } of own) {
      if (state === 'open' || !waited.current.has(id)) continue;
      const name = personTitle(contactName, contactPhone);
      const said = answer ? ` “${answer}”` : '';
      showToast(`${t(`toast.${state}`, { name })}${said}`, { milliseconds: decidedFor });
    }
    waited.current = new Set(open.map((request) => request.id));
  }, [own, t]);
}
