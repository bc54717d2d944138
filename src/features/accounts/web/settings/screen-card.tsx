import { useTranslation } from 'react-i18next';
import { themes, usePreference } from '#platform/web/preferences.ts';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';

/** What one person chooses for one browser; holds at once. */
export function ScreenCard() {
  const { t } = useTranslation('accounts');
  const [theme, setTheme] = usePreference('theme');
  const [sound, setSound] = usePreference('sound');
  const [keys, setKeys] = usePreference('keys');
  return (
    <Card title={t('profile.screen')} description={t('profile.screen-lead')}>
      <div className="flex flex-col gap-5">
        <Segmented
          legend={t('profile.theme')}
          value={theme}
          onChange={setTheme}
          options={themes.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
        />
        <Switch
          label={t('profile.sound')}
          hint={t('profile.sound-hint')}
          checked={sound}
          onChange={setSound}
        />
        <Switch
          label={t('profile.shortcuts')}
          hint={t('profile.shortcuts-hint')}
          checked={keys}
          onChange={setKeys}
        />
      </div>
    </Card>
  );
}
