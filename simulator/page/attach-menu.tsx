import {
  AudioLines,
  BookUser,
  CircleHelp,
  ClipboardList,
  ContactRound,
  FileText,
  Fingerprint,
  Hand,
  History,
  Image,
  MapPin,
  Megaphone,
  Monitor,
  Phone,
  PhoneCall,
  PhoneMissed,
  Plus,
  Receipt,
  ShoppingBag,
  Smartphone,
  Sticker,
  Users,
  Video,
} from 'lucide-react';
import { useRef } from 'react';
import { Menu } from './menu.tsx';

type Spec = Record<string, unknown>;

const seeded = (sample: string) => () => ({
  sample,
  seed: Math.floor(Math.random() * 1_000),
});

const KINDS: readonly (readonly [string, typeof Image, () => Spec])[] = [
  ['Foto', Image, () => ({ type: 'image' })],
  ['Recibo', Receipt, () => ({ type: 'image', media: seeded('receipt')() })],
  ['Vídeo', Video, () => ({ type: 'video' })],
  ['Voz', AudioLines, () => ({ type: 'audio' })],
  ['Documento', FileText, () => ({ type: 'document', media: seeded('pdf')() })],
  ['Figurinha', Sticker, () => ({ type: 'sticker', animated: true })],
  [
    'Localização',
    MapPin,
    () => ({ type: 'location', title: 'Mercado Municipal', address: 'R. da Cantareira, 306' }),
  ],
  ['Contato', ContactRound, () => ({ type: 'contacts' })],
  ['Pedido', ShoppingBag, () => ({ type: 'order' })],
  ['Ligar', Phone, () => ({ type: 'call' })],
  ['Perdida', PhoneMissed, () => ({ type: 'call', callEvent: 'terminate', callStatus: 'FAILED' })],
  ['Anúncio', Megaphone, () => ({ text: 'Vi o anúncio de vocês', referral: true })],
  ['Chegou', Hand, () => ({ type: 'request_welcome' })],
  ['Aceita ligar', PhoneCall, () => ({ type: 'call_permission_reply' })],
  ['Formulário', ClipboardList, () => ({ type: 'flow_reply' })],
  ['No grupo', Users, () => ({ text: 'Oi, pessoal!', groupId: 'R3J1cG8gZGUgdGVzdGU=' })],
  ['Do aparelho', Smartphone, () => ({ type: 'echo', text: 'Respondido pelo aparelho' })],
  ['Antiga', History, () => ({ type: 'history', text: 'Mensagem do histórico' })],
  ['Na agenda', BookUser, () => ({ type: 'contact_sync' })],
  ['Outro id', Fingerprint, () => ({ type: 'user_id_change' })],
];

/** Those that WhatsApp was seen to name (docs/whatsapp-cloud-api.md, 4.5). */
const UNSUPPORTED = [
  ...['poll_creation', 'poll_update', 'edit', 'gif', 'group_invite', 'hsm', 'keep_in_chat', 'pin'],
  ...['list', 'button', 'interactive', 'product', 'order', 'location', 'image', 'reaction'],
  ...['link_preview', 'media_placeholder', 'errors'],
];

/** Kinds that take the words typed as their caption. */
const WITH_CAPTION = new Set<unknown>(['image', 'video', 'document']);

interface AttachProps {
  caption: string;
  onSend: (spec: Spec) => void;
  onFiles: (files: readonly File[]) => void;
  onUsed: () => void;
}

/** Everything but words: samples, files of the computer, places, people, calls. */
export function AttachMenu({ caption, onSend, onFiles, onUsed }: AttachProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const choose = (make: () => Spec) => {
    const spec = make();
    const takes = caption !== '' && WITH_CAPTION.has(spec['type']);
    onSend(takes ? { ...spec, text: caption } : spec);
    if (takes) onUsed();
  };
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Menu
        label="Enviar outra coisa"
        face={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />}
      >
        {(close) => (
          <div className="attach-grid">
            {KINDS.map(([label, Icon, make]) => (
              <button
                type="button"
                key={label}
                onClick={() => {
                  choose(make);
                  close();
                }}
              >
                <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
                {label}
              </button>
            ))}
            <label className="attach-other">
              <CircleHelp size={20} strokeWidth={1.5} aria-hidden="true" />
              Outro tipo
              <select
                value=""
                aria-label="Outro tipo, que o WhatsApp não entrega"
                onChange={(event) => {
                  onSend({ type: 'unsupported', unsupportedType: event.target.value });
                  close();
                }}
              >
                <option value="">escolha…</option>
                {UNSUPPORTED.map((type) => (
                  <option key={type}>{type}</option>
                ))}
              </select>
            </label>
            <button
              type="button"
              onClick={() => {
                chooser.current?.click();
                close();
              }}
            >
              <Monitor size={20} strokeWidth={1.5} aria-hidden="true" />
              Arquivo…
            </button>
          </div>
        )}
      </Menu>
    </>
  );
}
