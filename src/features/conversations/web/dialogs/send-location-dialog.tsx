import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { readPoint } from '../data/read-point.ts';
import { useSendStructured } from '../data/send-structured.ts';

interface SendLocationDialogProps {
  conversationId: string;
  onClose: () => void;
}

/** A place by its point, as a map shows it. */
export function SendLocationDialog({ conversationId, onClose }: SendLocationDialogProps) {
  const { t } = useTranslation('content');
  const { t: common } = useTranslation('platform');
  const [point, setPoint] = useState('');
  const [about, setAbout] = useState({ name: '', address: '' });
  const [isBad, setBad] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const send = useSendStructured(conversationId, onClose);
  const submit = () => {
    const read = readPoint(point);
    const name = about.name.trim();
    const address = about.address.trim();
    setBad(!read);
    if (!read) field.current?.focus();
    else
      send.mutate({
        type: 'location',
        ...read,
        ...(name && { name }),
        ...(address && { address }),
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('place.title')}
      description={t('place.description')}
      initialFocus={field}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={send.isPending}>
            {t('place.send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          ref={field}
          label={t('place.coordinates')}
          hint={t('place.coordinates-hint')}
          error={isBad ? t('place.coordinates-bad') : undefined}
          autoComplete="off"
          value={point}
          maxLength={80}
          onChange={(event) => setPoint(event.target.value)}
        />
        {(['name', 'address'] as const).map((key) => (
          <TextField
            key={key}
            label={t(`place.${key}`)}
            autoComplete="off"
            value={about[key]}
            maxLength={300}
            onChange={(event) => setAbout({ ...about, [key]: event.target.value })}
          />
        ))}
        {send.error && <ProblemLine error={send.error} />}
      </div>
    </Dialog>
  );
}
