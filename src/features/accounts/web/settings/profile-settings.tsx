import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames } from '#platform/web/i18n/languages.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useUpdateProfile } from '../api.ts';
import { check } from '../form-checks.ts';
import { languageOf } from '../language-of.ts';
import { LanguageOptions } from '../language-options.tsx';
import { useMe } from '../me.ts';
import { PasswordCard } from './password-card.tsx';
import { ScreenCard } from './screen-card.tsx';
import { SessionCard } from './session-card.tsx';

/** A person's own name, language, password and screen; what other features let one choose; and last the way out. */
export const ProfileSettings = ({ children }: { children?: ReactNode }) => (
  <>
    <YouCard />
    <PasswordCard />
    <ScreenCard />
    {children}
    <SessionCard />
  </>
);

function YouCard() {
  const { t, i18n } = useTranslation('accounts');
  const me = useMe();
  const [name, setName] = useState(me.name);
  const [locale, setLocale] = useState(me.locale);
  const update = useUpdateProfile();
  const isFine = name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isFine || update.isPending) return;
    update.mutate(
      { name: name.trim(), locale },
      {
        // In the language that was just chosen.
        onSuccess: () => showToast(i18n.t('actions.saved', { ns: 'accounts' })),
      },
    );
  };
  return (
    <Card title={t('profile.you')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('fields.name')}
          autoComplete="name"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={check(true, isFine, t('missing.name'))}
        />
        <TextField
          label={t('fields.email')}
          hint={t('profile.email-fixed')}
          readOnly
          className="bg-sunken"
          value={me.email ?? ''}
        />
        <SelectField
          label={t('profile.language')}
          value={locale ?? ''}
          onChange={(event) =>
            setLocale(event.target.value ? languageOf(event.target.value) : null)
          }
        >
          <option value="">
            {t('profile.follow-workspace', { language: languageNames[me.workspace.locale] })}
          </option>
          <LanguageOptions />
        </SelectField>
        <ProblemLine error={update.error} />
        <div>
          <Button type="submit" variant="primary" isBusy={update.isPending}>
            {t('actions.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
