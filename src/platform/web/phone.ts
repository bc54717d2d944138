const brazilian = /^\+55(\d{2})(\d{4,5})(\d{4})$/;

/** `+5511912345678` → `+55 11 91234-5678`; numbers of other countries in groups of three. */
export const formatPhone = (phone: string): string => {
  const parts = brazilian.exec(phone);
  if (parts) return `+55 ${parts[1]} ${parts[2]}-${parts[3]}`;
  return phone.replace(/(\d)(?=(\d{3})+$)/g, '$1 ');
};

/** The middle hidden, for a header that others in the room can read. */
export const maskPhone = (phone: string): string => {
  const parts = brazilian.exec(phone);
  if (parts)
    return `+55 ${parts[1]} ${parts[2]?.[0]}${'•'.repeat((parts[2]?.length ?? 1) - 1)}-${parts[3]}`;
  return phone.length > 7
    ? `${phone.slice(0, 3)} ${'•'.repeat(phone.length - 7)} ${phone.slice(-4)}`
    : phone;
};
