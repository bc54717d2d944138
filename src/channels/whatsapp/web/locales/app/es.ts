/** What the Business app on the company's phone hands over. */
export const businessApp = {
  title: 'Aplicación WhatsApp Business',
  lead: 'Este número también está en la aplicación de un móvil. WhatsApp entrega lo que la aplicación ya sabe, cada parte una sola vez, hasta 24 horas después de que el número entró en la API.',
  history: 'Historial de conversaciones',
  contacts: 'Agenda del móvil',
  'ask-history': 'Pedir el historial',
  'ask-contacts': 'Pedir la agenda',
  asked: 'Lo pedimos el {{at}}. Las partes llegan una a una.',
  running: '{{percent}} % importado; la última parte llegó el {{at}}',
  done: 'Importado por completo el {{at}}',
  declined: 'La empresa eligió, en el móvil, no compartir el historial',
  'contacts-came': 'Última entrada recibida el {{at}}',
  never: 'Nadie lo pidió aún',
  fields:
    '¿No llegó nada? Revisa que los campos history y smb_app_state_sync del webhook estén suscritos.',
  progress: 'Importación del historial',
  throughput: '20 mensajes por segundo, fijos: el número también está en la aplicación',
};
