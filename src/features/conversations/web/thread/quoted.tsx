import { useTranslation } from 'react-i18next';
import type { Message } from '../../contract.ts';
import { MediaKindIcon } from './media/kind-icon.tsx';
import { usePreviewText } from './message-words.ts';

type Quoted = NonNullable<Message['replyTo']>;

/** The message this one answers; a press goes to it. */
export function QuotedMessage({
  quoted,
  contactName,
  onJump,
}: {
  quoted: Quoted;
  contactName: string;
  onJump: (id: string) => void;
}) {
  const { t } = useTranslation('conversations');
  const previewText = usePreviewText();
  const words =
    quoted.type === null
      ? t('message.quoted-missing')
      : previewText({
          ...{ type: quoted.type, text: quoted.text, withheld: quoted.withheld },
          ...{ summary: quoted.summary, variant: quoted.variant },
          ...(quoted.direction && { direction: quoted.direction }),
        });
  const who = quoted.direction === 'in' ? contactName : t('message.you');
  const content = (
    <>
      <span className="sr-only">{t('message.quoted')} </span>
      {quoted.direction && (
        <span className="block truncate text-meta font-medium text-accent-ink">{who}</span>
      )}
      <span className="flex items-start gap-1 text-preview text-ink-soft">
        <MediaKindIcon
          type={quoted.type}
          withheld={quoted.withheld}
          className="mt-px [&_svg]:size-4"
        />
        <span className="line-clamp-2 min-w-0">{words}</span>
      </span>
    </>
  );
  const look =
    'mb-1.5 block w-full rounded-control border-l-[3px] border-accent bg-sunken px-2.5 py-1.5 text-left';
  const { id } = quoted;
  if (!id) return <div className={look}>{content}</div>;
  return (
    <button type="button" className={`${look} hover:bg-hover`} onClick={() => onJump(id)}>
      {content}
    </button>
  );
}
