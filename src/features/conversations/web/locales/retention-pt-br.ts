export const ptBR = {
  title: 'Guarda de mensagens',
  lead: 'Por quanto tempo as conversas ficam guardadas.',
  failed: 'Não foi possível carregar este ajuste',
  switch: 'Apagar mensagens antigas',
  'switch-hint':
    'Desligado, tudo fica guardado. Contatos, bloqueios e registros de auditoria não são apagados.',
  days: 'Guardar por quantos dias',
  'days-hint': 'De 30 a 3650. Mensagens e arquivos mais antigos são apagados a cada noite.',
  'days-wrong': 'Escreva um número de 30 a 3650.',
  save: 'Salvar',
  saved: 'Ajuste salvo.',
  'confirm-title_one': 'Apagar o que tem mais de {{count}} dia?',
  'confirm-title_other': 'Apagar o que tem mais de {{count}} dias?',
  confirm_one:
    'Na próxima noite, e em todas as seguintes, mensagens e arquivos com mais de {{count}} dia são apagados para sempre. Isto não pode ser desfeito.',
  confirm_other:
    'Na próxima noite, e em todas as seguintes, mensagens e arquivos com mais de {{count}} dias são apagados para sempre. Isto não pode ser desfeito.',
  'confirm-action': 'Apagar mensagens antigas',
};
