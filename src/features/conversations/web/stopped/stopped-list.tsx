import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { Message } from '../../contract.ts';
import { useAuthorText, usePreviewText } from '../thread/message-words.ts';
import { useDecideStopped } from './use-stopped.ts';

/** Each with what can be done about it. */
export function StoppedList({
  contactId,
  messages,
}: {
  contactId: string;
  messages: readonly Message[];
}) {
  return (
    <ul className="flex flex-col divide-y divide-hairline">
      {messages.map((message) => (
        <Row key={message.id} contactId={contactId} message={message} />
      ))}
    </ul>
  );
}

function Row({ contactId, message }: { contactId: string; message: Message }) {
  const { t } = useTranslation('stopped');
  const { t: words } = useTranslation('conversations');
  const format = useFormat();
  const me = useMe();
  const decide = useDecideStopped(contactId);
  const previewText = usePreviewText();
  const author = useAuthorText()(message, me.name) ?? words('message.you');
  const text = previewText(message);
  const verb = decide.isPending ? decide.variables.verb : null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-[1_1_14rem]">
        <p className="line-clamp-2 text-body break-words">{text}</p>
        <p className="text-meta text-ink-soft tabular-nums">
          {t('written-by', { name: author, at: format.short(message.at) })}
        </p>
        <ProblemLine error={decide.error} />
      </div>
      <div className="flex gap-1 max-md:-ml-2.5">
        <Button
          size="sm"
          variant="quiet"
          isBusy={verb === 'discard'}
          aria-disabled={verb !== null}
          aria-label={t('discard-name', { text })}
          onClick={() => verb ?? decide.mutate({ id: message.id, verb: 'discard' })}
        >
          {t('discard')}
        </Button>
        {!message.withheld && (
          <Button
            size="sm"
            isBusy={verb === 'send'}
            aria-disabled={verb !== null}
            aria-label={t('send-name', { text })}
            onClick={() => verb ?? decide.mutate({ id: message.id, verb: 'send' })}
          >
            {t('send')}
          </Button>
        )}
      </div>
    </li>
  );
}
