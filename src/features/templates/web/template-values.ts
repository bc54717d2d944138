import {
  fillGaps,
  longestParameter,
  type SendTemplate,
  type SentTemplate,
  type Template,
} from '../contract.ts';

/** What was typed, by field; see `fieldsOf`. */
export type Typed = Readonly<Record<string, string>>;

export interface TemplateField {
  /** `header/1`, `body/nome`, `buttons/0`, `location/latitude`: the paths that the server's answer names. */
  readonly key: string;
  readonly part: 'header' | 'body' | 'button' | 'location';
  /** The gap's name, or the button's words. */
  readonly name: string;
  readonly example: string | null;
  readonly isOptional: boolean;
}

const placeFields = ['latitude', 'longitude', 'name', 'address'] as const;

/** WhatsApp gives whole addresses as examples; asked for is the end alone. */
const endOf = (example: string, url: string | null): string => {
  const start = url?.split('{{')[0] ?? '';
  return start !== '' && example.startsWith(start) ? example.slice(start.length) : example;
};

/** Every value that this template needs, in the order in which it is read. */
export const fieldsOf = ({ header, body, buttons }: Template): TemplateField[] => [
  ...(header.kind === 'location' ? placeFields : []).map(
    (name): TemplateField => ({
      key: `location/${name}`,
      part: 'location',
      name,
      example: null,
      isOptional: name === 'name' || name === 'address',
    }),
  ),
  ...header.placeholders.map(
    ({ name, example }): TemplateField => ({
      key: `header/${name}`,
      part: 'header',
      name,
      example,
      isOptional: false,
    }),
  ),
  ...body.placeholders.map(
    ({ name, example }): TemplateField => ({
      key: `body/${name}`,
      part: 'body',
      name,
      example,
      isOptional: false,
    }),
  ),
  ...buttons.flatMap(({ needsValue, text, url, example: whole }, index): TemplateField[] => {
    const example = whole && endOf(whole, url);
    return needsValue
      ? [{ key: `buttons/${index}`, part: 'button', name: text, example, isOptional: false }]
      : [];
  }),
];

export type Fault = 'missing' | 'spaces' | 'too-long' | 'no-number';

const numberOf = (text: string): number => Number(text.trim().replace(',', '.'));

/** The same that the server looks at. A field has one line, so breaks cannot be typed. */
export const faultOf = ({ key, isOptional }: TemplateField, value = ''): Fault | null => {
  if (value.trim() === '') return isOptional ? null : 'missing';
  if (/ {5}/.test(value)) return 'spaces';
  if (value.length > longestParameter) return 'too-long';
  const most = key === 'location/latitude' ? 90 : key === 'location/longitude' ? 180 : null;
  const isNumber = most === null || Math.abs(numberOf(value)) <= most;
  return isNumber ? null : 'no-number';
};

const valuesOf = (part: string, typed: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([key, value]) =>
      key.startsWith(`${part}/`) && value !== '' ? [[key.slice(part.length + 1), value]] : [],
    ),
  );

/** The request that sends it. */
export const requestOf = (
  template: Template,
  typed: Typed,
  uploadId: string | null,
): SendTemplate => {
  const place = valuesOf('location', typed);
  const header = {
    ...(template.header.kind === 'text' && { values: valuesOf('header', typed) }),
    ...(uploadId !== null && { uploadId }),
    ...(template.header.kind === 'location' && {
      location: {
        latitude: numberOf(place['latitude'] ?? ''),
        longitude: numberOf(place['longitude'] ?? ''),
        ...(place['name'] && { name: place['name'] }),
        ...(place['address'] && { address: place['address'] }),
      },
    }),
  };
  const buttons = Object.entries(valuesOf('buttons', typed)).map(([index, value]) => ({
    index: Number(index),
    value,
  }));
  return {
    type: 'template',
    templateId: template.id,
    header,
    body: valuesOf('body', typed),
    ...(buttons.length > 0 && { buttons }),
  };
};

/** How it will look; what is not typed yet shows its example in brackets. */
export const previewOf = (template: Template, typed: Typed) => {
  const withExamples = (part: 'header' | 'body'): Record<string, string> => {
    const given = valuesOf(part, typed);
    const gaps = template[part].placeholders;
    return Object.fromEntries(
      gaps.map(({ name, example }) => [name, given[name] ?? `[${example ?? name}]`]),
    );
  };
  const shown: Pick<SentTemplate, 'header' | 'footer' | 'buttons'> = {
    header: {
      kind: template.header.kind,
      text: fillGaps(template.header.text, withExamples('header')),
      location:
        template.header.kind === 'location'
          ? {
              latitude: 0,
              longitude: 0,
              name: typed['location/name'] || null,
              address: typed['location/address'] || null,
            }
          : null,
    },
    footer: template.footer,
    buttons: template.buttons,
  };
  return { shown, body: fillGaps(template.body.text, withExamples('body')) };
};
