import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { StillListed as Listed } from '../contract.ts';
import { useActiveBlock } from './api.ts';
import { useCodeWords } from './upstream-words.ts';

/**
 * Of somebody who is not blocked here: on which lists of WhatsApp's they are all the same, and so cannot write to us. An
 * unblock that WhatsApp has not carried out is said to whoever made it.
 */
export function StillListed({ contactId }: { contactId: string }) {
  const { t } = useTranslation('upstream');
  const { data } = useActiveBlock(contactId, true);
  if (!data?.stillListed.length) return null;
  return (
    <section aria-label={t('layer')} className="border-t border-hairline pt-2.5">
      <h4 className="mb-1 text-meta font-medium text-ink-soft">{t('layer')}</h4>
      <ul className="flex flex-col gap-1.5 text-preview">
        {data.stillListed.map((on) => (
          <Line key={on.channelId} on={on} />
        ))}
      </ul>
    </section>
  );
}

function Line({ on }: { on: Listed }) {
  const { t } = useTranslation('upstream');
  const format = useFormat();
  const codeWords = useCodeWords();
  const channel = on.channelName;
  return (
    <li>
      <span className="break-words">
        {t(on.isRemoving ? 'still-listed.removing' : 'still-listed.stays', { channel })}
      </span>
      {on.triedAt && (
        <span className="block text-meta text-ink-soft tabular-nums">
          {t('tried', { at: format.short(on.triedAt) })}
        </span>
      )}
      {!on.isRemoving && (
        <span className="block text-meta text-ink-faint">
          {on.code && `${codeWords(on.code)} `}
          {t('still-listed.where')}
        </span>
      )}
    </li>
  );
}
