/** What WhatsApp's codes say of a message that is not here; its word for the kind says the rest. */
export const missingByCode: Readonly<Record<number, 'unavailable' | 'file'>> = {
  131060: 'unavailable',
  131052: 'file',
};
