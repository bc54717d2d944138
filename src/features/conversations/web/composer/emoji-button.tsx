import { Smile } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Popover } from '#platform/web/ui/popover.tsx';

const EmojiPicker = lazy(async () => {
  const { EmojiPicker: Picker } = await import('./emoji-picker.tsx');
  return { default: Picker };
});

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('conversations');
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label={t('composer.emoji')}
      side="top"
      align="start"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('composer.emoji')} icon={<Smile />} tooltipSide="top" />}
    >
      <Suspense fallback={<div className="h-80 w-[19rem]" />}>
        <EmojiPicker
          onPick={(emoji) => {
            setOpen(false);
            onPick(emoji);
          }}
        />
      </Suspense>
    </Popover>
  );
}
