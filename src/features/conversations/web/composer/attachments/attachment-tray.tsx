import { CircleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import {
  longestCaption,
  longestTray,
  type Refusal,
  removeFromTray,
  setCaption,
  setTray,
  type TrayItem,
  useTray,
} from '../../data/trays.ts';
import { clockText, useSizeText } from '../../thread/media/file-words.ts';
import { MediaKindIcon } from '../../thread/media/kind-icon.tsx';
import { hasCaption } from './send-tray.ts';

interface TrayProps {
  conversationId: string;
  onSend: () => void;
  /** Back to the field. */
  onLeave: () => void;
}

/** What is attached, each with its caption, and what could not be. */
export function AttachmentTray({ conversationId, onSend, onLeave }: TrayProps) {
  const { t } = useTranslation('media');
  const { items, refusals, isOverfull } = useTray(conversationId);
  return (
    <div className="px-2 pt-2">
      {items.length > 0 && (
        <ul aria-label={t('attach.tray')} className="max-h-[38vh] overflow-y-auto">
          {items.map((item) => (
            <TrayRow key={item.key} {...{ item, conversationId, onSend, onLeave }} />
          ))}
        </ul>
      )}
      {(refusals.length > 0 || isOverfull) && (
        <div role="alert" className="flex items-start gap-2 py-1.5 pl-1.5 text-preview">
          <CircleAlert aria-hidden="true" className="mt-px size-4 text-amber" />
          <div className="min-w-0 flex-1">
            {refusals.map((refusal) => (
              <RefusalLine key={refusal.key} refusal={refusal} />
            ))}
            {isOverfull && <p>{t('attach.too-many', { max: longestTray })}</p>}
          </div>
          <Dismiss onPress={() => setTray(conversationId, { refusals: [], isOverfull: false })} />
        </div>
      )}
    </div>
  );
}

function Dismiss({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation('platform');
  return <IconButton size="sm" label={t('close')} icon={<X />} onClick={onPress} />;
}

function RefusalLine({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation('media');
  const sizeText = useSizeText();
  const { name, why, kind, sizeBytes, maxBytes } = refusal;
  const facts = {
    name,
    size: sizeText(sizeBytes),
    max: sizeText(maxBytes),
    kind: kind ? t(`kind-plural.${kind}`) : '',
  };
  return <p className="break-words">{t(`refused.${why}`, facts)}</p>;
}

function TrayRow({
  item,
  conversationId,
  onSend,
  onLeave,
}: TrayProps & {
  item: TrayItem;
}) {
  const { t } = useTranslation('media');
  const sizeText = useSizeText();
  const { key, file, kind, durationSeconds } = item;
  const name = kind === 'voice' ? t('attach.voice-name') : file.name;
  const facts = [
    sizeText(file.size),
    durationSeconds !== null && kind !== 'image' && clockText(durationSeconds),
  ];
  return (
    <li className="flex items-center gap-2.5 py-1">
      <Preview item={item} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-preview">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="shrink-0 text-meta text-ink-faint tabular-nums">
            {facts.filter(Boolean).join(' · ')}
          </span>
        </p>
        {hasCaption(kind) && <Caption {...{ item, name, conversationId, onSend, onLeave }} />}
      </div>
      <IconButton
        size="sm"
        label={t('attach.remove', { name })}
        icon={<X />}
        onClick={() => {
          removeFromTray(conversationId, key);
          onLeave();
        }}
      />
    </li>
  );
}

function Preview({ item }: { item: TrayItem }) {
  const box = 'size-12 shrink-0 rounded-control bg-sunken object-cover';
  if (item.kind === 'image' || item.kind === 'sticker') {
    return <img src={item.url} alt="" className={box} />;
  }
  if (item.kind === 'video' && item.width) {
    return <video src={item.url} muted playsInline preload="metadata" className={box} />;
  }
  return (
    <span className={cx(box, 'grid place-items-center text-ink-soft')}>
      <MediaKindIcon type={item.kind} className="[&_svg]:size-5" />
    </span>
  );
}

function Caption({
  item,
  name,
  conversationId,
  onSend,
  onLeave,
}: TrayProps & { item: TrayItem; name: string }) {
  const { t } = useTranslation('media');
  const isTooLong = item.caption.length > longestCaption;
  return (
    <>
      <input
        type="text"
        value={item.caption}
        aria-label={t('attach.caption-of', { name })}
        aria-invalid={isTooLong || undefined}
        placeholder={t('attach.caption')}
        autoComplete="off"
        onChange={({ target }) => setCaption(conversationId, item.key, target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onSend();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            onLeave();
          }
        }}
        className="mt-0.5 h-7 w-full rounded-small border-b border-control-line bg-transparent px-0.5 text-body outline-offset-0"
      />
      {isTooLong && <Problem>{t('attach.caption-too-long', { max: longestCaption })}</Problem>}
    </>
  );
}
