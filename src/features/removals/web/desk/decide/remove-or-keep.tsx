import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Segmented } from '#platform/web/ui/choices.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import type { Item } from '../links.ts';
import type { Choice } from './use-decision.ts';

/** *Remover* or *Manter*: neither until somebody chooses; and who has said so before, where two must. */
export function RemoveOrKeep({
  legend,
  request,
  proposedBy,
  value,
  onChange,
}: {
  legend: string;
  request: RemovalRequest;
  proposedBy: Item['proposedBy'];
  value: Choice | null;
  onChange: (choice: Choice) => void;
}) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const isMine = proposedBy !== null && proposedBy.id === memberId;
  return (
    <>
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
          legend={<span className="sr-only">{legend}</span>}
          value={value}
          onChange={onChange}
          options={[
            { value: 'remove', label: t('choice.remove'), disabled: isMine && request.needsTwo },
            { value: 'keep', label: t('choice.keep') },
          ]}
        />
      </div>
    </>
  );
}
