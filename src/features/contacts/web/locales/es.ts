import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  phone: 'Número',
  'phone-hidden': 'Número oculto por WhatsApp',
  username: 'Nombre de usuario',
  'profile-name': 'Nombre en WhatsApp',
  'address-book-name': 'Nombre en la agenda de WhatsApp',
  since: 'Contacto desde',
  rename: 'Cambiar nombre',
  'rename-title': 'Nombre del contacto',
  'rename-description':
    'Solo el equipo ve este nombre. Vacío, vuelve el de la agenda del celular o el que la persona usa en WhatsApp.',
  name: 'Nombre',
  save: 'Guardar nombre',
  renamed: 'Nombre cambiado',
  'copy-phone': 'Copiar número',
  'phone-copied': 'Número copiado',
  failed: 'No se pudieron cargar los datos del contacto',
  see: 'Ver contacto',
  'past-conversations': 'Conversaciones anteriores',
  merge: 'Unir con otro',
  'name-covered': 'Nombre oculto mientras se analiza la solicitud',
  'name-removed': 'Nombre retirado por el equipo responsable',
  problem: {
    'name-covered':
      'El nombre está oculto hasta que se decida la solicitud. Después se puede dar otro.',
    'name-not-removable': 'Este contacto no tiene un nombre que retirar.',
    'contact-not-found': 'Este contacto ya no existe.',
    'contact-merged': 'Este contacto se unió a otro. Abre la conversación de nuevo.',
    'invalid-phone':
      'Este número no parece correcto. Escríbelo con código de área, por ejemplo (11) 91234-5678.',
  },
};
