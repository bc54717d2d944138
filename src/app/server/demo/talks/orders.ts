import { customer, diego, larissa, type Talk } from '../talk.ts';

/** Where is my order. */
export const orders: readonly Talk[] = [
  {
    name: 'Mariana Teixeira',
    phone: '5511900001203',
    ends: { daysAgo: 12, at: '11:06' },
    turns: [
      customer(0, 'Oi, bom dia! Fiz um pedido na sexta e até agora nada 😕'),
      customer(1, 'é o 47612'),
      larissa.says(
        4,
        'Bom dia, Mariana! Aqui é a Larissa, da Casa Jardim. Já estou olhando para você.',
      ),
      larissa.says(
        3,
        'Seu pedido saiu do nosso depósito ontem às 16h40 e está com a transportadora. A previsão é amanhã, até as 18h.',
        {
          label: 'previsao-47612',
        },
      ),
      customer(2, 'ah tá, mas no site aparece "em separação" ainda'),
      larissa.says(
        2,
        'O site leva algumas horas para atualizar depois da coleta. O código de rastreio é CJ47612BR, por ele você acompanha em tempo real.',
      ),
      customer(3, 'perfeito, achei aqui. brigada larissa!', { quotes: 'previsao-47612' }),
      larissa.says(1, 'Imagina! Qualquer coisa, é só chamar por aqui. 🌿', { reaction: '❤️' }),
      larissa.resolves(2),
    ],
  },
  {
    name: 'Rogério Fontes',
    phone: '5521900004471',
    ends: { daysAgo: 10, at: '15:31' },
    turns: [
      customer(0, 'Boa tarde'),
      customer(
        1,
        'Comprei dia 2 um conjunto de 3 cachepôs. O prazo era de 5 dias úteis, que terminou hoje.',
      ),
      customer(1, 'Pedido 47388, no CPF final 04.'),
      diego.says(
        7,
        'Boa tarde, Rogério. Obrigado por já mandar os dados! Vou verificar com a transportadora e volto em alguns minutos.',
      ),
      diego.says(
        18,
        'Falei com eles: a entrega saiu na rota de hoje, mas o entregador não achou o número 1.140. Pode me confirmar um ponto de referência?',
      ),
      customer(4, 'Fica em frente à padaria Estrela, portão verde. O número tá pequeno mesmo'),
      diego.says(2, 'Ótimo, já passei a referência. Eles tentam de novo ainda hoje, até as 20h.'),
      customer(170, 'Chegou agora. Tudo inteiro'),
      diego.says(3, 'Que boa notícia! Obrigado por avisar, Rogério.', { status: 'read' }),
      diego.resolves(1),
    ],
  },
  {
    name: 'Bia 🌻',
    givenName: 'Beatriz Lacerda',
    phone: '5531900002918',
    ends: { daysAgo: 8, at: '19:12' },
    turns: [
      customer(0, 'gente me ajuda'),
      customer(0, 'o pedido 47801 consta entregue e eu NAO recebi nada'),
      customer(1, 'moro em prédio, perguntei na portaria e ninguem sabe'),
      larissa.says(
        5,
        'Oi, Beatriz! Calma que a gente resolve. Vou pedir à transportadora o comprovante com o nome de quem recebeu.',
      ),
      larissa.says(22, 'Achei: quem assinou foi "Seu Ari", às 14h05. É alguém do prédio?'),
      customer(1, 'kkkkkk é o zelador!! ele tava de folga na portaria e guardou na salinha dele'),
      customer(6, 'tá aqui comigo, desculpa o desespero 🙈'),
      larissa.says(2, 'Hahaha, acontece! Fico feliz que apareceu. Aproveite as suculentas 🌵'),
      customer(1, 'obrigada mesmo, vcs são ótimos'),
      larissa.resolves(4),
    ],
  },
  {
    name: 'Anderson Pacheco',
    phone: '5551900007742',
    ends: { daysAgo: 5, at: '10:48' },
    turns: [
      customer(
        0,
        'Bom dia, consigo mudar o endereço de entrega do pedido 47955? Vou estar viajando',
      ),
      diego.says(6, 'Bom dia, Anderson! Deixa eu ver se ele já foi coletado.'),
      diego.says(
        3,
        'Ainda dá tempo, a coleta é às 13h. Me manda o endereço novo completo, com CEP, por favor.',
      ),
      customer(
        5,
        'Rua Dona Eugênia, 302, apto 41, Porto Alegre, 90630-150. Em nome da minha mãe, Ivone Pacheco',
        { label: 'endereco-novo' },
      ),
      diego.says(
        2,
        'Alterado! Confirma para mim: Rua Dona Eugênia, 302, ap. 41, aos cuidados de Ivone Pacheco. O prazo continua o mesmo, quinta-feira.',
        { quotes: 'endereco-novo' },
      ),
      customer(1, 'Isso mesmo'),
      customer(0, 'Valeu!!'),
      diego.says(1, 'Por nada, boa viagem! ✈️', { reaction: '👍' }),
      diego.resolves(1),
    ],
  },
  {
    name: 'Sônia Maria de Albuquerque',
    phone: '5581900003305',
    ends: { daysAgo: 2, at: '16:20' },
    turns: [
      customer(
        0,
        'Boa tarde. Sou Sônia. Comprei pela internet com ajuda do meu neto. Como eu sei onde está a encomenda?',
      ),
      larissa.says(
        3,
        'Boa tarde, dona Sônia! É um prazer falar com a senhora. Me diz o seu CPF ou o número do pedido que eu vejo tudo.',
      ),
      customer(9, 'Não sei onde fica o número do pedido'),
      larissa.says(
        2,
        'Sem problema: achei pelo seu telefone. É o banco de jardim de madeira, certo? Ele saiu de São Paulo ontem e chega ao Recife na sexta.',
      ),
      customer(4, 'Isso mesmo, o banco. Vou pôr embaixo da mangueira'),
      larissa.says(
        1,
        'Que lugar bonito vai ficar! Na sexta de manhã o motorista liga antes de chegar, tá bom?',
      ),
      customer(3, 'Muito obrigada minha filha. Deus abençoe'),
      larissa.says(2, 'Amém, dona Sônia! Um abraço. 💚', { status: 'read' }),
      larissa.resolves(3),
    ],
  },
  {
    name: 'Tiago Brandão',
    phone: '5511900006650',
    ends: { minutesAgo: 96 },
    turns: [
      customer(0, 'oi, o rastreio do 48190 tá parado em Cajamar faz 3 dias'),
      diego.says(
        8,
        'Oi, Tiago! Obrigado por avisar. Abri um chamado com a transportadora agora: protocolo 883120. Eles têm até as 17h para responder.',
      ),
      customer(2, 'blz'),
      customer(1, 'é presente de aniversário, precisava até sábado'),
      diego.says(
        3,
        'Anotado. Se eles não garantirem sábado, eu envio outro daqui por motoboy, sem custo. Você não vai ficar sem o presente.',
      ),
      customer(1, 'nossa, aí sim. valeu demais 🙏'),
      diego.says(2, 'Te chamo assim que tiver a resposta deles.'),
    ],
  },
  {
    name: 'Priscila Nogueira',
    phone: '5571900005129',
    ends: { minutesAgo: 34 },
    unread: 1,
    turns: [
      customer(0, 'Olá! Meu pedido chegou faltando um item'),
      customer(1, 'Eram 2 regadores de cobre e veio só 1. Pedido 48066'),
      larissa.says(
        6,
        'Olá, Priscila! Peço desculpas por isso. Você consegue me dizer se a caixa veio aberta ou com a fita trocada?',
      ),
      customer(4, 'Tava lacrada certinha'),
      larissa.says(
        3,
        'Então o erro foi nosso na separação. Já pedi o envio do segundo regador, sai hoje na coleta das 15h e chega em até 3 dias úteis.',
      ),
      customer(11, 'Ótimo! E vocês mandam o código de rastreio por aqui?'),
    ],
  },
];
