import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import type { SendTemplate, Template } from '../contract.ts';
import { TemplateChooser } from './template-chooser.tsx';
import { FormFooter, TemplateForm, useTemplateForm } from './template-form.tsx';
import { templateTitle, useTemplateFacts } from './template-words.ts';

export interface SendTemplateDialogProps {
  channelId: string;
  contactName: string;
  /** Sends it under this key; rejects with what the server said. */
  send: (request: SendTemplate, idempotencyKey: string) => Promise<void>;
  onClose: () => void;
}

/** Two steps: choose a template, fill it in. Esc goes back one. */
export function SendTemplateDialog(props: SendTemplateDialogProps) {
  const { channelId, contactName, send, onClose } = props;
  const { t } = useTranslation('templates');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Template | null>(null);
  const [lastChosen, setLastChosen] = useState<string | null>(null);
  const form = useTemplateForm(chosen, send, onClose);
  const facts = useTemplateFacts();
  const choose = (template: Template) => {
    form.reset();
    setChosen(template);
    setLastChosen(template.id);
  };
  const goBack = () => setChosen(null);
  const leave = (how: { readonly reason: string }) => {
    if (chosen && how.reason === 'escape-key') goBack();
    else onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open, how) => !open && leave(how)}
      title={chosen ? templateTitle(chosen.name) : t('title')}
      description={chosen ? facts(chosen) : t('description', { name: contactName })}
      size="lg"
      {...(chosen && {
        onSubmit: form.submit,
        footer: <FormFooter form={form} onBack={goBack} />,
      })}
    >
      {chosen ? (
        <TemplateForm template={chosen} form={form} contactName={contactName} />
      ) : (
        <TemplateChooser
          channelId={channelId}
          search={search}
          onSearch={setSearch}
          lastChosen={lastChosen}
          onChoose={choose}
        />
      )}
    </Dialog>
  );
}
