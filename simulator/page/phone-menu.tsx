import {
  Ban,
  CheckCheck,
  EllipsisVertical,
  Eye,
  EyeOff,
  PanelTopClose,
  Repeat2,
} from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { control } from './control.ts';
import { Menu, MenuItem } from './menu.tsx';
import type { Phone } from './wire-types.ts';

const REASONS: Record<string, string> = {
  'newNumber is needed': 'Isto não parece um número de telefone.',
};

interface PhoneMenuProps {
  phone: Phone;
  channel: string;
}

function NumberForm({ phone, channel, onDone }: PhoneMenuProps & { onDone: () => void }) {
  const [number, setNumber] = useState('');
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The item that was chosen is gone, and the focus with it.
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    control.changeNumber(phone.id, channel, number).then(onDone, (error: Error) => {
      setProblem(REASONS[error.message] ?? 'Não foi possível trocar de número.');
    });
  };
  return (
    <form className="menu-form" onSubmit={submit}>
      <label>
        Número novo
        <input
          ref={field}
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            setProblem('');
          }}
          placeholder="+55 11 91234-5678"
          inputMode="tel"
          required
        />
      </label>
      {problem !== '' && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button">
        Trocar
      </button>
    </form>
  );
}

/** What the owner of the phone can do to it. */
export function PhoneMenu({ phone, channel }: PhoneMenuProps) {
  const [isChanging, setChanging] = useState(false);
  const isHidden = phone.hidden !== 'no';
  const hasBlocked = phone.blocks.includes(channel);
  return (
    <Menu
      label={`Opções de ${phone.name}`}
      onClose={() => setChanging(false)}
      face={<EllipsisVertical size={18} strokeWidth={1.75} aria-hidden="true" />}
    >
      {(close) => {
        const change = (patch: Record<string, unknown>) => () => {
          control.change(phone.id, { ...patch, channel });
          close();
        };
        if (isChanging) return <NumberForm phone={phone} channel={channel} onDone={close} />;
        return (
          <>
            <MenuItem icon={<Repeat2 size={16} />} onChoose={() => setChanging(true)}>
              Trocar de número…
            </MenuItem>
            <MenuItem
              icon={isHidden ? <Eye size={16} /> : <EyeOff size={16} />}
              onChoose={change({ hidden: isHidden ? 'no' : 'missing' })}
            >
              {isHidden ? 'Mostrar o número' : 'Ocultar o número'}
            </MenuItem>
            <MenuItem
              icon={<CheckCheck size={16} />}
              onChoose={change({ readsAlone: !phone.readsAlone })}
            >
              {phone.readsAlone ? 'Ler só quando eu clicar' : 'Ler tudo ao receber'}
            </MenuItem>
            <MenuItem icon={<Ban size={16} />} onChoose={change({ blocksBusiness: !hasBlocked })}>
              {hasBlocked ? 'Desbloquear a empresa' : 'Bloquear a empresa'}
            </MenuItem>
            <MenuItem icon={<PanelTopClose size={16} />} onChoose={change({ onDesk: false })}>
              Tirar da mesa
            </MenuItem>
          </>
        );
      }}
    </Menu>
  );
}
