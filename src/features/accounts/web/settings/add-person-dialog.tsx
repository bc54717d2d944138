import { Dices } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#platform/shared/role.ts';
import { isProblem } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { PasswordField } from '#platform/web/ui/password-field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useCreateMember } from '../api.ts';
import { check, looksLikeEmail, shortestPassword } from '../form-checks.ts';
import { randomPassword } from '../random-password.ts';
import { RoleField } from '../role-field.tsx';
import { usePasswordWords } from '../use-password-words.ts';

interface AddPersonProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface Person {
  name: string;
  email: string;
  role: Role;
  /** Empty when the person keeps the one they have in another workspace. */
  password: string;
}

/** A new person with an initial password, which is shown once more afterwards to be handed over. */
export function AddPersonDialog({ open, onOpenChange }: AddPersonProps) {
  const [added, setAdded] = useState<Person | null>(null);
  const props = { open, onOpenChange };
  return added ? <HandOver {...props} person={added} /> : <AddForm {...props} onAdded={setAdded} />;
}

function AddForm({
  open,
  onOpenChange,
  onAdded,
}: AddPersonProps & { onAdded: (person: Person) => void }) {
  const { t } = useTranslation('accounts');
  const [wasTried, setTried] = useState(false);
  const [person, setPerson] = useState<Person>({
    name: '',
    email: '',
    role: 'agent',
    password: '',
  });
  const change = (part: Partial<Person>) => setPerson((before) => ({ ...before, ...part }));
  const create = useCreateMember();
  const isWhole =
    person.name.trim() !== '' &&
    looksLikeEmail(person.email) &&
    person.password.length >= shortestPassword;
  const submit = () => {
    setTried(true);
    if (!isWhole) focusFirstError('[role=dialog]');
    if (!isWhole || create.isPending) return;
    const cleaned = { ...person, name: person.name.trim(), email: person.email.trim() };
    create.mutate(cleaned, {
      onSuccess: ({ keepsPassword }) =>
        onAdded(keepsPassword ? { ...cleaned, password: '' } : cleaned),
      onError: () => focusFirstError('[role=dialog]'),
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('people.add-title')}
      description={t('people.add-lead')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('actions.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending}>
            {t('people.add-submit')}
          </Button>
        </>
      }
    >
      <PersonFields person={person} change={change} wasTried={wasTried} error={create.error} />
    </Dialog>
  );
}

function PersonFields({
  person,
  change,
  wasTried,
  error,
}: {
  person: Person;
  change: (part: Partial<Person>) => void;
  wasTried: boolean;
  error: unknown;
}) {
  const { t } = useTranslation('accounts');
  const passwordWords = usePasswordWords();
  const isTaken = isProblem(error, 'email-taken');
  const isLongEnough = person.password.length >= shortestPassword;
  return (
    <div className="flex flex-col gap-4 py-1">
      <TextField
        label={t('fields.name')}
        autoComplete="off"
        maxLength={120}
        value={person.name}
        onChange={(event) => change({ name: event.target.value })}
        error={check(wasTried, person.name.trim() !== '', t('missing.name'))}
      />
      <TextField
        type="email"
        label={t('fields.email')}
        autoComplete="off"
        value={person.email}
        onChange={(event) => change({ email: event.target.value })}
        error={
          check(wasTried, looksLikeEmail(person.email), t('missing.email')) ??
          (isTaken ? t('problem.email-taken') : undefined)
        }
      />
      <RoleField value={person.role} onChange={(role) => change({ role })} />
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <PasswordField
            label={t('fields.initial-password')}
            hint={t('fields.password-hint')}
            autoComplete="new-password"
            words={passwordWords}
            maxLength={128}
            value={person.password}
            onChange={(event) => change({ password: event.target.value })}
            error={check(wasTried, isLongEnough, t('missing.short-password'))}
          />
        </div>
        <Button
          className="mt-[26px] h-10"
          icon={<Dices />}
          onClick={() => change({ password: randomPassword() })}
        >
          {t('fields.generate')}
        </Button>
      </div>
      {!isTaken && <ProblemLine error={error} />}
    </div>
  );
}

function HandOver({ open, onOpenChange, person }: AddPersonProps & { person: Person }) {
  const { t } = useTranslation('accounts');
  const words = { copy: t('actions.copy'), copied: t('actions.copied') };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('people.added', { name: person.name })}
      description={t(person.password === '' ? 'people.keeps-password' : 'people.hand-over', {
        name: person.name,
      })}
      footer={
        <Button variant="primary" onClick={() => onOpenChange(false)}>
          {t('actions.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        <CopyField label={t('fields.email')} value={person.email} words={words} />
        {person.password !== '' && (
          <CopyField label={t('fields.initial-password')} value={person.password} words={words} />
        )}
      </div>
    </Dialog>
  );
}
