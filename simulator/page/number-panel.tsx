import { Check, Copy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { control } from './control.ts';
import type { Channel } from './wire-types.ts';

/** One value to be typed elsewhere; where nothing may copy, it is marked by a press. */
function Value({ label, value }: { label: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => {},
    );
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <div className="value">
      <label>
        {label}
        <input readOnly value={value} onFocus={(event) => event.target.select()} />
      </label>
      <button
        type="button"
        className="icon-button"
        aria-label={`${isCopied ? 'Copiado' : 'Copiar'}: ${label}`}
        onClick={copy}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

/** What Meta's pages show of a number, under the names that Guarita's form has for it. */
export function NumberPanel({ channel }: { channel: Channel }) {
  return (
    <div className="menu-form number-panel">
      <h2>{channel.verifiedName}</h2>
      <p>
        No Guarita: <b>Ajustes → Canais → Conectar um número</b>. Depois volte aqui, em{' '}
        <b>Webhook</b>.
      </p>
      <Value label="Identificação do número de telefone" value={channel.phoneNumberId} />
      {channel.accessToken === null ? (
        <p>Token de acesso: qualquer texto serve para este número.</p>
      ) : (
        <Value label="Token de acesso" value={channel.accessToken} />
      )}
      <Value label="Identificação da conta do WhatsApp Business" value={channel.wabaId} />
      <Value label="Chave secreta do aplicativo" value={channel.appSecret} />
      <label className="switch-line">
        <input
          type="checkbox"
          checked={channel.coexistence}
          onChange={() =>
            control.changeChannel(channel.phoneNumberId, { coexistence: !channel.coexistence })
          }
        />
        Também no aplicativo WhatsApp Business
      </label>
    </div>
  );
}

interface AddNumberProps {
  onAdded: (phoneNumberId: string) => void;
}

/** A second business number, as one adds it at Meta; its ids and secrets are made up here. */
export function AddNumber({ onAdded }: AddNumberProps) {
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [hasFailed, setFailed] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    control.addChannel(name.trim(), number).then(onAdded, () => setFailed(true));
  };
  return (
    <form className="menu-form" onSubmit={submit}>
      <p>Mais um número da empresa. Dura até o simulador ser encerrado.</p>
      <label>
        Nome da empresa
        <input
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Padaria Aurora"
          maxLength={80}
          required
        />
      </label>
      <label>
        Número da empresa nova
        <input
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          placeholder="+55 11 93000-0077"
          inputMode="tel"
          required
        />
      </label>
      {hasFailed && (
        <p className="form-problem" role="alert">
          Não foi possível adicionar. Escreva o número com 55 e DDD.
        </p>
      )}
      <button type="submit" className="button">
        Adicionar
      </button>
    </form>
  );
}
