/** Brazil's ninth digit, Mexico's 1 and Argentina's 9 may or may not be there; the server reads numbers in the same way. */
const canonical = (digits: string): string => {
  if (/^55\d{2}[6-9]\d{7}$/.test(digits)) return `${digits.slice(0, 4)}9${digits.slice(4)}`;
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  return /^549\d{10}$/.test(digits) ? `54${digits.slice(3)}` : digits;
};

const isInternational = (typed: string): boolean => /^\s*(\+|00)/.test(typed);

/** The international digits of what somebody typed; an area code and a number alone are Brazilian, as on the server. */
const digitsOf = (typed: string): string => {
  const digits = typed.replace(/\D/g, '').replace(/^0+/, '');
  const isNational = !isInternational(typed) && (digits.length === 10 || digits.length === 11);
  return canonical(isNational ? `55${digits}` : digits);
};

/** Whether this can be a whole number: without its area code it is anybody's. */
export const isWholePhone = (typed: string): boolean => {
  const { length } = typed.replace(/\D/g, '').replace(/^0+/, '');
  return length >= (isInternational(typed) ? 8 : 10) && length <= 15;
};

/** @param phone as a contact has it, digits with or without a plus */
export const isSamePhone = (phone: string, typed: string): boolean =>
  canonical(phone.replace(/\D/g, '')) === digitsOf(typed);
