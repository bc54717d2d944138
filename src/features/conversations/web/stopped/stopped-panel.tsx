import { ShieldBan } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract.ts';
import { StoppedList } from './stopped-list.tsx';
import { WithStoppedWords } from './with-stopped-words.tsx';

interface StoppedPanelProps {
  contactId: string;
  messages: readonly Message[];
}

/** Stays above the composer until each one is sent or discarded. */
export function StoppedPanel(props: StoppedPanelProps) {
  return (
    <WithStoppedWords>
      <Panel {...props} />
    </WithStoppedWords>
  );
}

function Panel({ contactId, messages }: StoppedPanelProps) {
  const { t } = useTranslation('stopped');
  return (
    <div className="px-4 pb-2 max-md:px-2">
      <section
        aria-label={t('title')}
        className="mx-auto max-w-[752px] rounded-card border border-hairline bg-sunken px-4 py-2.5"
      >
        <div className="grid grid-cols-[auto_1fr] gap-x-3">
          <ShieldBan aria-hidden="true" className="mt-px text-ink-soft" />
          <div>
            <p role="status" className="text-body font-medium">
              {t('count', { count: messages.length })}
            </p>
            <p className="text-meta text-ink-soft">{t('hint')}</p>
          </div>
        </div>
        <div className="mt-1 max-h-[30vh] overflow-y-auto md:pl-[30px]">
          <StoppedList contactId={contactId} messages={messages} />
        </div>
      </section>
    </div>
  );
}
