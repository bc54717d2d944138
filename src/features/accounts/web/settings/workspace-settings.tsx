import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useUpdateWorkspace } from '../api.ts';
import { check } from '../form-checks.ts';
import { languageOf } from '../language-of.ts';
import { LanguageOptions } from '../language-options.tsx';
import { useMe } from '../me.ts';
import { TimeZoneField } from '../time-zone-field.tsx';

/** Name, language and time zone of the whole workspace; administrators only. */
export function WorkspaceSettings() {
  const { t } = useTranslation('accounts');
  const { workspace } = useMe();
  const [name, setName] = useState(workspace.name);
  const [locale, setLocale] = useState(workspace.locale);
  const [timeZone, setTimeZone] = useState(workspace.timeZone);
  const update = useUpdateWorkspace();
  const isFine = name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isFine || update.isPending) return;
    update.mutate(
      { name: name.trim(), locale, timeZone },
      { onSuccess: () => showToast(t('actions.saved')) },
    );
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('fields.workspace-name')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={check(true, isFine, t('missing.name'))}
        />
        <SelectField
          label={t('workspace.language')}
          hint={t('workspace.language-hint')}
          value={locale}
          onChange={(event) => setLocale(languageOf(event.target.value))}
        >
          <LanguageOptions />
        </SelectField>
        <TimeZoneField
          value={timeZone}
          onChange={setTimeZone}
          hint={t('workspace.time-zone-hint')}
        />
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
