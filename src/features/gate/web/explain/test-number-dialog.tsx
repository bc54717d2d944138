import { ShieldBan, ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { IdentityTest } from '../../explain/contract.ts';
import type { ContactLink } from '../block-row-cells.tsx';
import { useTestIdentity } from './api.ts';
import { ContactFound } from './contact-found.tsx';
import { WithExplainWords } from './with-explain-words.tsx';

interface TestNumberDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  contactLink: ContactLink;
}

/** *Testar número*: would it be blocked now, by which block, through which identity. */
export function TestNumberDialog(props: TestNumberDialogProps) {
  return (
    <WithExplainWords>
      <Testing {...props} />
    </WithExplainWords>
  );
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.code === 'identity-not-readable' || error.code === 'invalid-request');

function Testing({ open, onOpenChange, contactLink }: TestNumberDialogProps) {
  const { t } = useTranslation('explain');
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const test = useTestIdentity();
  const submit = () => {
    if (!test.isPending) test.mutate(typed.trim());
    field.current?.focus();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={t('test.title')}
      description={t('test.body')}
      initialFocus={field}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('test.close')}</Button>
          <Button type="submit" variant="primary" isBusy={test.isPending}>
            {t('test.run')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        <TextField
          ref={field}
          label={t('test.label')}
          hint={t('test.hint')}
          error={isUnreadable(test.error) ? t('test.unreadable') : undefined}
          value={typed}
          maxLength={140}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            test.reset();
          }}
        />
        {test.error && !isUnreadable(test.error) && <ProblemLine error={test.error} />}
        {/* Room for the answer, so that the buttons stay where they are. */}
        <div role="status" className="min-h-36">
          {test.data && <Answer answer={test.data} contactLink={contactLink} />}
        </div>
      </div>
    </Dialog>
  );
}

const verdictOf = ({ isDropped, isRefused }: IdentityTest) => {
  if (isDropped) return isRefused ? 'blocked' : 'blocked-in';
  return isRefused ? 'blocked-out' : 'free';
};

function Answer({ answer, contactLink }: { answer: IdentityTest; contactLink: ContactLink }) {
  const { t } = useTranslation('explain');
  const verdict = verdictOf(answer);
  const Icon = verdict === 'free' ? ShieldCheck : ShieldBan;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2 text-body font-semibold">
        <Icon aria-hidden="true" className="mt-0.5 size-[18px] shrink-0 text-ink-soft" />
        <span className="min-w-0 break-words tabular-nums">
          {t(`test.${verdict}`, { who: answer.read.masked })}
        </span>
      </p>
      {answer.isListed && <p className="text-body text-ink-soft">{t('test.listed')}</p>}
      {answer.contacts.length === 0 && !answer.isListed && (
        <p className="text-body text-ink-soft">{t('test.nobody')}</p>
      )}
      {answer.contacts.map((contact) => (
        <ContactFound key={contact.id} contact={contact} contactLink={contactLink} />
      ))}
    </div>
  );
}
