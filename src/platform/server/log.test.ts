import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

const logged = (err: unknown): string => {
  let text = '';
  createLog('info', {
    write: (line) => {
      text += line;
    },
  }).warn({ err }, 'failed');
  return text;
};

describe('an error of the database', () => {
  it('leaves nothing of the value it quotes, however many lines that has', () => {
    const message = 'Failing row contains (oi\nsegunda linha\n  at terceira: 5511987654321\n).';
    const error = Object.assign(new Error(message), { severity: 'ERROR', code: '23514' });
    const line = logged(error);
    expect(line).not.toMatch(/Failing|\(oi|segunda|terceira|5511987654321/);
    expect(line).toContain('23514');
    expect(line).toMatch(/\bat .*log\.test\.ts/);
  });
});

describe('an error of our own', () => {
  it('keeps its message and where it came from', () => {
    const line = logged(new Error('port 3000 is taken'));
    expect(line).toContain('port 3000 is taken');
    expect(line).toMatch(/\bat .*log\.test\.ts/);
  });
});
