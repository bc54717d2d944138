/** WhatsApp's word that the person is on its block list for this number. */
export const isListedCode = (code: string | null | undefined): boolean =>
  code === 'whatsapp-130403';
