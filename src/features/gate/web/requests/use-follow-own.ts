import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useCanAsk } from '../can-block.ts';
import { useAcknowledgeRequest, useOwnRequests } from './api.ts';

const decidedFor = 12_000;

const nameOf = ({ contactName, contactPhone }: BlockRequest) =>
  personTitle(contactName, contactPhone);

/** Says once a visit what was decided; a refusal also stands in its conversation until the person has read it. */
function useTellDecided(): (decided: readonly BlockRequest[]) => void {
  const { t } = useTranslation('requests');
  const acknowledge = useAcknowledgeRequest();
  const tellRefused = (request: BlockRequest) => {
    const said = request.answer ? ` “${request.answer}”` : '';
    showToast(`${t('toast.refused', { name: nameOf(request) })}${said}`, {
      milliseconds: decidedFor,
      action: { label: t('understood'), onAct: () => acknowledge.mutate(request.id) },
    });
  };
  const tellApproved = (requests: readonly BlockRequest[]) => {
    const [first, second] = requests;
    if (!first) return;
    const said = second
      ? t('toast.approved-several', { count: requests.length })
      : t('toast.approved', { name: nameOf(first) });
    showToast(said, {
      milliseconds: decidedFor,
      // A blocked conversation is in no list of the asker: nowhere else would they say that they know.
      onSeen: () => {
        for (const { id } of requests) acknowledge.mutate(id);
      },
    });
  };
  return (decided) => {
    for (const request of decided.filter(({ state }) => state === 'refused')) tellRefused(request);
    tellApproved(decided.filter(({ state }) => state === 'approved'));
  };
}

/**
 * Follows what this person asked for, wherever they are in the product: tells the lists for whom they wait, and says it
 * when the administration has decided, also while they were away. Mounted once, by the shell.
 */
export function useFollowOwnRequests(onAsked: (contactIds: ReadonlySet<string>) => void): void {
  const own = useOwnRequests(useCanAsk()).data;
  const told = useRef(new Set<string>());
  const tell = useTellDecided();
  const latest = useRef({ onAsked, tell });
  latest.current = { onAsked, tell };
  useEffect(() => {
    if (!own) return;
    const open = own.filter((request) => request.state === 'open');
    latest.current.onAsked(new Set(open.map((request) => request.contactId)));
    const decided = own.filter(({ id, state }) => state !== 'open' && !told.current.has(id));
    for (const { id } of decided) told.current.add(id);
    latest.current.tell(decided);
  }, [own]);
}
