import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What was typed is not what the command understands: answered with its usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The flags of a command line.
 * @throws UsageError
 */
export const readFlags = <T extends ParseArgsConfig>(
  config: T,
): ReturnType<typeof parseArgs<T>> => {
  try {
    return parseArgs(config);
  } catch (error) {
    // The rest of Node's sentence explains positional arguments, which is no help here.
    const [what] = (error instanceof Error ? error.message : '').split('. ');
    throw new UsageError(what || 'these arguments are not understood');
  }
};

/** @throws UsageError unless the text is a port number (0 picks a free one) */
export const checkPort = (flag: string, text: string): string => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError(`${flag} takes a number from 0 to 65535`);
  }
  return text;
};

/** The settings that flags give, in the names of the environment; a flag wins over it. */
export const settingsFrom = (flags: {
  readonly port?: string | undefined;
  readonly 'data-dir'?: string | undefined;
}): Record<string, string> => ({
  ...(flags.port === undefined ? {} : { PORT: checkPort('--port', flags.port) }),
  ...(flags['data-dir'] === undefined ? {} : { GUARITA_DATA_DIR: flags['data-dir'] }),
});
