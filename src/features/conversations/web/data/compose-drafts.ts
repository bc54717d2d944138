import { randomId } from '#platform/web/random-id.ts';
import type { SendMessage } from '../../contract.ts';

/** WhatsApp's own, as the contract has them. */
export const limits = {
  buttonsText: 1024,
  listText: 4096,
  edge: 60,
  button: 20,
  section: 24,
  row: 24,
  description: 72,
  buttons: 3,
  rows: 10,
} as const;

export interface Around {
  readonly text: string;
  readonly header: string;
  readonly footer: string;
}

export interface DraftButton {
  readonly key: string;
  readonly title: string;
}
export interface ButtonsDraft extends Around {
  readonly buttons: readonly DraftButton[];
}

export interface DraftRow {
  readonly key: string;
  readonly title: string;
  readonly description: string;
}
export interface DraftSection {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly DraftRow[];
}
export interface ListDraft extends Around {
  readonly word: string;
  readonly sections: readonly DraftSection[];
}

export type Fault =
  | 'text-missing'
  | 'button-missing'
  | 'button-doubled'
  | 'word-missing'
  | 'row-missing'
  | 'row-unnamed'
  | 'section-unnamed';

/** What is wrong, by field: `text`, `word`, or the key of a button, row or section. Lengths are the fields' own matter. */
export type Faults = ReadonlyMap<string, Fault>;

type SendButtons = Extract<SendMessage, { type: 'buttons' }>;
type SendList = Extract<SendMessage, { type: 'list' }>;

export const emptyButton = (): DraftButton => ({ key: randomId(), title: '' });
export const emptyRow = (): DraftRow => ({ key: randomId(), title: '', description: '' });
export const emptySection = (): DraftSection => ({
  key: randomId(),
  title: '',
  rows: [emptyRow()],
});

const isBlank = (text: string): boolean => text.trim() === '';
const fits = (text: string, most: number): boolean => text.trim().length <= most;

const aroundOf = ({ text, header, footer }: Around) => ({
  text: text.trim(),
  ...(!isBlank(header) && { header: header.trim() }),
  ...(!isBlank(footer) && { footer: footer.trim() }),
});
const aroundFits = ({ text, header, footer }: Around, most: number): boolean =>
  fits(text, most) && fits(header, limits.edge) && fits(footer, limits.edge);

export const faultsOfButtons = (draft: ButtonsDraft): Faults => {
  const faults = new Map<string, Fault>();
  if (isBlank(draft.text)) faults.set('text', 'text-missing');
  const [first] = draft.buttons;
  if (first && draft.buttons.every(({ title }) => isBlank(title)))
    faults.set(first.key, 'button-missing');
  const seen = new Set<string>();
  for (const { key, title } of draft.buttons) {
    const said = title.trim();
    if (said !== '' && seen.has(said)) faults.set(key, 'button-doubled');
    seen.add(said);
  }
  return faults;
};

/** @returns undefined while something is missing, doubled or too long; buttons left empty are left out */
export const readButtons = (draft: ButtonsDraft): SendButtons | undefined => {
  const titles = draft.buttons.map(({ title }) => title.trim()).filter((title) => title !== '');
  const isFit =
    aroundFits(draft, limits.buttonsText) && titles.every((t) => fits(t, limits.button));
  if (!isFit || faultsOfButtons(draft).size > 0) return undefined;
  const buttons = titles.map((title, index) => ({ id: `button-${index + 1}`, title }));
  return { type: 'buttons', ...aroundOf(draft), buttons };
};

const isRowBlank = ({ title, description }: DraftRow): boolean =>
  isBlank(title) && isBlank(description);
const isSectionBlank = ({ title, rows }: DraftSection): boolean =>
  isBlank(title) && rows.every(isRowBlank);

export const countRows = (draft: ListDraft): number =>
  draft.sections.reduce((count, { rows }) => count + rows.length, 0);

const faultsOfSection = ({ key, title, rows }: DraftSection, isAlone: boolean) => {
  const faults: [key: string, fault: Fault][] = [];
  const [first] = rows;
  if (first && rows.every(isRowBlank)) faults.push([first.key, 'row-missing']);
  for (const row of rows)
    if (isBlank(row.title) && !isRowBlank(row)) faults.push([row.key, 'row-unnamed']);
  if (!isAlone && isBlank(title)) faults.push([key, 'section-unnamed']);
  return faults;
};

export const faultsOfList = (draft: ListDraft): Faults => {
  const used = draft.sections.filter((section) => !isSectionBlank(section));
  const looked = used.length > 0 ? used : draft.sections.slice(0, 1);
  const faults = new Map(looked.flatMap((one) => faultsOfSection(one, used.length <= 1)));
  if (isBlank(draft.text)) faults.set('text', 'text-missing');
  if (isBlank(draft.word)) faults.set('word', 'word-missing');
  return faults;
};

const listFits = (draft: ListDraft): boolean =>
  aroundFits(draft, limits.listText) &&
  fits(draft.word, limits.button) &&
  draft.sections.every(
    ({ title, rows }) =>
      fits(title, limits.section) &&
      rows.every((row) => fits(row.title, limits.row) && fits(row.description, limits.description)),
  );

/** @returns undefined while something is missing or too long; rows and sections left empty are left out */
export const readList = (draft: ListDraft): SendList | undefined => {
  if (!listFits(draft) || faultsOfList(draft).size > 0) return undefined;
  let count = 0;
  const sections = draft.sections
    .filter((section) => !isSectionBlank(section))
    .map(({ title, rows }) => ({
      ...(!isBlank(title) && { title: title.trim() }),
      rows: rows
        .filter((row) => !isRowBlank(row))
        .map((row) => {
          count += 1;
          const description = row.description.trim();
          return {
            id: `row-${count}`,
            title: row.title.trim(),
            ...(description && { description }),
          };
        }),
    }));
  return { type: 'list', ...aroundOf(draft), button: draft.word.trim(), sections };
};
