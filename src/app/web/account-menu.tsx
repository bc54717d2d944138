import { LogOut, Volume2, VolumeX } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, useMe } from '#features/accounts/web/index.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { themes, usePreference } from '#platform/web/preferences.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#platform/web/ui/menu.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';

/** What the menu holds: the two things one changes in passing, and the way out. Fetched when first opened. */
export function AccountMenu({ trigger }: { trigger: ReactElement }) {
  const { t } = useTranslation('shell');
  const { t: words } = useTranslation('accounts');
  const me = useMe();
  const problemText = useProblemText();
  const [theme, setTheme] = usePreference('theme');
  const [sound, setSound] = usePreference('sound');
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      showToast(problemText(error).text);
    }
  };
  return (
    <Menu side="top" align="start" trigger={trigger} defaultOpen>
      <div className="px-2.5 pt-1.5 pb-2">
        <p className="truncate font-medium">{me.name}</p>
        <p className="truncate text-preview text-ink-faint">{me.email}</p>
      </div>
      <MenuSeparator />
      <MenuLabel>{words('profile.theme')}</MenuLabel>
      <MenuChoice
        label={words('profile.theme')}
        value={theme}
        onChange={setTheme}
        options={themes.map((value) => ({ value, label: words(`profile.themes.${value}`) }))}
      />
      <MenuSeparator />
      <MenuItem
        icon={sound ? <Volume2 /> : <VolumeX />}
        label={t(sound ? 'nav.sound-on' : 'nav.sound-off')}
        onSelect={() => setSound(!sound)}
      />
      <MenuItem icon={<LogOut />} label={t('nav.sign-out')} onSelect={() => void leave()} />
    </Menu>
  );
}
