import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { Block } from '../contract.ts';
import { useActiveBlock } from './api.ts';
import { useWhyWords } from './upstream-words.ts';

/** How a block stands at WhatsApp: the state, when it was last tried, and why. The number is named where there are several. */
export function UpstreamLines({
  upstream,
  isBrief = false,
}: {
  upstream: Block['upstream'];
  isBrief?: boolean;
}) {
  const { t } = useTranslation('upstream');
  const format = useFormat();
  const whyWords = useWhyWords();
  if (upstream.length === 0) return <span className="text-ink-soft">{t('nowhere')}</span>;
  return (
    <ul className="flex flex-col gap-1.5">
      {upstream.map((on) => {
        const state = t(`states.${on.state}`);
        const why = whyWords(on);
        return (
          <li key={on.channelId} {...(isBrief && why && { title: why })}>
            <span className="break-words">
              {upstream.length > 1 ? t('on', { channel: on.channelName, state }) : state}
            </span>
            {on.triedAt && (
              <span className="block text-meta text-ink-soft tabular-nums">
                {t('tried', { at: format.short(on.triedAt) })}
              </span>
            )}
            {!isBrief && why && <span className="block text-meta text-ink-faint">{why}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** In the safety zone of a blocked contact, for whoever may know. */
export function UpstreamOfContact({ contactId }: { contactId: string }) {
  const { t } = useTranslation('upstream');
  const { data } = useActiveBlock(contactId, true);
  if (!data?.block) return null;
  return (
    <div className="border-t border-hairline pt-2.5">
      <h4 className="mb-1 text-meta font-medium text-ink-soft">{t('layer')}</h4>
      <div className="text-preview">
        <UpstreamLines upstream={data.block.upstream} />
      </div>
    </div>
  );
}
