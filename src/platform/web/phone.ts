const brazilian = /^\+55(\d{2})(\d{4,5})(\d{4})$/;

/** WhatsApp writes its own numbers without the sign. */
const withPlus = (phone: string): string => (/^\d{7,15}$/.test(phone) ? `+${phone}` : phone);

/** `+5511912345678` → `+55 11 91234-5678`; numbers of other countries in groups of three. */
export const formatPhone = (phone: string): string => {
  const dialled = withPlus(phone);
  const parts = brazilian.exec(dialled);
  if (parts) return `+55 ${parts[1]} ${parts[2]}-${parts[3]}`;
  return dialled.replace(/(\d)(?=(\d{3})+$)/g, '$1 ');
};

/** A number in a sentence, in one piece on its line: a browser breaks it at spaces and hyphens otherwise. */
export const unbrokenPhone = (phone: string): string =>
  formatPhone(phone).replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');

/** What a person is called: the name; whoever has none is called by the number, written as it is dialled. */
export const personTitle = (name: string, phone: string | null): string =>
  name === phone ? formatPhone(name) : name;

/** The middle hidden, for a header that others in the room can read. */
export const maskPhone = (phone: string): string => {
  const parts = brazilian.exec(phone);
  if (parts)
    return `+55 ${parts[1]} ${parts[2]?.[0]}${'•'.repeat((parts[2]?.length ?? 1) - 1)}-${parts[3]}`;
  return phone.length > 7
    ? `${phone.slice(0, 3)} ${'•'.repeat(phone.length - 7)} ${phone.slice(-4)}`
    : phone;
};
