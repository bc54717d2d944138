import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useCanAsk } from '../can-block.ts';
import { useAcknowledgeRequest, useOwnRequests } from './api.ts';

const decidedFor = 12_000;

/** Says once a visit what was decided; a refusal also stands in its conversation until the person has read it. */
function useTellDecision(): (request: BlockRequest) => void {
  const { t } = useTranslation('requests');
  const acknowledge = useAcknowledgeRequest();
  return ({ id, state, answer, contactName, contactPhone }) => {
    if (state === 'open') return;
    const name = personTitle(contactName, contactPhone);
    const said = answer ? ` “${answer}”` : '';
    const understood = { label: t('understood'), onAct: () => acknowledge.mutate(id) };
    showToast(`${t(`toast.${state}`, { name })}${said}`, {
      milliseconds: decidedFor,
      ...(state === 'refused' && { action: understood }),
    });
    // A blocked conversation is in no list of the asker: nowhere else would they say that they know.
    if (state === 'approved') acknowledge.mutate(id);
  };
}

/**
 * Follows what this person asked for, wherever they are in the product: tells the lists for whom they wait, and says it
 * when the administration has decided, also while they were away. Mounted once, by the shell.
 */
export function useFollowOwnRequests(onAsked: (contactIds: ReadonlySet<string>) => void): void {
  const own = useOwnRequests(useCanAsk()).data;
  const told = useRef(new Set<string>());
  const tell = useTellDecision();
  const latest = useRef({ onAsked, tell });
  latest.current = { onAsked, tell };
  useEffect(() => {
    if (!own) return;
    const open = own.filter((request) => request.state === 'open');
    latest.current.onAsked(new Set(open.map((request) => request.contactId)));
    for (const request of own) {
      if (request.state === 'open' || told.current.has(request.id)) continue;
      told.current.add(request.id);
      latest.current.tell(request);
    }
  }, [own]);
}
