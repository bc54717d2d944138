import type { Config } from '#platform/server/config.ts';

/** Where people reach this installation, without a slash at the end. */
export const baseUrl = (config: Pick<Config, 'publicUrl' | 'port'>): string =>
  (config.publicUrl ?? `http://127.0.0.1:${config.port}`).replace(/\/+$/, '');
