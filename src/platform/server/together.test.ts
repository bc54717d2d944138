import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

const failing = (code?: string): Promise<never> =>
  Promise.reject(Object.assign(new Error(code ?? 'ours'), code === undefined ? {} : { code }));

describe('what is asked together', () => {
  it('answers each', async () => {
    const [number, text] = await together([Promise.resolve(1), Promise.resolve('a')]);
    expect([number, text]).toEqual([1, 'a']);
  });

  it('fails once all have ended, by what failed by itself', async () => {
    const ended: string[] = [];
    const late = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => {
      ended.push('late');
    });
    await expect(together([failing('25P02'), late, failing('23505')])).rejects.toMatchObject({
      code: '23505',
    });
    expect(ended).toEqual(['late']);
  });

  it('tells a consequence where there is nothing else', async () => {
    await expect(together([failing('25P02')])).rejects.toMatchObject({ code: '25P02' });
  });
});
