import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useResetPassword } from './api.ts';
import { EntryFrame } from './entry-frame.tsx';
import { check, shortestPassword } from './form-checks.ts';
import { usePasswordWords } from './use-password-words.ts';

/** A new password by the link that an administrator or the command line made. */
export function ResetPasswordForm({ token, signInPath }: { token: string; signInPath: string }) {
  const { t } = useTranslation('accounts');
  const [wasTried, setTried] = useState(false);
  const [password, setPassword] = useState('');
  const passwordWords = usePasswordWords();
  const reset = useResetPassword();
  const toSignIn = (
    <a href={signInPath} className={buttonClass('primary')}>
      {t('reset.to-sign-in')}
    </a>
  );
  if (!token || reset.isSuccess) {
    return (
      <EntryFrame title={t('reset.title')} lead={t(token ? 'reset.done' : 'reset.broken')}>
        <div role="status">{toSignIn}</div>
      </EntryFrame>
    );
  }
  const isLongEnough = password.length >= shortestPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isLongEnough) focusFirstError('form');
    else if (!reset.isPending) reset.mutate({ token, newPassword: password });
  };
  return (
    <EntryFrame title={t('reset.title')} lead={t('reset.lead')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <PasswordField
          label={t('fields.new-password')}
          hint={t('fields.password-hint')}
          autoComplete="new-password"
          autoFocus
          words={passwordWords}
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={check(wasTried, isLongEnough, t('missing.short-password'))}
        />
        <ProblemLine error={reset.error} />
        <Button type="submit" variant="primary" className="h-10" isBusy={reset.isPending}>
          {reset.isPending ? t('reset.working') : t('reset.submit')}
        </Button>
      </form>
    </EntryFrame>
  );
}
