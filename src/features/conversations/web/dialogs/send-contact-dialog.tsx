import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useSendStructured } from '../data/send-structured.ts';

interface SendContactDialogProps {
  conversationId: string;
  onClose: () => void;
}

/** One address card: a name and a number. */
export function SendContactDialog({ conversationId, onClose }: SendContactDialogProps) {
  const { t } = useTranslation('content');
  const { t: common } = useTranslation('platform');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [isMissing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const send = useSendStructured(conversationId, onClose);
  const submit = () => {
    const isWhole = name.trim() !== '' && phone.replace(/\D/g, '').length >= 5;
    setMissing(!isWhole);
    if (!isWhole) field.current?.focus();
    else
      send.mutate({
        type: 'contacts',
        cards: [{ name: name.trim(), phones: [{ phone: phone.trim() }] }],
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('person.title')}
      description={t('person.description')}
      initialFocus={field}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={send.isPending}>
            {t('person.send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          ref={field}
          label={t('person.name')}
          error={isMissing ? t('person.missing') : undefined}
          autoComplete="off"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          type="tel"
          inputMode="tel"
          label={t('person.phone')}
          autoComplete="off"
          value={phone}
          maxLength={40}
          onChange={(event) => setPhone(event.target.value)}
        />
        {send.error && <ProblemLine error={send.error} />}
      </div>
    </Dialog>
  );
}
