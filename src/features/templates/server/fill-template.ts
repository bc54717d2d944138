import type { TemplateValue } from '#channels/channel.ts';
import { AppError } from '#platform/server/errors.ts';
import {
  fileHeaders,
  fillGaps,
  longestHeader,
  longestParameter,
  type Placeholder,
  type SendTemplate,
  type SentTemplate,
  type TemplateComponents,
} from '../contract.ts';
import type { TemplatePayload } from './template-payload.ts';

/** What is wrong with a value; `path` says where, in the words of the request. */
interface Issue {
  readonly path: string;
  readonly message: 'missing' | 'unexpected' | 'line-break' | 'spaces' | 'too-long';
}

export interface FilledTemplate {
  /** The body as the person will read it. */
  readonly text: string;
  readonly payload: TemplatePayload;
  /** The file that the header needs. */
  readonly file:
    | ({ readonly kind: (typeof fileHeaders)[number] } & (
        | { readonly uploadId: string }
        | { readonly messageId: string }
      ))
    | null;
}

type Values = Readonly<Record<string, string>>;

/** WhatsApp takes neither breaks nor tabs nor more than four spaces in a row (132018 in docs/whatsapp-cloud-api.md). */
const faultOf = (value: string | undefined): Issue['message'] | undefined => {
  if (value === undefined || value.trim() === '') {
    return 'missing';
  }
  if (/[\n\r\t\u2028\u2029]/.test(value)) {
    return 'line-break';
  }
  if (/ {5}/.test(value)) {
    return 'spaces';
  }
  return value.length > longestParameter ? 'too-long' : undefined;
};

const checkValues = (path: string, gaps: readonly Placeholder[], given: Values): Issue[] => [
  ...gaps.flatMap(({ name }) => {
    const message = faultOf(Object.hasOwn(given, name) ? given[name] : undefined);
    return message === undefined ? [] : [{ path: `${path}/${name}`, message }];
  }),
  ...Object.keys(given)
    .filter((name) => !gaps.some((gap) => gap.name === name))
    .map((): Issue => ({ path, message: 'unexpected' })),
];

const checkText = (
  path: string,
  { text, placeholders }: { text: string; placeholders: readonly Placeholder[] },
  given: Values,
  longest: number,
): Issue[] => {
  const issues = checkValues(path, placeholders, given);
  const isTooLong = issues.length === 0 && fillGaps(text, given).length > longest;
  return isTooLong ? [{ path, message: 'too-long' }] : issues;
};

const isFileHeader = (kind: string): kind is (typeof fileHeaders)[number] =>
  fileHeaders.some((one) => one === kind);

const checkHeader = (components: TemplateComponents, given: SendTemplate['header']): Issue[] => {
  const { header } = components;
  const [wantsFile, wantsPlace] = [isFileHeader(header.kind), header.kind === 'location'];
  const issues = checkText('header', header, given?.values ?? {}, longestHeader);
  if (wantsFile !== (given?.uploadId !== undefined)) {
    issues.push({ path: 'header/uploadId', message: wantsFile ? 'missing' : 'unexpected' });
  }
  if (wantsPlace !== (given?.location !== undefined)) {
    issues.push({ path: 'header/location', message: wantsPlace ? 'missing' : 'unexpected' });
  }
  return issues;
};

const checkButtons = (
  { buttons }: TemplateComponents,
  given: NonNullable<SendTemplate['buttons']>,
): Issue[] => [
  ...buttons.flatMap(({ needsValue }, index): Issue[] => {
    const value = given.find((one) => one.index === index)?.value;
    const message = needsValue ? faultOf(value) : undefined;
    return message === undefined ? [] : [{ path: `buttons/${index}`, message }];
  }),
  ...given.flatMap(({ index }, place): Issue[] => {
    const isTwice = given.findIndex((one) => one.index === index) !== place;
    return isTwice || buttons[index]?.needsValue !== true
      ? [{ path: `buttons/${index}`, message: 'unexpected' }]
      : [];
  }),
];

const valuesInOrder = (
  { format }: TemplateComponents,
  gaps: readonly Placeholder[],
  given: Values,
): TemplateValue[] =>
  gaps.map(({ name }) => ({
    ...(format === 'named' ? { name } : {}),
    text: given[name] ?? '',
  }));

const shownOf = (
  template: { readonly name: string; readonly language: string } & TemplateComponents,
  given: SendTemplate,
): SentTemplate => {
  const { header, footer, buttons } = template;
  const place = given.header?.location;
  return {
    name: template.name,
    language: template.language,
    header: {
      kind: header.kind,
      text: header.kind === 'text' ? fillGaps(header.text, given.header?.values ?? {}) : null,
      location:
        place === undefined
          ? null
          : { ...place, name: place.name ?? null, address: place.address ?? null },
    },
    footer,
    buttons: buttons.map(({ kind, text, url, phone, needsValue }, index) => {
      const value = given.buttons?.find((one) => one.index === index)?.value ?? '';
      const whole = url === null || !needsValue ? url : url.replace(/\{\{[^}]*\}\}/, () => value);
      return { kind, text, url: whole, phone };
    }),
  };
};

/**
 * Fills a template in with what was given for it, as WhatsApp will. Pure.
 * @throws AppError template-parameters with what is wrong and where; no value is quoted
 */
export const fillTemplate = (
  template: { readonly name: string; readonly language: string } & TemplateComponents,
  given: SendTemplate,
): FilledTemplate => {
  const { header, body, buttons } = template;
  const errors = [
    ...checkHeader(template, given.header),
    ...checkText('body', body, given.body ?? {}, longestParameter),
    ...checkButtons(template, given.buttons ?? []),
  ];
  if (errors.length > 0) {
    throw new AppError('template-parameters', 422, { errors: errors.slice(0, 20) });
  }
  const uploadId = given.header?.uploadId;
  return {
    text: fillGaps(body.text, given.body ?? {}),
    payload: {
      template: shownOf(template, given),
      filling: {
        header: valuesInOrder(template, header.placeholders, given.header?.values ?? {}),
        body: valuesInOrder(template, body.placeholders, given.body ?? {}),
        buttons: (given.buttons ?? []).flatMap(({ index, value }) => {
          const kind = buttons[index]?.kind;
          return kind === 'url' || kind === 'copy-code' ? [{ index, kind, value }] : [];
        }),
      },
    },
    file:
      isFileHeader(header.kind) && uploadId !== undefined ? { kind: header.kind, uploadId } : null,
  };
};
