import type { Wire } from './wire.ts';

/** Of more nobody reads anything: a picture in it is not shown. */
const longestVcard = 100_000;

interface Property {
  readonly name: string;
  readonly value: string;
  /** `type` and `waid` of `TEL;type=CELL;waid=5511988887777:+55 11 98888-7777`. */
  readonly parameter: (name: string) => string | undefined;
}

const unescaped = (value: string): string =>
  value.replace(/\\(.)/g, (_, char: string) => (/n/i.test(char) ? '\n' : char)).trim();

const propertyOf = (line: string): Property[] => {
  const [, name, parameters = '', value] =
    /^(?:[\w-]+\.)?([a-z-]+)((?:;[^:]*)?):(.*)$/i.exec(line) ?? [];
  if (name === undefined || value === undefined || value.trim() === '') {
    return [];
  }
  const given = parameters.split(';').map((each) => each.split('='));
  const parameter = (wanted: string) =>
    given.find(([key]) => key?.toLowerCase() === wanted)?.[1]?.split(',')[0];
  return [{ name: name.toUpperCase(), value, parameter }];
};

/** Parts of a value are kept apart by semicolons; the last of those that are asked for may be missing. */
const partsOf = (value = ''): (string | undefined)[] =>
  value.split(/(?<!\\);/).map((part) => unescaped(part) || undefined);

/** What a vCard says of a person, named as WhatsApp's own cards name it (API sheet 2.2, 4.4). Pure, and never throws. */
export const readVcard = (value: unknown): Wire => {
  if (typeof value !== 'string') {
    return {};
  }
  const lines = value
    .slice(0, longestVcard)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const properties = lines.flatMap(propertyOf);
  const all = (name: string) => properties.filter((property) => property.name === name);
  const first = (name: string) => all(name)[0]?.value;
  const text = (name: string) => unescaped(first(name) ?? '') || undefined;
  return {
    name: { formatted_name: text('FN') },
    org: { company: partsOf(first('ORG'))[0], title: text('TITLE') },
    birthday: text('BDAY'),
    phones: all('TEL').map((tel) => ({
      phone: unescaped(tel.value).replace(/^tel:/i, ''),
      wa_id: tel.parameter('waid'),
      type: tel.parameter('type'),
    })),
    emails: all('EMAIL').map((email) => ({
      email: unescaped(email.value),
      type: email.parameter('type'),
    })),
    urls: all('URL').map((url) => ({ url: unescaped(url.value) })),
    addresses: all('ADR').map((address) => {
      const [, , street, city, state, zip, country] = partsOf(address.value);
      return { street, city, state, zip, country, type: address.parameter('type') };
    }),
  };
};
