import { customer, diego, helena, larissa, renato, type Talk } from '../talk.ts';

/** People who are upset with reason, and how one answers them. */
export const complaints: readonly Talk[] = [
  {
    name: 'Rodrigo Vasconcelos',
    phone: '5511900001954',
    ends: { daysAgo: 9, at: '10:51' },
    turns: [
      customer(
        0,
        'Boa tarde. É a TERCEIRA vez que remarcam a minha entrega. Tirei folga do trabalho duas vezes para receber esse sofá e ninguém apareceu. Quero uma solução hoje ou vou ao Procon.',
      ),
      larissa.says(
        6,
        'Boa tarde, Rodrigo. Você tem toda a razão de estar chateado, e peço desculpas em nome da loja. Vou falar agora com a supervisão para resolver de uma vez.',
      ),
      larissa.assigns(1, 'moderacao'),
      renato.says(
        9,
        'Rodrigo, aqui é o Renato, supervisor. Vi o histórico: foram três falhas da transportadora, e a responsabilidade perante você é nossa.',
      ),
      renato.says(
        1,
        'Proponho: entrega no sábado às 10h com o nosso próprio caminhão, e devolução do frete de R$ 180,00 hoje mesmo. O que acha?',
      ),
      customer(14, 'Se for sábado mesmo, aceito. Mas se falhar de novo eu cancelo tudo.'),
      renato.says(3, 'Combinado. Vou acompanhar pessoalmente e te ligo quando o caminhão sair.'),
      renato.resolves(20),
      customer(4010, 'Renato, o sofá chegou às 9h50. Obrigado por cumprir a palavra.'),
      renato.says(45, 'Eu é que agradeço a confiança, Rodrigo. Bom descanso no sofá novo!', {
        reaction: '🙏',
      }),
      renato.resolves(2),
    ],
  },
  {
    name: 'Aline Bittencourt',
    phone: '5521900009385',
    ends: { daysAgo: 7, at: '10:12' },
    turns: [
      customer(0, 'Comprei pela foto e veio uma cor totalmente diferente. Me senti enganada'),
      diego.says(
        7,
        'Bom dia, Aline. Sinto muito por essa impressão. É o tapete "areia", certo? Pelo monitor ele parece mais claro do que é.',
      ),
      customer(2, 'Sim. Veio quase marrom. Não combina com nada aqui'),
      diego.says(
        4,
        'Entendo. Podemos trocar pelo tom "marfim", que é o mais próximo da foto, ou devolver o valor inteiro. Nos dois casos a coleta é por nossa conta.',
      ),
      customer(6, 'Prefiro o dinheiro de volta'),
      diego.says(
        3,
        'Certo. Coleta amanhã, das 8h às 12h, e o estorno sai no mesmo dia em que ele chegar aqui. Também avisei a equipe do site para corrigir a foto.',
      ),
      customer(5, 'Ok, obrigada. Que bom que vão corrigir, assim ninguém mais passa por isso'),
      diego.says(2, 'Obrigado a você por contar.'),
      diego.resolves(1),
    ],
  },
  {
    name: 'Sandro Peixoto',
    phone: '5561900004726',
    ends: { daysAgo: 5, at: '16:05' },
    turns: [
      customer(0, 'Vcs cobraram 2x o frete'),
      customer(1, 'um absurdo'),
      larissa.says(5, 'Oi, Sandro! Vamos ver isso já. Me passa o número do pedido?'),
      customer(1, '47889 e 47890'),
      larissa.says(
        4,
        'São dois pedidos feitos com 3 minutos de diferença, por isso dois fretes. Como vão para o mesmo endereço, juntei em uma entrega só e estornei R$ 32,90.',
      ),
      customer(3, 'ah, eu que fechei 2 vezes sem querer então. foi mal aí o tom'),
      larissa.says(1, 'Imagina, acontece! Está tudo certo agora. 😊'),
      larissa.resolves(2),
    ],
  },
  {
    name: 'Verônica Maia',
    phone: '5511900006479',
    ends: { daysAgo: 2, at: '14:58' },
    turns: [
      customer(0, 'O montador que vocês mandaram riscou o piso da minha sala. Tenho vídeo.'),
      customer(2, 'Quero falar com alguém responsável'),
      diego.says(4, 'Verônica, lamento muito. Vou passar agora para a Helena, da administração.'),
      diego.assigns(1, 'admin'),
      helena.says(
        11,
        'Boa tarde, Verônica. Aqui é a Helena. Peço desculpas pelo ocorrido. Vamos pagar o reparo do piso: você prefere indicar um profissional ou quer que a nossa empresa de confiança vá até aí?',
      ),
      customer(8, 'Prefiro a de vocês, se for rápido'),
      helena.says(
        30,
        'Eles podem ir na quinta às 9h para avaliar, e o reparo sai na mesma semana. Pode ser?',
      ),
      customer(12, 'Pode. Obrigada por não enrolar'),
      helena.says(3, 'É o mínimo. Na quinta eu mesma confirmo com você.'),
    ],
  },
  {
    name: 'Caio Mendonça',
    phone: '5584900002350',
    ends: { minutesAgo: 52 },
    unread: 2,
    turns: [
      customer(0, 'tô tentando falar com vcs desde ontem pelo e-mail e ninguém responde'),
      larissa.says(
        6,
        'Oi, Caio! Desculpe a demora no e-mail. Por aqui é mais rápido: como posso ajudar?',
      ),
      customer(2, 'comprei a mesa dobrável e falta o saquinho de parafusos'),
      larissa.says(
        3,
        'Poxa, que chato. Já separei o kit de ferragens da mesa, vai por Sedex hoje e chega amanhã. O rastreio vai para o seu e-mail até as 17h.',
        {
          label: 'parafusos',
        },
      ),
      customer(4, 'blz, mas vai pro endereço do pedido?', { quotes: 'parafusos' }),
      customer(0, 'pq amanhã só tem gente aqui depois das 13'),
    ],
  },
];
