import { useTranslation } from 'react-i18next';
import type { RemovalRequest } from '../../../contract.ts';
import type { Item } from '../links.ts';
import { RemoveOrKeep } from './remove-or-keep.tsx';
import { RepeatNote } from './repeat-note.tsx';
import { SameBytesList } from './same-bytes.tsx';
import { alsoOf, type Decision } from './use-decision.ts';

/** *Remover* or *Manter* one message, and what else has its file. */
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
  const { messageId, proposedBy } = item;
  const value = decision.draft.choices[messageId] ?? null;
  return (
    <div className="flex flex-col gap-2 border-t border-hairline px-3 pt-2.5 pb-3">
      <RepeatNote requestId={request.id} item={item} />
      <RemoveOrKeep
        legend={t('choice.legend')}
        request={request}
        proposedBy={proposedBy}
        value={value}
        onChange={(choice) => decision.choose(messageId, choice)}
      />
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
