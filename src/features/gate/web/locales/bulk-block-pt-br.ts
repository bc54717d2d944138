export const ptBR = {
  button: 'Bloquear selecionados',
  title_one: 'Bloquear {{count, number}} contato?',
  title_other: 'Bloquear {{count, number}} contatos?',
  body: 'Ninguém da equipe conseguirá enviar ou encaminhar mensagens para estes contatos, e o que eles mandarem não será entregue nem guardado. Você pode desfazer quando quiser.',
  meant: 'Contatos escolhidos',
  waiting: 'Aguardando mensagens que já estavam a caminho…',
  done_one: '{{count, number}} contato bloqueado',
  done_other: '{{count, number}} contatos bloqueados',
  'not-done': 'Nem todos foram bloqueados',
  failed: {
    'contact-not-found_one': '{{count, number}} não existe mais ou foi juntado a outro.',
    'contact-not-found_other': '{{count, number}} não existem mais ou foram juntados a outros.',
    'contact-already-blocked_one': '{{count, number}} já estava bloqueado e continua como estava.',
    'contact-already-blocked_other':
      '{{count, number}} já estavam bloqueados e continuam como estavam.',
    'block-end-in-the-past_one': '{{count, number}} não foi bloqueado: o prazo já passou.',
    'block-end-in-the-past_other': '{{count, number}} não foram bloqueados: o prazo já passou.',
    other_one: '{{count, number}} não foi bloqueado. Tente de novo.',
    other_other: '{{count, number}} não foram bloqueados. Tente de novo.',
  },
  close: 'Fechar',
};
