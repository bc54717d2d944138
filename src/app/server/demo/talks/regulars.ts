import { customer, diego, helena, larissa, type Talk } from '../talk.ts';

/** Thanks, small talk, old acquaintances, and the messages that did not get through. */
export const regulars: readonly Talk[] = [
  {
    name: 'Dona Odete',
    phone: '5511900005896',
    ends: { daysAgo: 12, at: '09:20' },
    turns: [
      customer(0, 'Bom dia Larissa! Aqui é a Odete. As orquídeas estão lindas, você precisava ver'),
      larissa.says(9, 'Bom dia, dona Odete! Que saudade! Fico tão feliz 🌺 Floresceram todas?'),
      customer(3, 'Todas! Até a branquinha que estava triste'),
      larissa.says(2, 'Eu sabia que a senhora ia salvar a branquinha. Mãos de fada!'),
      customer(2, 'Semana que vem passo aí para levar um pé de mexerica e te dou um bolo de fubá'),
      larissa.says(1, 'Vou cobrar o bolo, hein! 😄', { reaction: '😂' }),
      larissa.resolves(3),
    ],
  },
  {
    name: 'Leonardo Dias',
    phone: '5541900003872',
    ends: { daysAgo: 9, at: '19:45' },
    turns: [
      customer(
        0,
        'Passando só pra agradecer, a entrega veio um dia antes e muito bem embalada. Parabéns à equipe!',
      ),
      diego.says(
        5,
        'Leonardo, que recado bom de receber! Vou compartilhar com o pessoal da expedição. 💚',
      ),
      customer(2, 'Merecem!'),
      diego.resolves(1),
    ],
  },
  {
    name: 'Jaqueline Porto',
    phone: '5581900006925',
    ends: { daysAgo: 6, at: '11:33' },
    turns: [
      customer(0, 'Oi! Ganhei um vale-presente de vocês. Ele tem validade?'),
      larissa.says(
        4,
        'Oi, Jaqueline! Que presente gostoso. Vale 12 meses, e pode usar em mais de uma compra.',
      ),
      customer(2, 'Aceita na loja física também?'),
      larissa.says(1, 'Aceita! É só mostrar o código no celular.'),
      customer(1, '🥰🥰'),
      larissa.resolves(2),
    ],
  },
  {
    name: 'Fábio Tavares',
    phone: '5511900002538',
    ends: { daysAgo: 4, at: '09:05' },
    turns: [
      customer(0, 'Bom dia, pedido 47940 tem previsão?'),
      diego.says(12, 'Bom dia, Fábio! Chega na segunda, entre 9h e 13h.'),
      diego.says(2880, 'Fábio, sua entrega saiu! O motorista é o Cícero.', {
        status: 'failed',
        errorCode: 'window-closed',
      }),
    ],
  },
  {
    name: 'Ademir',
    phone: '5566900004193',
    ends: { daysAgo: 3, at: '12:01' },
    turns: [
      customer(0, 'Bom dia tem enxada de cabo longo'),
      diego.says(
        7,
        'Bom dia, Ademir! Temos, com cabo de 1,45 m, por R$ 74,90. Quer que eu reserve?',
        {
          status: 'sent',
        },
      ),
      diego.says(180, 'Ademir, consegui segurar uma até amanhã. Me avisa?', {
        status: 'failed',
        errorCode: 'whatsapp-131026',
      }),
    ],
  },
  {
    name: 'Buffet Doce Encontro',
    givenName: 'Regina (Doce Encontro)',
    phone: '5511900008456',
    ends: { daysAgo: 1, at: '15:26' },
    turns: [
      customer(
        0,
        'Boa tarde! Precisamos de 40 arranjos pequenos para um casamento no dia 14. Dá tempo?',
      ),
      helena.says(
        18,
        'Boa tarde, Regina! Que bom ter vocês de volta. Dá sim: os arranjos ficam prontos na véspera.',
      ),
      customer(5, 'As cores são branco e verde, nada de rosa dessa vez 😅'),
      helena.says(
        4,
        'Anotado: branco e verde, rosa nem pensar! Mando as opções com foto amanhã cedo.',
      ),
      customer(2, 'Perfeito, fico no aguardo'),
    ],
  },
  {
    name: 'Luan Cerqueira',
    phone: '5573900007064',
    ends: { minutesAgo: 26 },
    turns: [
      customer(0, 'e aí diego, chegou a tal da pá de aço que eu encomendei?'),
      diego.says(5, 'Fala, Luan! Chegou hoje cedo, já está com o seu nome no balcão.'),
      customer(1, 'top! passo aí amanhã depois do almoço'),
      diego.says(1, 'Fechado, te espero. Leva um documento com foto, por favor.', {
        status: 'read',
        reaction: '👍',
      }),
    ],
  },
];
