import type { Card, CardButton } from '../state/card.ts';
import {
  componentOf,
  hydrate,
  placeholdersIn,
  type Template,
  type TemplateButton,
  type TemplateComponent,
} from '../templates/template.ts';
import { isObject, type Json, missing } from './fields.ts';
import { GraphError } from './graph-error.ts';
import { type MediaUse, readHeaderMedia } from './validate-media.ts';

export interface FilledTemplate {
  text: string;
  card: Card;
  media: MediaUse[];
}

const MOST_TEXT = 1_024;
const TEXT_HEADER = 60;

function countMismatch(place: string, given: number, expected: number): GraphError {
  return new GraphError(132000, {
    details: `${place}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  });
}

function formatMismatch(place: string, expected: string, received: string): GraphError {
  return new GraphError(132012, {
    details: `${place}: Format mismatch, expected ${expected}, received ${received}`,
  });
}

function textOf(parameter: Json, place: string): string {
  const type = String(parameter['type'] ?? '').toLowerCase();
  const object = parameter[type];
  const text = type === 'text' ? parameter['text'] : null;
  const fallback = isObject(object) ? object['fallback_value'] : null;
  const value = text ?? fallback;
  if (typeof value !== 'string') throw formatMismatch(place, 'TEXT', type.toUpperCase());
  if (/[\n\t]| {5}/.test(value)) {
    throw new GraphError(132018, {
      details: `${place}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    });
  }
  return value;
}

/** Values by placeholder, matched by name or by order as the template has it. */
function matchTexts(
  template: Template,
  place: string,
  text: string,
  parameters: readonly Json[],
): Map<string, string> {
  const expected = placeholdersIn(text);
  if (parameters.length !== expected.length) {
    throw countMismatch(place, parameters.length, expected.length);
  }
  const pairs = parameters.map((parameter, index): [string, string] => {
    const name = parameter['parameter_name'];
    const isNamed = template.parameterFormat === 'NAMED';
    const key = isNamed ? name : expected[index];
    if (typeof key !== 'string' || !expected.includes(key)) {
      throw formatMismatch(place, `parameter_name of ${expected.join(', ')}`, String(name));
    }
    return [key, textOf(parameter, place)];
  });
  const values = new Map(pairs);
  if (values.size < expected.length) throw countMismatch(place, values.size, expected.length);
  return values;
}

interface Given {
  type: string;
  subType: string;
  index: number;
  parameters: Json[];
}

function readGiven(components: unknown): Given[] {
  if (components === undefined) return [];
  if (!Array.isArray(components)) {
    throw new GraphError(100, { message: "(#100) Param template['components'] must be an array." });
  }
  return components.filter(isObject).map((component) => ({
    type: String(component['type'] ?? '').toLowerCase(),
    subType: String(component['sub_type'] ?? '').toLowerCase(),
    index: Number(component['index'] ?? -1),
    parameters: Array.isArray(component['parameters'])
      ? component['parameters'].filter(isObject)
      : [],
  }));
}

function fillText(
  template: Template,
  component: TemplateComponent | undefined,
  place: string,
  given: readonly Given[],
  most: number,
): string | null {
  const parameters = given.find(({ type }) => type === place)?.parameters ?? [];
  const text = component?.text ?? '';
  const filled = hydrate(text, matchTexts(template, place, text, parameters));
  if (filled.length > most) {
    throw new GraphError(132005, {
      details: `${place}: the text filled in is longer than ${most}`,
    });
  }
  return component === undefined ? null : filled;
}

/** Header of a file: one parameter of that format. */
function fillHeader(
  template: Template,
  given: readonly Given[],
): Pick<FilledTemplate, 'card' | 'media'> {
  const component = componentOf(template, 'HEADER');
  const format = component?.format?.toUpperCase() ?? 'TEXT';
  if (format === 'TEXT') {
    const header = fillText(template, component, 'header', given, TEXT_HEADER);
    return { card: header === null ? {} : { header }, media: [] };
  }
  const [parameter] = given.find(({ type }) => type === 'header')?.parameters ?? [];
  const received = parameter === undefined ? 'UNKNOWN' : String(parameter['type']).toUpperCase();
  if (parameter === undefined || received !== format) {
    throw formatMismatch('header', format, received);
  }
  const use = readHeaderMedia({ ...parameter, type: format.toLowerCase() }, 'template.header');
  return { card: {}, media: use === null ? [] : [use] };
}

function fillButton(button: TemplateButton, index: number, given: readonly Given[]): CardButton {
  const filled = given.find((one) => one.type === 'button' && one.index === index);
  const [parameter] = filled?.parameters ?? [];
  const type = button.type.toUpperCase();
  const title = button.text ?? '';
  if (type === 'QUICK_REPLY') {
    const payload = parameter?.['payload'];
    const id = typeof payload === 'string' ? payload : title;
    return { kind: 'quick_reply', id, title, url: null };
  }
  const url = button.url ?? null;
  if (url !== null && placeholdersIn(url).length > 0) {
    if (parameter === undefined) {
      throw missing(`buttons: Button at index ${index} of type Url requires a parameter; it`);
    }
    const suffix = textOf(parameter, `button ${index}`);
    return { kind: 'url', id: '', title, url: hydrate(url, new Map([['1', suffix]])) };
  }
  if (type === 'COPY_CODE' && parameter?.['coupon_code'] === undefined) {
    throw missing(`buttons: Button at index ${index} of type CopyCode requires a parameter; it`);
  }
  return {
    kind: type === 'PHONE_NUMBER' ? 'phone' : url === null ? 'other' : 'url',
    id: '',
    title,
    url,
  };
}

function refuseStrangeButtons(buttons: readonly TemplateButton[], given: readonly Given[]): void {
  for (const { type, subType, index } of given) {
    if (type !== 'button') continue;
    const button = buttons[index];
    if (button === undefined) throw countMismatch(`button ${index}`, 1, 0);
    if (subType !== button.type.toLowerCase()) {
      throw formatMismatch(`button ${index}`, button.type, subType.toUpperCase());
    }
  }
}

/** Fills a template in with what a request gives for it, or throws what Meta would answer. */
export function fillTemplate(template: Template, components: unknown): FilledTemplate {
  const given = readGiven(components);
  const { card, media } = fillHeader(template, given);
  const text = fillText(template, componentOf(template, 'BODY'), 'body', given, MOST_TEXT) ?? '';
  const buttons = componentOf(template, 'BUTTONS')?.buttons ?? [];
  refuseStrangeButtons(buttons, given);
  const footer = componentOf(template, 'FOOTER')?.text;
  return {
    text,
    media,
    card: {
      ...card,
      template: template.name,
      ...(footer === undefined ? {} : { footer }),
      ...(buttons.length === 0
        ? {}
        : { buttons: buttons.map((button, index) => fillButton(button, index, given)) }),
    },
  };
}
