import { describe, expect, it } from 'vitest';
import { sendButtonsSchema, sendListSchema } from '../../contract.ts';
import {
  faultsOfButtons,
  faultsOfList,
  type ListDraft,
  limits,
  readButtons,
  readList,
} from './compose-drafts.ts';

const around = { text: ' Confirma? ', header: '', footer: ' Equipe ' };
const buttons = (...titles: string[]) => ({
  ...around,
  buttons: titles.map((title, index) => ({ key: `${index}`, title })),
});
type Rows = readonly (readonly [title: string, description: string])[];
const list = (...sections: (readonly [title: string, rows: Rows])[]): ListDraft => ({
  ...around,
  word: 'Ver',
  sections: sections.map(([title, rows], s) => ({
    key: `${s}`,
    title,
    rows: rows.map(([name, description], r) => ({ key: `${s}.${r}`, title: name, description })),
  })),
});

describe('buttons', () => {
  it('become what the contract takes, without those left empty', () => {
    const read = readButtons(buttons('Sim', ' ', ' Não '));
    expect(read).toEqual({
      type: 'buttons',
      text: 'Confirma?',
      footer: 'Equipe',
      buttons: [
        { id: 'button-1', title: 'Sim' },
        { id: 'button-2', title: 'Não' },
      ],
    });
    expect(sendButtonsSchema.safeParse(read).success).toBe(true);
  });

  it('say what is missing or doubled', () => {
    expect([...faultsOfButtons({ ...buttons('', ''), text: ' ' })]).toEqual([
      ['text', 'text-missing'],
      ['0', 'button-missing'],
    ]);
    expect([...faultsOfButtons(buttons('Sim', 'Sim '))]).toEqual([['1', 'button-doubled']]);
  });

  it('are not sent when something is longer than WhatsApp takes', () => {
    expect(readButtons(buttons('x'.repeat(limits.button)))).toBeDefined();
    expect(readButtons(buttons('x'.repeat(limits.button + 1)))).toBeUndefined();
    expect(readButtons({ ...buttons('Sim'), header: 'x'.repeat(61) })).toBeUndefined();
  });
});

describe('a list', () => {
  it('becomes what the contract takes, without what was left empty', () => {
    const read = readList(
      list(
        [
          '',
          [
            ['Trocas', 'Até 30 dias'],
            ['', ''],
          ],
        ],
        ['', [['', '']]],
      ),
    );
    expect(read).toEqual({
      type: 'list',
      text: 'Confirma?',
      footer: 'Equipe',
      button: 'Ver',
      sections: [{ rows: [{ id: 'row-1', title: 'Trocas', description: 'Até 30 dias' }] }],
    });
    expect(sendListSchema.safeParse(read).success).toBe(true);
  });

  it('numbers its rows through all sections', () => {
    const read = readList(list(['A', [['um', '']]], ['B', [['dois', '']]]));
    expect(read?.sections.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual([
      'row-1',
      'row-2',
    ]);
    expect(sendListSchema.safeParse(read).success).toBe(true);
  });

  it('says what is missing', () => {
    expect([...faultsOfList({ ...list(['', [['', '']]]), word: '' })]).toEqual([
      ['0.0', 'row-missing'],
      ['word', 'word-missing'],
    ]);
    expect([...faultsOfList(list(['A', [['', 'só isto']]], ['', [['dois', '']]]))]).toEqual([
      ['0.0', 'row-unnamed'],
      ['1', 'section-unnamed'],
    ]);
    expect([...faultsOfList(list(['A', [['', '']]], ['B', [['dois', '']]]))]).toEqual([
      ['0.0', 'row-missing'],
    ]);
  });

  it('is not sent when something is longer than WhatsApp takes', () => {
    expect(readList(list(['', [['x'.repeat(25), '']]]))).toBeUndefined();
    expect(readList(list(['', [['um', 'x'.repeat(73)]]]))).toBeUndefined();
  });
});
