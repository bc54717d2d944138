import { type FormEvent, useState } from 'react';
import { WEBHOOK_FIELDS } from '../wire/webhook-fields.ts';
import { control, type Verified } from './control.ts';
import type { Channel } from './wire-types.ts';

export const HANDSHAKES: Record<Channel['handshake'], string> = {
  none: 'sem webhook',
  pending: 'esperando o webhook responder',
  verified: 'webhook verificado',
  refused: 'webhook recusou a verificação',
};

const OUTCOMES: Record<Verified, string> = {
  verified: 'Verificado e salvo.',
  refused: 'O endereço respondeu e recusou. Confira o token.',
  unreachable: 'Ninguém respondeu neste endereço. Nada foi salvo.',
};

/** What is ticked at Meta under *Campos do webhook*: the rest never comes. */
function Fields({ channel }: { channel: Channel }) {
  const ticked = new Set(channel.fields);
  const change = (field: string) => {
    const fields = WEBHOOK_FIELDS.filter((one) => ticked.has(one) !== (one === field));
    control.changeChannel(channel.phoneNumberId, { fields });
  };
  return (
    <fieldset className="webhook-fields">
      <legend>Campos do webhook</legend>
      {WEBHOOK_FIELDS.map((field) => (
        <label key={field}>
          <input type="checkbox" checked={ticked.has(field)} onChange={() => change(field)} />
          {field}
        </label>
      ))}
    </fieldset>
  );
}

/** What one does at Meta under *WhatsApp → Configuração → Webhook*. */
export function WebhookPanel({ channel }: { channel: Channel }) {
  const [url, setUrl] = useState(channel.webhookUrl ?? '');
  const [token, setToken] = useState('');
  const [outcome, setOutcome] = useState<Verified | 'asking' | 'bad' | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcome === 'asking') return;
    setOutcome('asking');
    control
      .verify(channel.phoneNumberId, url.trim(), token.trim())
      .then(setOutcome, () => setOutcome('bad'));
  };
  const words =
    outcome === 'asking'
      ? 'Verificando…'
      : outcome === 'bad'
        ? 'Isto não parece um endereço.'
        : outcome && OUTCOMES[outcome];
  return (
    <form className="menu-form number-panel" onSubmit={submit}>
      <h2>Webhook de {channel.verifiedName}</h2>
      <p>
        Os dois valores estão no Guarita, em <b>Ajustes → Canais</b>, depois de conectar o número.
      </p>
      <label>
        URL de callback
        <input
          type="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="http://127.0.0.1:3000/webhooks/whatsapp"
          required
        />
      </label>
      <label>
        Token de verificação
        <input
          value={token}
          onChange={(event) => setToken(event.target.value)}
          autoComplete="off"
          required
        />
      </label>
      <button type="submit" className="button">
        Verificar e salvar
      </button>
      <p role="status" className={outcome === 'verified' ? '' : 'form-problem'}>
        {words}
      </p>
      <ul className="number-state">
        <li className={`callback ${channel.handshake}`}>{HANDSHAKES[channel.handshake]}</li>
        <li className={`callback ${channel.subscribed ? 'verified' : 'pending'}`}>
          {channel.subscribed
            ? 'conta assinada: as mensagens são entregues'
            : 'conta não assinada: o Guarita assina ao conectar o número'}
        </li>
        {channel.otherApp && (
          <li className="callback pending">o aplicativo de outro programa também está assinado</li>
        )}
      </ul>
      <Fields channel={channel} />
    </form>
  );
}
