import {
  Ban,
  CheckCheck,
  EllipsisVertical,
  Eye,
  EyeOff,
  PanelTopClose,
  Repeat2,
} from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { control } from './control.ts';
import { Menu, MenuItem } from './menu.tsx';
import type { Phone } from './wire-types.ts';

interface PhoneMenuProps {
  phone: Phone;
  channel: string;
}

function NumberForm({ phone, channel, onDone }: PhoneMenuProps & { onDone: () => void }) {
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    control.does(phone.id, channel, { type: 'number_change', newNumber: number });
    onDone();
  };
  return (
    <form className="menu-form" onSubmit={submit}>
      <label>
        Número novo
        <input
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          placeholder="+55 11 91234-5678"
          inputMode="tel"
          required
          pattern="[+\d\s\(\)\-]{8,}"
        />
      </label>
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
      face={<EllipsisVertical size={18} strokeWidth={1.75} aria-hidden="true" />}
    >
      {(close) => {
        const change = (patch: Record<string, unknown>) => () => {
          control.change(phone.id, { ...patch, channel });
          close();
        };
        if (isChanging) {
          const done = () => {
            setChanging(false);
            close();
          };
          return <NumberForm phone={phone} channel={channel} onDone={done} />;
        }
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
