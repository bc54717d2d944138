import { type DestinationStream, type Logger, pino } from 'pino';

/** The message stands before the frames, in as many lines as the value it quotes has; one of them may look like a frame. */
const framesOf = ({ message, stack = '' }: Error): string => {
  const start = stack.indexOf(message);
  return (start === -1 ? stack : stack.slice(start + message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 11)
    .join('\n');
};

/**
 * Errors of PostgreSQL quote rows ("Failing row contains …") and carry statements and parameters:
 * only what names the kind of failure is kept (docs/gate.md, silence in logs).
 */
const quietError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) {
    return { type: typeof error };
  }
  const fromDatabase = 'severity' in error || 'routine' in error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    // The first line of a database error can quote a value ("invalid input syntax for …: \"…\"").
    ...(fromDatabase ? {} : { message: error.message }),
    stack: framesOf(error),
  };
};

/** @param destination where the lines go; standard output when it is left out */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: quietError, error: quietError },
      redact: {
        paths: [
          '*.text',
          '*.body',
          '*.password',
          '*.token',
          '*.phone',
          '*.authorization',
          '*.cookie',
        ],
        censor: '[hidden]',
      },
    },
    destination,
  );
