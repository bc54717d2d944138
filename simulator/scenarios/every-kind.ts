import type { InboundInput } from '../inject/inbound-spec.ts';
import type { Scenario } from './stage.ts';

const KINDS: readonly Omit<InboundInput, 'from'>[] = [
  { type: 'request_welcome' },
  { text: 'Agora um de cada' },
  { type: 'location', title: 'Praça da Sé', address: 'Sé, São Paulo' },
  { type: 'contacts' },
  { type: 'order' },
  { type: 'button', text: 'Sim, confirmo', payload: 'confirmar' },
  { type: 'button_reply', title: 'Falar com alguém', payload: 'pessoa' },
  { type: 'list_reply', title: 'Trocas', description: 'Até 30 dias', payload: 'trocas' },
  { type: 'image', text: 'olha como chegou' },
  { type: 'audio' },
  { type: 'video' },
  { type: 'document', filename: 'comprovante.pdf' },
  { type: 'sticker' },
  { type: 'unsupported', unsupportedType: 'poll_creation' },
  { type: 'call', callEvent: 'connect' },
  { type: 'call', callEvent: 'terminate' },
];

/** One of everything a person can send. */
export const everyKind: Scenario = {
  name: 'every-kind',
  title: 'Um de cada tipo',
  summary: 'Uma mensagem de cada tipo que o WhatsApp sabe entregar, e um tipo desconhecido.',
  play: async (stage) => {
    const person = stage.lead('5561955550114', 'Teresa Vidal');
    for (const kind of KINDS) {
      stage.does(person, kind);
      await stage.pause(stage.params.everyMs ?? 700);
    }
    stage.does(person, { type: 'raw', message: { type: 'hologram', hologram: { size: 3 } } });
  },
};
