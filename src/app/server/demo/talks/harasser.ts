import { customer, larissa, renato, type Talk } from '../talk.ts';

/** Goes on writing while the simulator runs. Hard to read on purpose, and no worse than what such teams get. */
export const harasser: Talk = {
  name: 'Valdir Moura',
  phone: '5511955550199',
  ends: { minutesAgo: 2 },
  turns: [
    customer(0, 'quero falar com alguém que resolva'),
    customer(1, 'comprei um vaso e veio com uma trinca'),
    larissa.says(
      4,
      'Olá, Valdir! Sinto muito pelo transtorno. Consegue me mandar o número do pedido?',
    ),
    customer(2, 'não tenho número de nada, se vira aí'),
    larissa.says(
      3,
      'Sem problema, encontrei pelo seu telefone: pedido 48077. Já abri a troca e o vaso novo sai amanhã, sem custo.',
    ),
    customer(1, 'amanhã?? vcs são uns incompetentes mesmo'),
    customer(1, 'eu quero HOJE, entendeu ou quer que eu desenhe?'),
    larissa.says(
      5,
      'Entendo a sua pressa. A entrega mais rápida que temos é amanhã até as 12h, e ela já está reservada para você.',
      { status: 'read' },
    ),
    customer(2, 'tu é burra ou só se faz'),
    customer(1, 'aposto que nem terminou a escola pra estar aí respondendo zap'),
    larissa.says(
      4,
      'Valdir, quero te ajudar, mas peço que a conversa siga com respeito. A troca está confirmada para amanhã.',
    ),
    customer(3, 'respeito kkkkkkk'),
    customer(1, 'vc é mulherzinha de atendimento, tá aí pra me servir'),
    customer(4, 'qual teu nome completo? manda teu instagram aí'),
    customer(1, 'pela voz no áudio da outra vez vc parece bonitinha. tá sozinha agora?'),
    larissa.says(6, 'Sobre o pedido, estou à disposição. Outros assuntos eu não vou responder.', {
      status: 'read',
    }),
    customer(2, 'ui, ficou bravinha'),
    customer(8, 'eu sei onde fica essa loja, viu'),
    customer(1, 'sei que vcs saem às 18h pela porta dos fundos'),
    larissa.returns(5),
    renato.says(
      12,
      'Valdir, aqui é o Renato, da supervisão. A troca do vaso segue confirmada. Mensagens pessoais ou ameaças à equipe não serão respondidas.',
      { status: 'read' },
    ),
    renato.returns(1),
    customer(9, 'chamou o namoradinho pra te defender?'),
    customer(2, 'não vou parar de mandar mensagem até ela me responder'),
    customer(7, 'cadê a Larissa'),
    customer(1, 'responde sua inútil'),
    customer(6, 'tô vendo que vc tá online'),
    customer(3, 'bando de covarde. lixo de loja'),
  ],
};
