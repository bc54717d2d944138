import { customer, diego, larissa, type Talk } from '../talk.ts';

const southernFreight =
  'Para o Sul o frete é grátis acima de R$ 299. Abaixo disso, de R$ 24 a R$ 39, conforme o CEP, em 4 a 6 dias úteis.';

/** Before buying: products, measures, plants, hours. */
export const questions: readonly Talk[] = [
  {
    name: 'Renata Siqueira',
    phone: '5551900004409',
    ends: { daysAgo: 13, at: '15:07' },
    turns: [
      customer(0, 'Boa tarde, vocês entregam em Caxias do Sul? Quanto fica o frete?'),
      diego.says(4, 'Boa tarde, Renata! Entregamos sim.'),
      diego.says(1, southernFreight, { label: 'frete-sul' }),
      customer(2, 'Ótimo. E as plantas chegam bem com esse frio?'),
      diego.says(
        3,
        'No inverno mandamos com manta térmica, sem custo. Só evitamos despachar às sextas, para não passarem o fim de semana no depósito.',
      ),
      customer(1, 'Que cuidado! vou fazer o pedido hoje', { quotes: 'frete-sul' }),
      diego.resolves(4),
    ],
  },
  {
    name: 'Otávio Lemos',
    phone: '5554900001827',
    ends: { daysAgo: 12, at: '17:55' },
    turns: [
      customer(0, 'frete pra passo fundo?'),
      diego.says(5, southernFreight, { forwards: 'frete-sul' }),
      customer(3, 'show'),
      diego.resolves(30),
    ],
  },
  {
    name: 'Vó Cida',
    phone: '5535900005571',
    ends: { daysAgo: 10, at: '08:44' },
    turns: [
      customer(
        0,
        'Bom dia meu povo 🌸🙏 Que Deus ilumine o seu dia e a sua família. Passe essa bênção para 10 amigos.',
        {
          isFrequentlyForwarded: true,
        },
      ),
      customer(1, 'Queria saber se a samambaia gosta de sol'),
      larissa.says(
        6,
        'Bom dia, dona Cida! Obrigada pela mensagem 🌸 A samambaia gosta de claridade, mas sem sol direto. Perto de uma janela com cortina ela fica feliz.',
      ),
      customer(5, 'E água?'),
      larissa.says(
        1,
        'Terra sempre úmida, nunca encharcada. E ela adora um borrifo de água nas folhas nos dias secos.',
      ),
      customer(3, 'Vou fazer isso. A minha tá toda amarela tadinha'),
      larissa.says(2, 'Deve ser sol demais. Mude de lugar e em um mês ela melhora. 💚'),
      customer(1, 'Fica com Deus'),
      larissa.resolves(2),
    ],
  },
  {
    name: 'Felipe Andrade',
    phone: '5511900005240',
    ends: { daysAgo: 8, at: '12:18' },
    turns: [
      customer(0, 'A prateleira suspensa aguenta quantos quilos?'),
      diego.says(3, 'Oi, Felipe! Até 12 kg distribuídos, com os ganchos que vão na caixa.'),
      customer(1, 'e em parede de drywall?'),
      diego.says(
        2,
        'Aí precisa de bucha própria para drywall e o limite cai para 5 kg. A bucha não acompanha o produto.',
      ),
      customer(2, 'boa, melhor saber antes. valeu'),
      diego.says(1, 'Disponha!', { reaction: '👍' }),
      diego.resolves(1),
    ],
  },
  {
    name: 'Patrícia Gomes',
    phone: '5527900006633',
    ends: { daysAgo: 6, at: '18:36' },
    turns: [
      customer(0, 'Oi! A loja física abre no sábado?'),
      larissa.says(
        2,
        'Oi, Patrícia! Abre das 9h às 15h. Ficamos na Rua das Figueiras, 215, com estacionamento ao lado.',
      ),
      customer(1, 'Posso levar meu cachorro? Ele é comportado (quase sempre) 🐶'),
      larissa.says(1, 'Pode e deve! Tem até potinho de água na entrada.'),
      customer(2, 'Já gostei. Até sábado então!'),
      larissa.says(1, 'Até lá! 🐾'),
      larissa.resolves(1),
    ],
  },
  {
    name: 'Estúdio Marrom',
    givenName: 'Ícaro (Estúdio Marrom)',
    phone: '5511900002091',
    ends: { daysAgo: 4, at: '15:50' },
    turns: [
      customer(
        0,
        'Boa tarde! Somos um escritório de interiores e queremos orçar 14 vasos grandes para um projeto corporativo.',
      ),
      diego.says(
        8,
        'Boa tarde! Que projeto bacana. Vocês têm as medidas ou preferem que eu sugira?',
      ),
      customer(
        10,
        '10 de 60 cm de altura e 4 de 90 cm, cor concreto. Entrega na Vila Olímpia, em obra, com horário marcado',
      ),
      diego.says(
        25,
        'Temos os dois tamanhos na linha Concreto Leve. 10 x R$ 389,00 e 4 x R$ 649,00, com 10% para profissionais: R$ 5.837,40. Entrega em obra inclusa, das 8h às 11h.',
      ),
      customer(6, 'Bom preço. Vou apresentar ao cliente amanhã e te falo'),
      diego.says(2, 'Perfeito! Deixo reservado por 5 dias. Qualquer ajuste é só chamar.'),
      customer(1420, 'Cliente aprovou! Só que agora são 12 de 60. Consegue manter o desconto?'),
      diego.says(
        16,
        'Consigo sim! O novo total é R$ 6.537,60. Mando o pedido formal por e-mail ainda hoje.',
      ),
      customer(3, 'Maravilha 🙌'),
      diego.resolves(20),
    ],
  },
  {
    name: 'Simone',
    phone: '5591900003758',
    ends: { daysAgo: 1, at: '10:20' },
    turns: [
      customer(0, 'boa noite, o kit horta de temperos vem com terra?'),
      customer(0, 'e as sementes são orgânicas?'),
      diego.says(
        640,
        'Bom dia, Simone! Vem com terra adubada, 6 vasinhos e sementes de manjericão, salsa, cebolinha, hortelã, coentro e alecrim. As sementes são orgânicas, com selo.',
      ),
      customer(55, 'ai que lindo. e se nao nascer?'),
      diego.says(4, 'Se em 30 dias alguma não brotar, mandamos outro pacote de sementes.'),
      customer(30, 'adorei, vou comprar 2. um é pra minha irmã'),
    ],
  },
  {
    name: 'Leandro Queiroz',
    phone: '5511900008147',
    ends: { minutesAgo: 18 },
    turns: [
      customer(0, 'Opa, tudo bem? Qual a diferença entre o substrato comum e o para cactos?'),
      larissa.says(
        4,
        'Oi, Leandro, tudo ótimo! O de cactos leva mais areia e perlita, então a água escorre rápido e a raiz não apodrece.',
      ),
      customer(2, 'Posso misturar terra comum com areia de construção?'),
      larissa.says(
        3,
        'Areia de construção costuma ter cal, que faz mal. Se quiser misturar em casa, use areia de rio lavada: duas partes de terra para uma de areia.',
      ),
      customer(1, 'Boa dica! Vou levar o pronto mesmo, 2 pacotes de 5 kg'),
      larissa.says(1, 'Quer que eu monte o pedido por aqui ou prefere pelo site?', {
        status: 'delivered',
      }),
    ],
  },
];
