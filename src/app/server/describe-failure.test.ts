import { describe, expect, it } from 'vitest';
import { describeFailure } from './describe-failure.ts';

const told = (error: unknown): string => describeFailure(error, 'it did not start');
const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('what is printed of a failure', () => {
  it('is its message', () => {
    expect(told(new Error('port 3000 is taken'))).toBe('port 3000 is taken');
  });

  it('is the first of several that have no message together', () => {
    const refused = withCode('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED');
    expect(told(new AggregateError([refused, new Error('other')]))).toBe(
      'connect ECONNREFUSED ::1:5432',
    );
  });

  it('is the code where there is nothing else', () => {
    expect(told(withCode('', 'ETIMEDOUT'))).toBe('ETIMEDOUT');
    expect(told(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe(
      'ECONNREFUSED',
    );
  });

  it('names the cause: of the database only its SQLSTATE, which quotes no row', () => {
    const cause = Object.assign(withCode('Failing row contains (oi)', '23514'), {
      severity: 'ERROR',
    });
    expect(told(new Error('migration 0007-x.sql failed', { cause }))).toBe(
      'migration 0007-x.sql failed (23514)',
    );
    const away = withCode('connect ECONNREFUSED', 'ECONNREFUSED');
    expect(told(new Error('it failed', { cause: away }))).toBe('it failed (connect ECONNREFUSED)');
  });

  it('is a sentence for what tells nothing', () => {
    expect([undefined, 'x', new Error('')].map(told)).toEqual([
      'it did not start',
      'it did not start',
      'it did not start',
    ]);
  });
});
