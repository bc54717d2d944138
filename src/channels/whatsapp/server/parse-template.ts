import type {
  Placeholder,
  TemplateButton,
  TemplateComponents,
  TemplateHeader,
} from '#features/templates/contract.ts';
import type { ReadTemplate } from '../../channel.ts';
import { cleanText } from './clean-text.ts';
import { categoryOfTemplate, qualityOfTemplate, statusOfTemplate } from './template-words.ts';
import { asId, asList, asWire, type Wire } from './wire.ts';

/** Longer than any part of a template may be. */
const longestPart = 4_096;

const textOf = (value: unknown): string => cleanText(value, longestPart) ?? '';
const wordOf = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');

/** The names of the gaps, each once. Numbers in their own order, which is the order of the values. */
const gapNames = (text: string, isNamed: boolean): string[] => {
  const found = [...text.matchAll(/\{\{\s*([A-Za-z0-9_]{1,100})\s*\}\}/g)].map(
    ([, name]) => name ?? '',
  );
  const names = [...new Set(found)];
  return isNamed ? names : names.sort((a, b) => Number(a) - Number(b));
};

const exampleOf = (value: unknown): string | null => cleanText(value, 1_024) || null;

const namedExample = (list: unknown, name: string): string | null =>
  exampleOf(
    asList(list)
      .map(asWire)
      .find((one) => one['param_name'] === name)?.['example'],
  );

const gapsOf = (
  text: string,
  isNamed: boolean,
  { named, inOrder }: { readonly named: unknown; readonly inOrder: unknown },
): Placeholder[] =>
  gapNames(text, isNamed).map((name, place) => ({
    name,
    example: isNamed ? namedExample(named, name) : exampleOf(asList(inOrder)[place]),
  }));

const fileFormats: Readonly<Record<string, TemplateHeader['kind']>> = {
  IMAGE: 'image',
  VIDEO: 'video',
  DOCUMENT: 'document',
  LOCATION: 'location',
};

const noHeader: TemplateHeader = { kind: 'none', text: '', placeholders: [] };

/** Undefined for a header that we cannot fill. */
const headerOf = (component: Wire, isNamed: boolean): TemplateHeader | undefined => {
  const format = wordOf(component['format']);
  if (format !== 'TEXT' && format !== '') {
    const kind = fileFormats[format];
    return kind === undefined ? undefined : { ...noHeader, kind };
  }
  const text = textOf(component['text']);
  const example = asWire(component['example']);
  const examples = { named: example['header_text_named_params'], inOrder: example['header_text'] };
  return { kind: 'text', text, placeholders: gapsOf(text, isNamed, examples) };
};

const bodyOf = (component: Wire, isNamed: boolean): TemplateComponents['body'] => {
  const text = textOf(component['text']);
  const example = asWire(component['example']);
  const inOrder = asList(example['body_text'])[0];
  const examples = { named: example['body_text_named_params'], inOrder };
  return { text, placeholders: gapsOf(text, isNamed, examples) };
};

const buttonKinds: Readonly<Record<string, TemplateButton['kind']>> = {
  QUICK_REPLY: 'quick-reply',
  URL: 'url',
  PHONE_NUMBER: 'phone',
  COPY_CODE: 'copy-code',
};
/** Shown by their words, and sent without anything to fill in. */
const plainButtons = new Set(['VOICE_CALL', 'REQUEST_CONTACT_INFO']);

const buttonOf = (button: Wire): TemplateButton => {
  const kind = buttonKinds[wordOf(button['type'])] ?? 'other';
  const url = kind === 'url' ? textOf(button['url']) : null;
  const phone = kind === 'phone' ? textOf(button['phone_number']) : null;
  const needsValue = kind === 'copy-code' || (url !== null && gapNames(url, false).length > 0);
  const example = asList(button['example'])[0] ?? button['example'];
  return {
    kind,
    text: textOf(button['text']),
    url,
    phone,
    needsValue,
    example: needsValue ? exampleOf(example) : null,
  };
};

const isKnownButton = (button: Wire): boolean => {
  const type = wordOf(button['type']);
  return buttonKinds[type] !== undefined || plainButtons.has(type);
};

const formatOf = (template: Wire, components: readonly Wire[]): TemplateComponents['format'] => {
  const format = wordOf(template['parameter_format']);
  const names = components.flatMap((component) => gapNames(textOf(component['text']), true));
  const isNamed = format === '' ? names.some((name) => !/^\d+$/.test(name)) : format === 'NAMED';
  return isNamed ? 'named' : 'positional';
};

const knownParts = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);

/** @returns undefined for what is no template: it has no id, name or language */
export const parseTemplate = (value: unknown): ReadTemplate | undefined => {
  const template = asWire(value);
  const [externalId, name] = [asId(template['id'], 200), asId(template['name'], 600)];
  const language = asId(template['language'], 40);
  if (externalId === undefined || name === undefined || language === undefined) {
    return undefined;
  }
  const components = asList(template['components']).map(asWire);
  const part = (type: string): Wire | undefined =>
    components.find((component) => wordOf(component['type']) === type);
  const format = formatOf(template, components);
  const isNamed = format === 'named';
  const headerPart = part('HEADER');
  const header = headerPart === undefined ? noHeader : headerOf(headerPart, isNamed);
  const buttons = asList(part('BUTTONS')?.['buttons']).map(asWire);
  const score = template['quality_score'];
  return {
    externalId,
    name,
    language,
    category: categoryOfTemplate(template['category']) ?? 'other',
    status: statusOfTemplate(template['status']) ?? 'other',
    quality: qualityOfTemplate(asWire(score)['score'] ?? score) ?? 'unknown',
    format,
    header: header ?? noHeader,
    body: bodyOf(part('BODY') ?? {}, isNamed),
    footer: textOf(part('FOOTER')?.['text']) || null,
    buttons: buttons.map(buttonOf),
    isSupported:
      header !== undefined &&
      part('BODY') !== undefined &&
      components.every((component) => knownParts.has(wordOf(component['type']))) &&
      buttons.every(isKnownButton),
  };
};
