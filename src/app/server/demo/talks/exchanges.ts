import { customer, diego, larissa, renato, type Talk } from '../talk.ts';

/** Exchanges, returns and things that arrived broken. */
export const exchanges: readonly Talk[] = [
  {
    name: 'Juliana Castro',
    phone: '5511900004518',
    ends: { daysAgo: 11, at: '10:37' },
    turns: [
      customer(0, 'Bom dia! O vaso de cerâmica chegou quebrado 😢'),
      customer(1, 'A caixa tava toda amassada'),
      larissa.says(
        4,
        'Bom dia, Juliana! Que pena, sinto muito. Você não paga nada pela troca. Ainda está com a embalagem?',
      ),
      customer(2, 'Tô sim, guardei tudo'),
      larissa.says(3, 'Perfeito. Você prefere receber outro vaso igual ou o dinheiro de volta?'),
      customer(5, 'Outro igual por favor, eu amei a cor'),
      larissa.says(
        2,
        'Então já reservei o último terracota do estoque para você. Sai hoje com embalagem reforçada, e o motorista recolhe o quebrado na entrega.',
      ),
      customer(1, 'Nossa que rápido!! obrigada ❤️'),
      larissa.says(1, 'Eu que agradeço a paciência!'),
      larissa.resolves(3),
    ],
  },
  {
    name: 'Paulo Henrique Dutra',
    phone: '5531900008861',
    ends: { daysAgo: 9, at: '16:52' },
    turns: [
      customer(
        0,
        'Boa tarde. Quero devolver a mangueira de 30m. Comprei a errada, precisava da de 50m',
      ),
      diego.says(
        6,
        'Boa tarde, Paulo! Sem problema: você tem 7 dias a partir do recebimento. Prefere trocar pela de 50 m ou devolver o valor?',
      ),
      customer(2, 'trocar. quanto fica a diferença?'),
      diego.says(
        3,
        'A de 50 m está R$ 189,90 e você pagou R$ 129,90, então são R$ 60,00. Posso mandar um Pix desse valor.',
      ),
      customer(1, 'pode'),
      diego.says(
        2,
        'Enviado por e-mail. A etiqueta de devolução vai junto, é só deixar em qualquer agência dos Correios.',
      ),
      customer(48, 'feito, já postei e já paguei'),
      diego.says(4, 'Show! A de 50 m sai amanhã de manhã.'),
      diego.resolves(1),
    ],
  },
  {
    name: 'Camila R.',
    phone: '5548900002747',
    ends: { daysAgo: 6, at: '13:29' },
    turns: [
      customer(
        0,
        'oiii, dá pra trocar a cor da poltrona de jardim? pedi cinza mas acho q verde fica melhor 🙃',
      ),
      larissa.says(3, 'Oi, Camila! Ela já saiu do depósito?'),
      larissa.says(1, 'Vi aqui: ainda não saiu! Dá tempo. Verde-musgo ou verde-água?'),
      customer(1, 'aaaa que difícil'),
      customer(2, 'verde musgo!!'),
      larissa.says(2, 'Trocado. A entrega continua para quarta-feira.'),
      customer(1, 'vc é um anjo'),
      larissa.says(1, 'Hahaha, vai ficar linda! Manda foto depois 💚'),
      customer(2890, 'olha, chegou e ficou PERFEITA na varanda, obrigada de novo!!', {
        label: 'varanda',
      }),
      larissa.says(30, 'Que alegria, Camila! Obrigada por contar 😍', { quotes: 'varanda' }),
      larissa.resolves(1),
    ],
  },
  {
    name: 'Nelson Yamamoto',
    phone: '5543900006194',
    ends: { daysAgo: 3, at: '11:15' },
    turns: [
      customer(
        0,
        'Boa tarde. Recebi a lanterna solar mas ela não carrega. Deixei 2 dias no sol direto.',
      ),
      diego.says(
        9,
        'Boa tarde, Nelson! Obrigado pelo teste. Ela tem uma chavinha embaixo, escrita ON/OFF. Está em ON?',
      ),
      customer(6, 'Está em ON'),
      diego.says(
        3,
        'Então é defeito, e a garantia cobre. Vou enviar uma nova e pedir a coleta da antiga. Você estará em casa na sexta de manhã?',
      ),
      customer(4, 'Sexta só depois das 14h'),
      diego.says(2, 'Agendado para sexta, das 14h às 18h.'),
      customer(1, 'Perfeito, muito obrigado pela atenção.'),
      diego.resolves(6),
      customer(1300, 'Diego, uma dúvida: a nova vem com bateria já carregada?'),
      diego.says(
        14,
        'Bom dia! Vem com meia carga. É bom deixar umas 8 horas no sol antes do primeiro uso.',
      ),
      customer(2, 'Certo, obrigado!'),
      diego.resolves(1),
    ],
  },
  {
    name: 'Dani Torres',
    phone: '5585900001469',
    ends: { daysAgo: 2, at: '20:31' },
    turns: [
      customer(0, 'boa noite'),
      customer(0, 'já faz 8 dias que devolvi o espelho e o estorno não caiu'),
      larissa.says(11, 'Boa noite, Dani! Deixa eu ver o andamento do estorno do pedido 47690.'),
      larissa.says(
        6,
        'O produto voltou para nós no dia 3 e o estorno foi pedido no mesmo dia. No cartão, ele pode aparecer só na próxima fatura.',
      ),
      customer(3, 'a fatura fechou ontem e nao veio'),
      larissa.says(
        5,
        'Entendi. Vou pedir a carta de cancelamento à operadora, com ela o seu banco localiza o crédito. Fica pronta em até 2 dias úteis e eu mando aqui.',
      ),
      customer(2, 'ok'),
      customer(1, 'só não esquece de mim por favor'),
      larissa.says(1, 'Prometo que não! Já deixei um lembrete. 🙏'),
    ],
  },
  {
    name: 'Marcos Vinícius Leal',
    phone: '5511900003083',
    ends: { minutesAgo: 61 },
    turns: [
      customer(0, 'Comprei uma jabuticabeira e ela chegou com as folhas todas secas'),
      customer(1, 'paguei 340 reais nisso'),
      diego.says(
        7,
        'Oi, Marcos! Entendo a frustração. Ela pode ter sofrido com o calor da viagem. Há quantos dias chegou?',
      ),
      customer(3, 'ontem. reguei já'),
      diego.says(
        4,
        'Vou passar para o Renato, que cuida das trocas de plantas vivas. Ele decide na hora.',
      ),
      diego.assigns(1, 'moderacao'),
      renato.says(
        6,
        'Oi, Marcos, aqui é o Renato. Planta viva tem garantia de 15 dias conosco: mando outra na quinta, e pode ficar com essa. Cortando os ramos secos ela costuma brotar de novo.',
      ),
      customer(5, 'opa, melhor do que eu esperava. Fechado!'),
      renato.says(2, 'Combinado! Te mando o rastreio na quinta de manhã.'),
    ],
  },
  {
    name: 'Lúcia Helena Prates',
    phone: '5521900007126',
    ends: { minutesAgo: 205 },
    turns: [
      customer(0, 'Olá! Gostaria de trocar as almofadas, o tamanho ficou pequeno para o meu banco'),
      larissa.says(8, 'Olá, Lúcia! Claro. Qual a medida do assento do banco?'),
      customer(12, '1,20 por 45 cm'),
      larissa.says(
        3,
        'Então a ideal é a de 120 x 45, que temos em linho cru e em azul-petróleo. A diferença é de R$ 38,00.',
      ),
      customer(7, 'Linho cru. Como faço para devolver as outras?'),
      larissa.says(
        2,
        'A transportadora recolhe quando entregar as novas. Só deixe dentro do saco original, por favor.',
      ),
    ],
  },
];
