import type { TemplateDraft } from './template.ts';

const body = (text: string, example?: object) => ({ type: 'BODY', text, ...example });
const positional = (...values: string[]) => ({ example: { body_text: [values] } });
const named = (values: Record<string, string>) => ({
  example: {
    body_text_named_params: Object.entries(values).map(([param_name, example]) => ({
      param_name,
      example,
    })),
  },
});
const buttons = (...all: { type: string; text: string; [key: string]: unknown }[]) => ({
  type: 'BUTTONS',
  buttons: all,
});
const reply = (text: string) => ({ type: 'QUICK_REPLY', text });
const header = (format: string) => ({
  type: 'HEADER',
  format,
  example: { header_handle: ['https://scontent.whatsapp.net/exemplo'] },
});
const footer = (text: string) => ({ type: 'FOOTER', text });

const USEFUL: readonly TemplateDraft[] = [
  {
    name: 'pedido_enviado',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Seu pedido saiu!' },
      body(
        'Olá, {{1}}! O pedido {{2}} foi enviado hoje e deve chegar até {{3}}.',
        positional('Ana', '10432', 'sexta-feira'),
      ),
      footer('Loja Demonstração'),
      buttons(
        {
          type: 'URL',
          text: 'Acompanhar entrega',
          url: 'https://example.com/pedidos/{{1}}',
          example: ['https://example.com/pedidos/10432'],
        },
        reply('Falar com alguém'),
      ),
    ],
  },
  {
    name: 'confirmacao_de_horario',
    language: 'pt_BR',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [
      {
        type: 'HEADER',
        format: 'TEXT',
        text: 'Horário de {{nome}}',
        example: { header_text_named_params: [{ param_name: 'nome', example: 'Ana' }] },
      },
      body(
        'Seu horário é {{data}}, às {{hora}}, com {{profissional}}. Podemos confirmar?',
        named({ data: '12 de março', hora: '14h30', profissional: 'Bruno' }),
      ),
      footer('Responda até a véspera'),
      buttons(reply('Confirmar'), reply('Remarcar'), reply('Cancelar')),
    ],
  },
  {
    name: 'retomar_conversa',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [
      body('Oi! Ficamos de responder e a conversa venceu. Ainda podemos ajudar?'),
      buttons(reply('Sim, por favor'), reply('Já resolvi')),
    ],
  },
  {
    name: 'retomar_conversa',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      body('Hi! We owe you an answer and the chat has expired. Can we still help?'),
      buttons(reply('Yes, please'), reply('All solved')),
    ],
  },
  {
    name: 'retomar_conversa',
    language: 'es',
    category: 'UTILITY',
    components: [
      body('¡Hola! Quedamos en responderle y la conversación venció. ¿Aún podemos ayudar?'),
      buttons(reply('Sí, por favor'), reply('Ya lo resolví')),
    ],
  },
];

const WITH_FILES: readonly TemplateDraft[] = [
  {
    name: 'promocao_da_semana',
    language: 'pt_BR',
    category: 'MARKETING',
    components: [
      header('IMAGE'),
      body(
        '{{1}}, esta semana todo café moído na hora sai com {{2}} de desconto. ☕',
        positional('Ana', '20%'),
      ),
      footer('Para não receber mais, toque em Parar'),
      buttons(
        { type: 'URL', text: 'Ver ofertas', url: 'https://example.com/ofertas' },
        reply('Parar promoções'),
      ),
    ],
  },
  {
    name: 'boleto_disponivel',
    language: 'pt_BR',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [
      header('DOCUMENT'),
      body(
        '{{nome}}, o boleto de {{mes}} está em anexo. Valor: {{valor}}, vencimento {{vencimento}}.',
        named({ nome: 'Ana', mes: 'março', valor: 'R$ 89,90', vencimento: '10/03' }),
      ),
      buttons({
        type: 'PHONE_NUMBER',
        text: 'Ligar para nós',
        phone_number: '+551133334444',
      }),
    ],
  },
  {
    name: 'como_montar',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [
      header('VIDEO'),
      body('Este vídeo mostra como montar a sua {{1}}.', positional('prateleira')),
    ],
  },
  {
    name: 'codigo_de_acesso',
    language: 'pt_BR',
    category: 'AUTHENTICATION',
    components: [
      body('{{1}} é o seu código de acesso.', positional('123456')),
      footer('Este código vale por 10 minutos.'),
      buttons({
        type: 'URL',
        text: 'Copiar código',
        url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code={{1}}',
      }),
    ],
  },
];

const NOT_SENDABLE: readonly TemplateDraft[] = [
  {
    name: 'aviso_de_feriado',
    language: 'pt_BR',
    category: 'UTILITY',
    status: 'PENDING',
    components: [body('No dia {{1}} não teremos atendimento.', positional('15 de novembro'))],
  },
  {
    name: 'oferta_relampago',
    language: 'pt_BR',
    category: 'MARKETING',
    status: 'PAUSED',
    quality: 'RED',
    components: [body('Só hoje, {{1}}: leve 3 e pague 2.', positional('Ana'))],
  },
  {
    name: 'cupom_antigo',
    language: 'pt_BR',
    category: 'MARKETING',
    status: 'DISABLED',
    quality: 'RED',
    components: [body('Use o cupom VERAO até domingo.')],
  },
  {
    name: 'ultimo_aviso',
    language: 'pt_BR',
    category: 'UTILITY',
    status: 'REJECTED',
    rejectedReason: 'TAG_CONTENT_MISMATCH',
    components: [body('Último aviso, {{1}}!', positional('Ana'))],
  },
];

/** What every account of the simulator has from the start. */
export const sampleTemplates: readonly TemplateDraft[] = [
  ...USEFUL,
  ...WITH_FILES,
  ...NOT_SENDABLE,
];
