import { customer, diego, larissa, type Talk } from '../talk.ts';

/** Nobody has answered these yet, or somebody gave them back: the queue. */
export const waiting: readonly Talk[] = [
  {
    name: 'Isabela Moraes',
    phone: '5511900007920',
    ends: { minutesAgo: 3 },
    turns: [
      customer(0, 'Oi, tudo bem? 😊'),
      customer(
        0,
        'Vocês ainda têm a luminária de corda em estoque? No site diz "últimas unidades"',
      ),
      customer(2, 'queria 2'),
    ],
  },
  {
    name: 'Jorge Luiz',
    phone: '5513900001586',
    ends: { minutesAgo: 7 },
    turns: [
      customer(0, 'Preciso da segunda via da nota do pedido 47266 para a garantia. Obrigado.'),
    ],
  },
  {
    name: 'Nanda',
    phone: '5571900008204',
    ends: { minutesAgo: 12 },
    turns: [
      customer(0, 'oie'),
      customer(0, 'tem como agendar entrega pra sábado de manhã?'),
      customer(1, 'é o pedido 48233'),
      customer(4, 'moro sozinha e durante a semana n tem ngm em casa'),
    ],
  },
  {
    name: 'Eduardo Falcão',
    phone: '5511900003641',
    ends: { minutesAgo: 21 },
    turns: [
      customer(0, 'O cupom BEMVINDO10 não está funcionando. Diz que é inválido'),
      customer(3, 'o carrinho tá com 215 reais, será que tem valor mínimo?'),
    ],
  },
  {
    name: 'Tereza Cristina Rocha',
    phone: '5532900006017',
    ends: { minutesAgo: 38 },
    turns: [
      customer(
        0,
        'Olá! A muda de manacá que comprei mês passado com vocês floresceu! Estou encantada. Queria encomendar mais três para o jardim da escola onde dou aula. Vocês fazem algum preço para escola pública?',
      ),
    ],
  },
  {
    name: 'Rafa Guimarães',
    phone: '5562900009450',
    ends: { minutesAgo: 47 },
    turns: [
      customer(0, 'mano do céu'),
      customer(0, 'o gato derrubou o vaso que chegou HOJE 🤡'),
      customer(1, 'vende o prato de baixo separado?'),
    ],
  },
  {
    name: 'Helton Barcelos',
    phone: '5548900005362',
    ends: { minutesAgo: 75 },
    turns: [
      customer(0, 'Olá, o aspersor de jardim funciona com pouca pressão de água?'),
      diego.says(6, 'Oi, Helton! Você sabe se a água vem da rua ou da caixa?'),
      customer(3, 'da caixa, uns 4 metros de altura'),
      diego.says(2, 'Vou confirmar com o fabricante e já te respondem por aqui.'),
      diego.returns(1),
      customer(9, 'certo, no aguardo'),
    ],
  },
  {
    name: 'Mônica Seixas',
    phone: '5511900009713',
    ends: { minutesAgo: 130 },
    turns: [
      customer(
        0,
        'Recebi uma mensagem de outro número dizendo ser da Casa Jardim e pedindo um pix de "taxa de liberação". É de vocês??',
      ),
      customer(2, 'não paguei nada, achei estranho'),
    ],
  },
  {
    name: 'Alberto Nunes',
    phone: '5585900007588',
    ends: { daysAgo: 2, at: '21:56' },
    turns: [
      customer(0, 'Boa noite, vcs vendem grama sintética por metro?'),
      customer(1, 'preciso de uns 18 m²'),
    ],
  },
  {
    name: 'Kelly Fagundes',
    phone: '5551900001045',
    ends: { daysAgo: 1, at: '23:20' },
    turns: [
      customer(0, 'oi Larissa, tudo bem? então, a cortina ficou curta 😅'),
      larissa.says(14, 'Oi, Kelly! Boa noite. Quantos centímetros faltaram?'),
      customer(3, 'uns 12'),
      larissa.says(
        2,
        'Temos a mesma cortina com 2,60 m. Amanhã a equipe da manhã separa para você, deixei tudo anotado.',
      ),
      larissa.returns(1),
      customer(5, 'ebaa, obrigada! bom descanso'),
    ],
  },
];
