import type { Card, CardButton, CardRow } from '../state/card.ts';
import {
  invalid,
  isObject,
  type Json,
  missing,
  optionalText,
  requiredText,
  requireList,
  requireObject,
} from './fields.ts';
import { type MediaUse, readHeaderMedia } from './validate-media.ts';

export interface Interactive {
  text: string;
  card: Card;
  media: MediaUse[];
}

type Part = Pick<Interactive, 'card' | 'media'>;

function refuseDoubles(values: readonly string[], name: string): void {
  if (new Set(values).size < values.length) throw invalid(`${name} must be unique`);
}

function readButtons(action: Json): Card {
  const buttons = requireList(action['buttons'], 'interactive.action.buttons', 3).map(
    (item): CardButton => {
      const button = requireObject(item, 'interactive.action.buttons');
      if (button['type'] !== 'reply') throw invalid('buttons[].type must be reply');
      const reply = requireObject(button['reply'], 'buttons[].reply');
      return {
        kind: 'reply',
        id: requiredText(reply['id'], "reply['id']", 256),
        title: requiredText(reply['title'], "reply['title']", 20),
        url: null,
      };
    },
  );
  refuseDoubles(
    buttons.map(({ id }) => id),
    'Button ids',
  );
  refuseDoubles(
    buttons.map(({ title }) => title),
    'Button titles',
  );
  return { buttons };
}

function readRow(item: unknown): CardRow {
  const row = requireObject(item, 'rows[]');
  return {
    id: requiredText(row['id'], "row['id']", 200),
    title: requiredText(row['title'], "row['title']", 24),
    description: optionalText(row['description'], "row['description']", 72),
  };
}

function readList(action: Json): Card {
  const button = requiredText(action['button'], "action['button']", 20);
  const found = requireList(action['sections'], 'interactive.action.sections', 10);
  const sections = found.map((item) => {
    const section = requireObject(item, 'sections[]');
    const title = optionalText(section['title'], "section['title']", 24);
    if (found.length > 1 && !title) throw missing('sections[].title');
    return { title, rows: requireList(section['rows'], 'sections[].rows', 10).map(readRow) };
  });
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length > 10) throw invalid('A list may hold 10 rows at most');
  refuseDoubles(
    rows.map(({ id }) => id),
    'Row ids',
  );
  return { list: { button, sections } };
}

function readLink(action: Json): Card {
  if (action['name'] !== 'cta_url') throw invalid('action.name must be cta_url');
  const parameters = requireObject(action['parameters'], 'action.parameters');
  const url = requiredText(parameters['url'], "parameters['url']", 2_000);
  if (!URL.canParse(url)) throw invalid('parameters.url is not a valid URL');
  const title = requiredText(parameters['display_text'], "parameters['display_text']", 20);
  return { buttons: [{ kind: 'url', id: '', title, url }] };
}

const NAMED = new Map([
  ['location_request_message', ['send_location', 'Enviar localização']],
  ['request_contact_info', ['request_contact_info', 'Compartilhar número']],
  ['flow', ['flow', 'Abrir formulário']],
]);

function readAction(type: string, action: Json): Card {
  if (type === 'button') return readButtons(action);
  if (type === 'list') return readList(action);
  if (type === 'cta_url') return readLink(action);
  const [name, title] = NAMED.get(type) ?? [];
  if (name === undefined || title === undefined) {
    throw invalid(`interactive.type ${type} is not known here`);
  }
  if (action['name'] !== name) throw invalid(`action.name must be ${name}`);
  return { buttons: [{ kind: 'other', id: type, title, url: null }] };
}

function readHeader(type: string, header: unknown): Part {
  if (header === undefined) return { card: {}, media: [] };
  const given = requireObject(header, 'interactive.header');
  if (given['type'] === 'text') {
    return { card: { header: requiredText(given['text'], "header['text']", 60) }, media: [] };
  }
  if (type === 'list') throw invalid('The header of a list must be text');
  const use = readHeaderMedia(given, 'interactive.header');
  if (use === null) throw invalid('header.type must be text, image, video or document');
  return { card: {}, media: [use] };
}

/** Reads `interactive`, or throws what Meta would answer. */
export function readInteractive(content: Json): Interactive {
  const { type, action, body, header, footer } = content;
  if (typeof type !== 'string') throw missing('interactive.type');
  if (!isObject(action)) throw missing('interactive.action');
  const most = type === 'list' ? 4_096 : 1_024;
  const text = requiredText(requireObject(body, 'interactive.body')['text'], "body['text']", most);
  const shownFooter =
    footer === undefined
      ? {}
      : { footer: requiredText(requireObject(footer, 'footer')['text'], "footer['text']", 60) };
  const head = readHeader(type, header);
  return {
    text,
    card: { ...head.card, ...readAction(type, action), ...shownFooter },
    media: head.media,
  };
}
