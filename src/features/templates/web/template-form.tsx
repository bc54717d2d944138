import { useMutation } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isRefused } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { SendTemplate, Template } from '../contract.ts';
import { HeaderFileField, useHeaderFile } from './header-file-field.tsx';
import { TemplateFields } from './template-fields.tsx';
import { TemplatePreview } from './template-preview.tsx';
import { faultOf, fieldsOf, requestOf, type Typed } from './template-values.ts';

type Send = (request: SendTemplate, idempotencyKey: string) => Promise<void>;

/** What was filled in for the template at hand, and its way out. */
export function useTemplateForm(template: Template | null, send: Send, onSent: () => void) {
  const body = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [isChecked, setChecked] = useState(false);
  const file = useHeaderFile(template?.header.kind ?? 'none');
  const sending = useSending(send, onSent);
  const reset = () => {
    setTyped({});
    setChecked(false);
    file.reset();
    sending.reset();
  };
  const submit = () => {
    if (!template) return;
    setChecked(true);
    const isWhole = fieldsOf(template).every((field) => faultOf(field, typed[field.key]) === null);
    if (isWhole && (!file.kind || file.uploadId)) {
      sending.send(requestOf(template, typed, file.uploadId));
    } else {
      requestAnimationFrame(() =>
        body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
    }
  };
  const type = (key: string, value: string) => setTyped((before) => ({ ...before, [key]: value }));
  return { body, typed, type, isChecked, file, sending, submit, reset };
}

type Form = ReturnType<typeof useTemplateForm>;

/** The values of one template, and how it will look meanwhile. */
export function TemplateForm({
  template,
  form,
  contactName,
}: {
  template: Template;
  form: Form;
  contactName: string;
}) {
  const { t } = useTranslation('templates');
  const { file, typed, isChecked, sending } = form;
  useFirstFocus(form.body);
  const fields = fieldsOf(template);
  return (
    <>
      <div ref={form.body} className="grid gap-5 p-0.5 md:grid-cols-2">
        <div className="flex flex-col gap-4">
          {file.kind && (
            <HeaderFileField file={file} kind={file.kind} isMissing={isChecked && !file.uploadId} />
          )}
          <TemplateFields fields={fields} typed={typed} isChecked={isChecked} onType={form.type} />
          {fields.length === 0 && !file.kind && (
            <p className="text-body text-ink-soft">{t('nothing-to-fill')}</p>
          )}
        </div>
        <TemplatePreview
          template={template}
          typed={typed}
          file={file.chosen}
          contactName={contactName}
        />
      </div>
      <SendingProblem error={sending.error} isUnsure={sending.isUnsure} />
    </>
  );
}

/** Back to the list, or out. */
export function FormFooter({ form, onBack }: { form: Form; onBack: () => void }) {
  const { t } = useTranslation('templates');
  return (
    <>
      <Button
        variant="quiet"
        className="mr-auto"
        icon={<ArrowLeft className="size-4" />}
        onClick={onBack}
      >
        {t('back')}
      </Button>
      <Button
        type="submit"
        variant="primary"
        isBusy={form.sending.isPending}
        disabled={form.file.isUploading}
      >
        {t('send')}
      </Button>
    </>
  );
}

function SendingProblem({ error, isUnsure }: { error: unknown; isUnsure: boolean }) {
  const { t } = useTranslation('templates');
  if (!isUnsure) return <ProblemLine error={error} />;
  return <Problem className="mt-3">{t('unsure')}</Problem>;
}

/** The first thing to fill in, else the button that sends. */
function useFirstFocus(form: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const first =
      form.current?.querySelector<HTMLElement>('input:not([type=file]), button') ??
      form.current?.closest('form')?.querySelector<HTMLElement>('[type=submit]');
    requestAnimationFrame(() => first?.focus());
  }, [form]);
}

/** The same again has the same key: what is repeated because its end is not known leaves once. */
function useSending(send: Send, onSent: () => void) {
  const last = useRef({ request: '', key: '' });
  const { mutate, isPending, error, reset } = useMutation({
    networkMode: 'always',
    mutationFn: async (request: SendTemplate) => {
      const text = JSON.stringify(request);
      if (last.current.request !== text) last.current = { request: text, key: randomId() };
      await send(request, last.current.key);
    },
    onSuccess: onSent,
  });
  const isUnsure = error !== null && !(error instanceof ApiProblem && isRefused(error));
  return { send: mutate, isPending, error, isUnsure, reset };
}
