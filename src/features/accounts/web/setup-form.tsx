import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '#platform/web/http.ts';
import { changeLanguage } from '#platform/web/i18n/start-i18n.ts';
import { setPreference } from '#platform/web/preferences.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { type SetupInput, useSetup, useSetupState } from './api.ts';
import { EntryFrame } from './entry-frame.tsx';
import { check, looksLikeEmail, shortestPassword } from './form-checks.ts';
import { languageOf } from './language-of.ts';
import { LanguageOptions } from './language-options.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import { usePasswordWords } from './use-password-words.ts';

/** The first workspace and its first administrator, opened by the code printed at start. */
export function SetupForm({
  code,
  signInPath,
  onDone,
}: {
  /** From the printed link, when it was opened. */
  code: string;
  signInPath: string;
  onDone: () => void;
}) {
  const { t } = useTranslation('accounts');
  const state = useSetupState();
  if (state.data && !state.data.needsSetup) {
    return (
      <EntryFrame title={t('setup.title')} lead={t('setup.closed')}>
        <a href={signInPath} className={buttonClass('primary')}>
          {t('setup.to-sign-in')}
        </a>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t('setup.title')} lead={t('setup.lead')} width="wide">
      {state.isError ? (
        <ErrorState
          title={t('settings.failed')}
          error={state.error}
          onRetry={() => void state.refetch()}
        />
      ) : (
        <Form code={code} onDone={onDone} />
      )}
    </EntryFrame>
  );
}

type Values = SetupInput;

/** A computer set to UTC is a server's or a careful person's: no shop lives there. */
const zoneHere = (): string => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return !zone || zone === 'UTC' || zone.startsWith('Etc/') ? 'America/Sao_Paulo' : zone;
};

const isWhole = (values: Values): boolean =>
  values.code.trim() !== '' &&
  values.workspaceName.trim() !== '' &&
  values.name.trim() !== '' &&
  looksLikeEmail(values.email) &&
  values.password.length >= shortestPassword;

function Form({ code, onDone }: { code: string; onDone: () => void }) {
  const { t, i18n } = useTranslation('accounts');
  const [wasTried, setTried] = useState(false);
  const setup = useSetup();
  const [values, setValues] = useState<Values>(() => ({
    code,
    workspaceName: '',
    name: '',
    email: '',
    password: '',
    locale: languageOf(i18n.language),
    timeZone: zoneHere(),
  }));
  const change = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isWhole(values)) focusFirstError('form');
    if (!isWhole(values) || setup.isPending) return;
    const cleaned = { ...values, code: values.code.trim(), email: values.email.trim() };
    setup.mutate(cleaned, { onSuccess: onDone, onError: () => focusFirstError('form') });
  };
  const isWrongCode = isProblem(setup.error, 'wrong-setup-code');
  const part = { values, change, wasTried };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t('fields.code')}
        hint={t('setup.code-hint')}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        value={values.code}
        onChange={(event) => change({ code: event.target.value })}
        error={
          check(wasTried, values.code.trim() !== '', t('missing.code')) ??
          (isWrongCode ? t('problem.wrong-setup-code') : undefined)
        }
      />
      <WorkspacePart {...part} />
      <PersonPart {...part} />
      {!isWrongCode && <ProblemLine error={setup.error} />}
      <Button type="submit" variant="primary" className="h-10" isBusy={setup.isPending}>
        {setup.isPending ? t('setup.working') : t('setup.submit')}
      </Button>
    </form>
  );
}

interface PartProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  wasTried: boolean;
}

function WorkspacePart({ values, change, wasTried }: PartProps) {
  const { t } = useTranslation('accounts');
  const chooseLanguage = (language: string) => {
    const locale = languageOf(language);
    change({ locale });
    setPreference('language', locale);
    void changeLanguage(locale);
  };
  return (
    <fieldset className="flex flex-col gap-4 border-t border-hairline pt-4">
      <legend className="float-left w-full text-body font-semibold">{t('setup.workspace')}</legend>
      <TextField
        label={t('fields.workspace-name')}
        autoComplete="organization"
        maxLength={120}
        value={values.workspaceName}
        onChange={(event) => change({ workspaceName: event.target.value })}
        error={check(wasTried, values.workspaceName.trim() !== '', t('missing.name'))}
      />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <SelectField
          label={t('fields.language')}
          value={values.locale}
          onChange={(event) => chooseLanguage(event.target.value)}
        >
          <LanguageOptions />
        </SelectField>
        <TimeZoneField value={values.timeZone} onChange={(timeZone) => change({ timeZone })} />
      </div>
    </fieldset>
  );
}

function PersonPart({ values, change, wasTried }: PartProps) {
  const { t } = useTranslation('accounts');
  const passwordWords = usePasswordWords();
  return (
    <fieldset className="flex flex-col gap-4 border-t border-hairline pt-4">
      <legend className="float-left w-full text-body font-semibold">{t('setup.you')}</legend>
      <TextField
        label={t('fields.name')}
        autoComplete="name"
        maxLength={120}
        value={values.name}
        onChange={(event) => change({ name: event.target.value })}
        error={check(wasTried, values.name.trim() !== '', t('missing.name'))}
      />
      <TextField
        type="email"
        label={t('fields.email')}
        autoComplete="username"
        value={values.email}
        onChange={(event) => change({ email: event.target.value })}
        error={check(wasTried, looksLikeEmail(values.email), t('missing.email'))}
      />
      <PasswordField
        label={t('fields.password')}
        hint={t('fields.password-hint')}
        autoComplete="new-password"
        words={passwordWords}
        maxLength={128}
        value={values.password}
        onChange={(event) => change({ password: event.target.value })}
        error={check(
          wasTried,
          values.password.length >= shortestPassword,
          t('missing.short-password'),
        )}
      />
    </fieldset>
  );
}
