import {
  CircleHelp,
  ContactRound,
  MapPin,
  Phone as PhoneIcon,
  Plus,
  SendHorizontal,
  ShoppingBag,
  X,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Menu, MenuItem } from './menu.tsx';
import type { ThreadItem } from './wire-types.ts';

/** What the next text is for: a reply or a correction. */
export type Purpose = { kind: 'reply' | 'edit'; item: ThreadItem };

interface ComposerProps {
  name: string;
  purpose: Purpose | null;
  onCancel: () => void;
  onText: (text: string) => void;
  onOther: (spec: Record<string, unknown>) => void;
}

function AttachMenu({ onOther }: Pick<ComposerProps, 'onOther'>) {
  const kinds = [
    ['Localização', MapPin, { type: 'location', title: 'Mercado Municipal' }],
    ['Cartão de contato', ContactRound, { type: 'contacts' }],
    ['Pedido do catálogo', ShoppingBag, { type: 'order' }],
    ['Ligação', PhoneIcon, { type: 'call' }],
    ['Tipo desconhecido', CircleHelp, { type: 'unsupported' }],
  ] as const;
  return (
    <Menu
      label="Enviar outra coisa"
      face={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />}
    >
      {(close) =>
        kinds.map(([label, Icon, spec]) => (
          <MenuItem
            key={label}
            icon={<Icon size={16} />}
            onChoose={() => {
              onOther(spec);
              close();
            }}
          >
            {label}
          </MenuItem>
        ))
      }
    </Menu>
  );
}

function PurposeLine({ purpose, onCancel }: { purpose: Purpose; onCancel: () => void }) {
  return (
    <div className="purpose">
      <span>
        <b>{purpose.kind === 'reply' ? 'Respondendo' : 'Editando'}</b> {purpose.item.text}
      </span>
      <button type="button" className="icon-button" aria-label="Cancelar" onClick={onCancel}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Where the person types. Enter sends, Shift+Enter breaks the line. */
export function Composer({ name, purpose, onCancel, onText, onOther }: ComposerProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (purpose === null) return;
    if (purpose.kind === 'edit') setText(purpose.item.text);
    field.current?.focus();
  }, [purpose]);

  const send = () => {
    if (text.trim() === '') return;
    onText(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && purpose !== null) onCancel();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="composer">
      {purpose !== null && <PurposeLine purpose={purpose} onCancel={onCancel} />}
      <div className="composer-row">
        <AttachMenu onOther={onOther} />
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder="Mensagem"
          aria-label={`Mensagem de ${name}`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label={`Enviar como ${name}`}
          disabled={text.trim() === ''}
          onClick={send}
        >
          <SendHorizontal size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
