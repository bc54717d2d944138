import type { InboundInput } from '../inject/inbound-spec.ts';
import type { Scenario } from './stage.ts';

type Kind = Omit<InboundInput, 'from'>;

const WORDS: readonly Kind[] = [
  { type: 'request_welcome' },
  { text: 'Vi o anúncio de vocês', referral: true },
  { text: 'Este link abre? https://example.com/pedido/10432' },
  { text: 'Encaminhada uma vez', forwarded: 'once' },
  { text: 'Encaminhada muitas vezes', forwarded: 'often' },
];

const FILES: readonly Kind[] = [
  { type: 'image', text: 'olha como chegou' },
  { type: 'image', media: { sample: 'receipt' } },
  { type: 'audio' },
  { type: 'audio', voice: false },
  { type: 'video', text: 'a esteira parou' },
  { type: 'document', text: 'segue o comprovante' },
  { type: 'document', filename: 'pedido.txt', media: { sample: 'text' } },
  { type: 'sticker' },
  { type: 'sticker', animated: true },
  { type: 'video', media: { oversize: true } },
];

const CARDS: readonly Kind[] = [
  { type: 'location', title: 'Praça da Sé', address: 'Sé, São Paulo' },
  { type: 'contacts' },
  { type: 'order' },
  { type: 'button', text: 'Sim, confirmo', payload: 'confirmar' },
  { type: 'button_reply', title: 'Falar com alguém', payload: 'pessoa' },
  { type: 'list_reply', title: 'Trocas', description: 'Até 30 dias', payload: 'trocas' },
  { type: 'flow_reply' },
  { type: 'call_permission_reply' },
  { type: 'unsupported', unsupportedType: 'poll_creation' },
  { type: 'unsupported', unsupportedType: 'media_placeholder', code: 131060 },
];

/** What happens to a message after it was sent. */
const AFTERWARDS = (id: string): readonly Kind[] => [
  { type: 'reaction', target: id, emoji: '👍' },
  { type: 'reaction', target: id, emoji: '❤️' },
  { type: 'reaction', target: id },
  { text: 'respondo a mim mesma', replyTo: id },
  { type: 'edit', target: id, text: 'Era isto que eu queria dizer' },
];

/** One of everything a person can send. */
export const everyKind: Scenario = {
  name: 'every-kind',
  title: 'Um de cada tipo',
  summary: 'Uma mensagem de cada tipo que o WhatsApp sabe entregar, e um tipo desconhecido.',
  play: async (stage) => {
    const person = stage.lead('5561955550114', 'Teresa Vidal');
    const each = async (kinds: readonly Kind[]) => {
      for (const kind of kinds) {
        stage.does(person, kind);
        await stage.pause(stage.params.everyMs ?? 700);
      }
    };
    await each([...WORDS, ...FILES, ...CARDS]);
    const { id } = stage.says(person, 'Isto muda já');
    await each(AFTERWARDS(id));
    const mistake = stage.says(person, 'Mensagem por engano');
    await each([{ type: 'revoke', target: mistake.id }]);
    const call = stage.does(person, { type: 'call' });
    await each([
      { type: 'call', id: call.id, callEvent: 'terminate', duration: 8 },
      { type: 'call', callEvent: 'terminate', callStatus: 'FAILED' },
      { type: 'echo', text: 'Respondido pelo aparelho da loja' },
      { type: 'echo', kind: 'image', text: 'foto mandada do aparelho' },
      { type: 'raw', message: { type: 'hologram', hologram: { size: 3 } } },
    ]);
  },
};
