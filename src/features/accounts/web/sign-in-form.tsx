import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { check, looksLikeEmail } from './form-checks.ts';
import { signIn } from './session.ts';
import { SignInProblem, useWait } from './sign-in-problem.tsx';
import { usePasswordWords } from './use-password-words.ts';

/** E-mail and password; `onSignedIn` leads into the house. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('accounts');
  const passwordWords = usePasswordWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [wasTried, setTried] = useState(false);
  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: onSignedIn,
  });
  const wait = useWait(attempt.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!looksLikeEmail(email) || !password) focusFirstError('form');
    else if (!attempt.isPending && wait === 0) attempt.mutate();
  };
  return (
    <EntryFrame title={t('sign-in.title')} lead={t('sign-in.lead')} footer={t('sign-in.forgotten')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          type="email"
          label={t('fields.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={check(wasTried, looksLikeEmail(email), t('missing.email'))}
        />
        <PasswordField
          label={t('fields.password')}
          autoComplete="current-password"
          words={passwordWords}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={check(wasTried, password !== '', t('missing.password'))}
        />
        {/* Room for one line, so that the button stays where the hand is. */}
        <div className="-my-2 min-h-[18px]">
          <SignInProblem error={attempt.error} wait={wait} />
        </div>
        <Button
          type="submit"
          variant="primary"
          className="h-10"
          isBusy={attempt.isPending}
          aria-disabled={wait > 0}
        >
          {attempt.isPending ? t('sign-in.working') : t('sign-in.submit')}
        </Button>
      </form>
    </EntryFrame>
  );
}
