import { useTranslation } from 'react-i18next';
import { useContact } from '#features/contacts/web/index.ts';
import { useBlockAction, useCanBlock } from '#features/gate/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { BlockToo } from '../../block-too.tsx';
import { contactTitle } from '../request-facts.tsx';
import { type Decision, withoutBlock } from './use-decision.ts';

interface BlockPartProps {
  request: RemovalRequest;
  decision: Decision;
  isChecked: boolean;
}

/** A block that was wanted here goes with the box that wanted it, once somebody else has blocked. */
export function useUnlessBlocked(decision: Decision, { contactId }: RemovalRequest): Decision {
  const { data } = useContact(contactId);
  return data?.isBlocked ? { ...decision, draft: withoutBlock(decision.draft) } : decision;
}

/** Whoever blocks does it in the same step; whoever does not asks those who do. */
export function BlockPart(props: BlockPartProps) {
  const { t } = useTranslation('removals-desk');
  const canBlock = useCanBlock();
  const { data } = useContact(props.request.contactId);
  if (!data) return null;
  if (data.isBlocked) {
    return <p className="text-preview text-ink-soft">{t('block.already')}</p>;
  }
  return canBlock ? <BlockWithIt {...props} /> : <AskForBlock request={props.request} />;
}

function BlockWithIt({ decision, isChecked }: BlockPartProps) {
  const { t } = useTranslation('removals-desk');
  return (
    <BlockToo
      label={t('block.too')}
      hint={t('block.hint')}
      isWanted={decision.draft.wantsBlock}
      onChange={({ isWanted, block }) => decision.change({ wantsBlock: isWanted, block })}
      isChecked={isChecked}
    />
  );
}

function AskForBlock({ request }: { request: RemovalRequest }) {
  const { contactId, contactName } = request;
  const { label, icon, isDisabled, hint, run } = useBlockAction(contactId, false);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button
        icon={icon}
        disabled={isDisabled}
        onClick={() => run({ id: contactId, name: contactTitle(contactName) })}
      >
        {label}
      </Button>
      {hint && <span className="text-meta text-ink-faint">{hint}</span>}
    </div>
  );
}
