import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { formatPhone } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { Conversation } from '../../contract.ts';
import { applyConversation, refreshCounts } from '../data/apply-changes.ts';
import { useChannels } from '../data/queries.ts';
import { queryKeys } from '../data/query-keys.ts';
import { PeopleFound } from './people-found.tsx';

interface NewConversationDialogProps {
  onClose: () => void;
  onStarted: (conversationId: string) => void;
}

const isPhoneProblem = (error: unknown): boolean =>
  isProblem(error, 'invalid-phone') || isProblem(error, 'invalid-request');

/** Opens a conversation by number; an existing one is found, not doubled. */
export function NewConversationDialog({ onClose, onStarted }: NewConversationDialogProps) {
  const { t } = useTranslation('conversations');
  const { t: common } = useTranslation('platform');
  const problemText = useProblemText();
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [channelId, setChannelId] = useState('');
  const [isMissing, setMissing] = useState(false);
  const phoneField = useRef<HTMLInputElement>(null);
  const start = useStart(onStarted);
  const submit = () => {
    setMissing(phone.trim().length < 3);
    if (phone.trim().length < 3) phoneField.current?.focus();
    else start.mutate({ phone, name, channelId });
  };
  const phoneError = isMissing
    ? t('start.phone-missing')
    : isPhoneProblem(start.error)
      ? problemText(start.error).text
      : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('start.title')}
      description={t('start.description')}
      initialFocus={phoneField}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={start.isPending}>
            {t('start.open')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          ref={phoneField}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          label={t('start.phone')}
          hint={t('start.phone-hint')}
          error={phoneError}
          value={phone}
          maxLength={40}
          onChange={(event) => setPhone(event.target.value)}
        />
        <TextField
          label={t('start.name')}
          autoComplete="off"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        {phone === '' && (
          <PeopleFound
            name={name}
            onChoose={(known) => {
              setPhone(known);
              // Theirs stays: what is typed here is the name of a new contact.
              setName('');
              phoneField.current?.focus();
            }}
          />
        )}
        <ChannelField value={channelId} onChange={setChannelId} />
        {start.error && !isPhoneProblem(start.error) && <ProblemLine error={start.error} />}
      </div>
    </Dialog>
  );
}

/** Asked only where there is a choice. */
function ChannelField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('conversations');
  const all = useChannels(true).data?.items ?? [];
  const channels = all.filter(({ isConnected }) => isConnected);
  if (channels.length < 2) return null;
  return (
    <SelectField
      label={t('start.channel')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {channels.map((channel) => (
        <option key={channel.id} value={channel.id}>
          {channel.name} ({formatPhone(channel.displayNumber)})
        </option>
      ))}
    </SelectField>
  );
}

function useStart(onStarted: (conversationId: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ phone, name, channelId }: { phone: string; name: string; channelId: string }) =>
      api.post<Conversation>('/api/v1/conversations', {
        phone: phone.trim(),
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(channelId !== '' && { channelId }),
      }),
    onSuccess: (conversation) => {
      client.setQueryData(queryKeys.one(conversation.id), conversation);
      applyConversation(client, conversation);
      refreshCounts(client);
      onStarted(conversation.id);
    },
  });
}
