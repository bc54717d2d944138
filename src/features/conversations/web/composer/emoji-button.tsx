import { Smile } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';
import { Popover } from '#platform/web/ui/popover.tsx';

const EmojiPicker = lazyPopup(
  () => import('./emoji-picker.tsx'),
  (file) => file.EmojiPicker,
);

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
      <EmojiPicker
        whileLoading={<div className="h-80 w-[19rem]" />}
        onFailed={() => setOpen(false)}
        onPick={(emoji) => {
          setOpen(false);
          onPick(emoji);
        }}
      />
    </Popover>
  );
}
