import { describe, expect, it } from 'vitest';
import { numberBeginnings } from './find-people-queries.ts';

describe('how a number may begin', () => {
  it.each([
    ['(11) 91234', ['1191234', '551191234', '5511991234']],
    ['11 8123', ['118123', '55118123', '551198123']],
    ['+55 11 8123', ['55118123', '551198123']],
    ['011 3123', ['113123', '55113123']],
    ['+1 202', ['1202']],
    ['119', ['119', '55119']],
    ['0000', []],
  ])('%s', (typed, begins) => {
    expect(numberBeginnings(typed)).toEqual(begins);
  });
});
