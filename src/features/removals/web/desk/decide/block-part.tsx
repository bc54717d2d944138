import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useContact } from '#features/contacts/web/index.ts';
import { BlockFields, useBlockAction, useCanBlock } from '#features/gate/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { contactTitle } from '../request-facts.tsx';
import type { Decision } from './use-decision.ts';

interface BlockPartProps {
  request: RemovalRequest;
  decision: Decision;
  isChecked: boolean;
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
  return canBlock ? <BlockToo {...props} /> : <AskForBlock request={props.request} />;
}

function BlockToo({ decision, isChecked }: BlockPartProps) {
  const { t } = useTranslation('removals-desk');
  const id = useId();
  const { wantsBlock } = decision.draft;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
        <input
          id={id}
          type="checkbox"
          checked={wantsBlock}
          aria-describedby={`${id}-hint`}
          onChange={(event) => decision.change({ wantsBlock: event.target.checked, block: null })}
          className="mt-0.5 size-[18px]"
        />
        <label htmlFor={id} className="font-medium">
          {t('block.too')}
        </label>
        <p id={`${id}-hint`} className="col-start-2 text-meta text-ink-faint">
          {t('block.hint')}
        </p>
      </div>
      {wantsBlock && (
        <div className="border-l-2 border-hairline pl-4">
          <BlockFields onChange={(block) => decision.change({ block })} isChecked={isChecked} />
        </div>
      )}
    </div>
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
