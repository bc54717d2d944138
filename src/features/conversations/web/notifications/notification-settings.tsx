import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '#platform/web/preferences.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { showExample } from './desktop.ts';
import { useNotificationWords } from './notification-words.ts';
import { type Permission, usePermission } from './permission.ts';
import { closeNotifications } from './use-notifications.ts';

/** Notifications on the desktop: off until a person wants them at this browser and the browser allows them. */
export function NotificationSettings() {
  return (
    <WithWords words={useNotificationWords()}>
      <Settings />
    </WithWords>
  );
}

type State = Permission | 'asking' | 'not-answered';

function Settings() {
  const { t } = useTranslation('notifications');
  const [wanted, setWanted] = usePreference('notifications');
  const [isTextShown, setTextShown] = usePreference('notificationText');
  const [permission, ask] = usePermission();
  const [asked, setAsked] = useState<'asking' | 'not-answered' | null>(null);
  const isOn = wanted && permission === 'granted';
  const state: State = permission === 'default' ? (asked ?? 'default') : permission;
  const turnOn = async () => {
    if (permission !== 'granted') {
      setAsked('asking');
      const answer = await ask();
      setAsked('not-answered');
      if (answer !== 'granted') return;
    }
    setWanted(true);
  };
  const turnOff = () => {
    closeNotifications();
    setWanted(false);
  };
  return (
    <Card title={t('title')} description={t('lead')}>
      <div className="flex flex-col gap-5">
        <Switch
          label={t('switch')}
          hint={<span role="status">{t(`state.${state}`)}</span>}
          checked={isOn}
          disabled={!isOn && permission !== 'granted' && permission !== 'default'}
          onChange={(next) => (next ? void turnOn() : turnOff())}
        />
        <Switch
          label={t('text')}
          hint={t('text-hint')}
          checked={isTextShown}
          disabled={!isOn}
          onChange={setTextShown}
        />
        {isOn && <Example />}
      </div>
    </Card>
  );
}

/** The system of the computer has settings of its own, of which no page can know: only seeing one tells. */
function Example() {
  const { t } = useTranslation('notifications');
  const [hasFailed, setFailed] = useState(false);
  const show = () =>
    showExample(t('example.title'), t('example.body')).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button onClick={() => void show()}>{t('example.show')}</Button>
      <p role="status" className="min-w-0 flex-1 basis-60 text-preview text-ink-soft">
        {t(hasFailed ? 'example.failed' : 'example.hint')}
      </p>
    </div>
  );
}
