import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Segmented } from '#platform/web/ui/choices.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import type { Item } from '../links.ts';
import { RepeatNote } from './repeat-note.tsx';
import { SameBytesList } from './same-bytes.tsx';
import { alsoOf, type Choice, type Decision } from './use-decision.ts';

/** *Remover* or *Manter*: neither until somebody chooses. */
export function ItemChoice({
  request,
  item,
  decision,
}: {
  request: RemovalRequest;
  item: Item;
  decision: Decision;
}) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const { messageId, proposedBy } = item;
  const isMine = proposedBy !== null && proposedBy.id === memberId;
  const value = decision.draft.choices[messageId] ?? null;
  return (
    <div className="flex flex-col gap-2 border-t border-hairline px-3 pt-2.5 pb-3">
      <RepeatNote requestId={request.id} item={item} />
      {proposedBy && (
        <p className="flex items-start gap-2 text-preview">
          <UsersRound aria-hidden="true" className="mt-0.5 size-4 text-ink-faint" />
          <span className="min-w-0">
            {isMine ? t('two.mine') : t('two.proposed-by', { name: proposedBy.name })}
          </span>
        </p>
      )}
      <div className="w-64 max-w-full">
        <Segmented<Choice>
          legend={<span className="sr-only">{t('choice.legend')}</span>}
          value={value}
          onChange={(choice) => decision.choose(messageId, choice)}
          options={[
            { value: 'remove', label: t('choice.remove'), disabled: isMine && request.needsTwo },
            { value: 'keep', label: t('choice.keep') },
          ]}
        />
      </div>
      {item.sameBytes > 0 && (
        <SameBytesList
          requestId={request.id}
          item={item}
          ticked={alsoOf(decision.draft, item)}
          onTick={(ids) => decision.tick(messageId, ids)}
          isGoing={value === 'remove'}
        />
      )}
    </div>
  );
}
