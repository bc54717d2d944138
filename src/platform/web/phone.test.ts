import { expect, it } from 'vitest';
import { formatPhone, maskPhone, personTitle, unbrokenPhone } from './phone.ts';

it('writes Brazilian numbers with and without the ninth digit', () => {
  expect(formatPhone('+5511912345678')).toBe('+55 11 91234-5678');
  expect(formatPhone('+551131234567')).toBe('+55 11 3123-4567');
});

it('groups numbers of other countries', () => {
  expect(formatPhone('+351912345678')).toBe('+351 912 345 678');
});

it('stays on one line in a sentence', () => {
  expect(unbrokenPhone('+5511912345678')).toBe('+55\u00a011\u00a091234\u20115678');
});

it('hides the middle, not the end', () => {
  expect(maskPhone('+5511912345678')).toBe('+55 11 9••••-5678');
  expect(maskPhone('+351912345678')).toBe('+35 •••••• 5678');
});

it('writes a number that came without its sign', () => {
  expect(formatPhone('5511912345678')).toBe('+55 11 91234-5678');
  expect(formatPhone('Loja 24 horas')).toBe('Loja 24 horas');
});

it('calls a person by the number only when there is no name', () => {
  expect(personTitle('+5511912345678', '+5511912345678')).toBe('+55 11 91234-5678');
  expect(personTitle('Ana', '+5511912345678')).toBe('Ana');
  expect(personTitle('Ana', null)).toBe('Ana');
});
