import { AudioLines, FileText, Image, Plus, Sticker } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/web/ui/menu.tsx';
import { addFiles } from './add-files.ts';
import { acceptOf, type PickedKind } from './limits.ts';

const choices = [
  { words: 'attach.visual', icon: <Image />, kinds: ['image', 'video'] },
  { words: 'attach.document', icon: <FileText />, kinds: ['document'] },
  { words: 'attach.audio', icon: <AudioLines />, kinds: ['audio'] },
  { words: 'attach.sticker', icon: <Sticker />, kinds: ['sticker'] },
] as const satisfies readonly { words: string; icon: ReactNode; kinds: readonly PickedKind[] }[];

/**
 * What can go with a message beside text. `children` are further items, for what is no file: a place, a contact, a
 * template.
 */
export function AttachMenu({
  conversationId,
  onAdded,
  children,
}: {
  conversationId: string;
  onAdded: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation('media');
  const input = useRef<HTMLInputElement>(null);
  const choose = (kinds: readonly PickedKind[]) => {
    if (!input.current) return;
    input.current.accept = acceptOf(kinds);
    input.current.click();
  };
  return (
    <>
      <Menu
        side="top"
        align="start"
        trigger={<IconButton label={t('attach.menu')} icon={<Plus />} tooltipSide="top" />}
      >
        {choices.map(({ words, icon, kinds }) => (
          <MenuItem key={words} icon={icon} label={t(words)} onSelect={() => choose(kinds)} />
        ))}
        {children && <MenuSeparator />}
        {children}
      </Menu>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="attach-input"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file may be chosen again.
          target.value = '';
          void addFiles(conversationId, files).then(onAdded);
        }}
      />
    </>
  );
}
