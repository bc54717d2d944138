import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the page of the simulator', () => {
  it('is known in the demonstration alone', () => {
    const url = 'http://127.0.0.1:3001';
    const env = { GUARITA_SIMULATOR_URL: url };
    expect(readConfig({ ...env, GUARITA_DEMO: '1' }).simulatorUrl).toBe(url);
    expect(readConfig(env).simulatorUrl).toBeUndefined();
    expect(readConfig({ GUARITA_DEMO: '1' }).simulatorUrl).toBeUndefined();
  });
});
