import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlowAnswers } from './read-flow-answers.ts';

const read = (form: unknown) => readFlowAnswers(JSON.stringify(form), new Set());

describe('the answers of a form', () => {
  it('are its fields in their order, without the token', () => {
    expect(read({ flow_token: 't', screen_0_Nome_0: 'Ana', news: true, pieces: 3 })).toEqual([
      { key: 'screen_0_Nome_0', value: 'Ana' },
      { key: 'news', value: true },
      { key: 'pieces', value: '3' },
    ]);
  });

  it('of several are one line, a file by its name', () => {
    const photo = { file_name: 'frente.jpg', mime_type: 'image/jpeg', sha256: 'x', id: 7 };
    expect(read({ days: ['seg', 'ter'], photos: [photo], when: { from: '8h', to: '9h' } })).toEqual(
      [
        { key: 'days', value: 'seg, ter' },
        { key: 'photos', value: 'frente.jpg' },
        { key: 'when', value: '8h, 9h' },
      ],
    );
  });

  it('that are no JSON are kept as they are; none are none', () => {
    expect(readFlowAnswers('sem formato', new Set())).toEqual([{ value: 'sem formato' }]);
    expect(readFlowAnswers(undefined, new Set())).toBeUndefined();
  });

  it('can be stored, whatever they are', () => {
    const text = fc.oneof(fc.json({ maxDepth: 2 }), fc.string({ unit: 'binary', maxLength: 40 }));
    fc.assert(
      fc.property(text, (given) => {
        for (const { key = '', value } of readFlowAnswers(given, new Set()) ?? []) {
          const said = `${key}${value}`;
          expect(said.includes('\0')).toBe(false);
          expect(said).toBe(Buffer.from(said).toString());
        }
      }),
      { numRuns: 50 },
    );
  });
});
