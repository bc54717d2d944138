export const ptBR = {
  phone: 'Número',
  'phone-hidden': 'Número oculto pelo WhatsApp',
  username: 'Nome de usuário',
  'profile-name': 'Nome no WhatsApp',
  'address-book-name': 'Nome na agenda do WhatsApp',
  since: 'Contato desde',
  rename: 'Mudar nome',
  'rename-title': 'Nome do contato',
  'rename-description':
    'Só a equipe vê este nome. Em branco, volta o da agenda do celular ou o que a pessoa usa no WhatsApp.',
  name: 'Nome',
  save: 'Salvar nome',
  renamed: 'Nome alterado',
  'copy-phone': 'Copiar número',
  'phone-copied': 'Número copiado',
  failed: 'Não foi possível carregar os dados do contato',
  problem: {
    'contact-not-found': 'Este contato não existe mais.',
    'contact-merged': 'Este contato foi unido a outro. Abra a conversa de novo.',
    'invalid-phone': 'Este número não parece certo. Escreva com DDD, por exemplo (11) 91234-5678.',
  },
};
