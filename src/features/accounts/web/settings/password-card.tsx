import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { Card } from '#platform/web/ui/page.tsx';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useChangePassword } from '../api.ts';
import { check, shortestPassword } from '../form-checks.ts';
import { useMe } from '../me.ts';
import { SignInProblem, useWait } from '../sign-in-problem.tsx';
import { usePasswordWords } from '../use-password-words.ts';

export function PasswordCard() {
  const { t } = useTranslation('accounts');
  const me = useMe();
  const passwordWords = usePasswordWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [wasTried, setTried] = useState(false);
  const change = useChangePassword();
  const wait = useWait(change.error);
  const isLongEnough = next.length >= shortestPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!current || !isLongEnough) focusFirstError('form');
    if (!current || !isLongEnough || change.isPending || wait > 0) return;
    change.mutate(
      { currentPassword: current, newPassword: next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          setTried(false);
          showToast(t('profile.password-changed'));
        },
      },
    );
  };
  return (
    <Card title={t('profile.password-title')} description={t('profile.password-lead')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {/* For password managers: whose password this is. */}
        <input type="hidden" autoComplete="username" value={me.email ?? ''} readOnly />
        <PasswordField
          label={t('fields.current-password')}
          autoComplete="current-password"
          words={passwordWords}
          maxLength={128}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={check(wasTried, current !== '', t('missing.password'))}
        />
        <PasswordField
          label={t('fields.new-password')}
          hint={t('fields.password-hint')}
          autoComplete="new-password"
          words={passwordWords}
          maxLength={128}
          value={next}
          onChange={(event) => setNext(event.target.value)}
          error={check(wasTried, isLongEnough, t('missing.short-password'))}
        />
        <SignInProblem error={change.error} wait={wait} />
        <div>
          <Button type="submit" isBusy={change.isPending} aria-disabled={wait > 0}>
            {t('profile.change-password')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
